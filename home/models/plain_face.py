"""The plain HTML face of a page: what previews show, and "view live" while there is no public website."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation


class PlainFaceMixin:
    """Serves a page in its own language, or leads to the public website where ``DIWAN_FRONTEND_URL`` names one.

    With a public website, every URL of the page leads there, and a request for the page here is redirected to it.
    Previews always use the plain face: only Diwan has the draft.
    """

    # Given by Page.
    locale: Any

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """Site id, root and path as Wagtail computes them; the root is the public website's when there is one."""
        parts = super().get_url_parts(request=request)  # type: ignore[misc]  # Page comes after this class
        if parts and parts[2] is not None and settings.DIWAN_FRONTEND_URL:
            return parts[0], settings.DIWAN_FRONTEND_URL.rstrip("/"), parts[2]
        return parts

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """A path on this host, or the full address on the public website when there is one."""
        if settings.DIWAN_FRONTEND_URL:
            return self.get_full_url(request)  # type: ignore[attr-defined]  # Page comes after this class
        return super().get_url(request=request, current_site=current_site)  # type: ignore[misc]  # as above

    url = property(get_url)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import plain_face_context

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]  # Page comes after this class
        return {**context, **plain_face_context(page=self, request=request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise Http404 below an unpublished page: what hides a page hides what stands below it."""
        from home.selectors.plain_face import gate_of_request, page_is_hidden_by_ancestor

        if page_is_hidden_by_ancestor(page=self, gate=gate_of_request(request)):
            raise Http404("unpublished ancestor")
        target = self.get_full_url(request) if settings.DIWAN_FRONTEND_URL else None  # type: ignore[attr-defined]
        if target and target != request.build_absolute_uri(request.path):
            return HttpResponseRedirect(target)
        with translation.override(self.locale.language_code):
            return super().serve(request, *args, **kwargs).render()  # type: ignore[misc]  # Page comes after this

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render in the page's language, not in the editor's."""
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()  # type: ignore[misc]  # Page comes after this
