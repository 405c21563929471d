"""The way to the editor of a page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from home.localize.editor import record_under_way


class TranslatedPageEditView(EditView):
    """Wagtail's own, which builds the latest draft of a page before it asks who shows the page.

    Of a page under translation nobody looks at that draft: the translation editor shows the texts one by one.
    """

    def dispatch(self, request: Any, page_id: int, **kwargs: Any) -> Any:
        looks_only = request.method in ("GET", "HEAD") and not kwargs.get("revision_id")
        record = record_under_way(page_id=page_id) if looks_only else None
        if record:
            pages = Page.objects.prefetch_workflow_states().select_related("latest_revision__user")
            base = get_object_or_404(pages, pk=page_id)
            page = base.specific
            page.latest_revision, page.content_type = base.latest_revision, base.cached_content_type
            if not page.permissions_for_user(request.user).can_edit():
                raise PermissionDenied
            page.record_under_way = record
            response = self.run_hook("before_edit_page", request, page)
            if response:
                return response
        return super().dispatch(request, page_id, **kwargs)
