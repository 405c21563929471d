"""Move, unpublish and delete, with the translations that their editor chooses."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from home.localize.cascade import CascadeAction, Follower, cascade_to, follower_list

FIELD = "cascade"


class CascadeMixin:
    """Offers the translations of the page, each with a box to tick, and says why one cannot go along."""

    cascade_action: CascadeAction
    # Ticked beforehand where that can be taken back.
    cascade_is_ticked = True

    followers: list[Follower]

    def _followers_read(self, request: Any, page: Page, destination: Page | None = None) -> list[Page]:
        """Set ``followers``, and return those chosen. Raise PermissionDenied for one that was not offered."""
        self.followers = follower_list(
            page=page, action=self.cascade_action, user=request.user, destination=destination
        )
        if request.method != "POST":
            return []
        free = {str(follower.page.pk): follower.page for follower in self.followers if not follower.problem}
        asked = request.POST.getlist(FIELD)
        if not set(asked) <= free.keys():
            raise PermissionDenied
        return [free[pk] for pk in dict.fromkeys(asked)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # a view's
        context["followers"] = self.followers
        context["cascade_field"] = FIELD
        context["cascade_is_ticked"] = self.cascade_is_ticked
        return context

    def _tell(self, request: Any, response: HttpResponse, chosen: list[Page]) -> HttpResponse:
        if request.method != "POST" or response.status_code != HTTPStatus.FOUND:
            return response
        staying = [follower.page for follower in self.followers if follower.page not in chosen]
        if chosen:
            text = ngettext(
                "Its translation went along: %(languages)s.", "Its translations went along: %(languages)s.", len(chosen)
            )
            messages.info(request, text % {"languages": _languages(chosen)})
        if staying:
            messages.warning(
                request, _("Unchanged in other languages: %(languages)s.") % {"languages": _languages(staying)}
            )
        return response


def _languages(pages: list[Page]) -> str:
    return ", ".join(str(page.locale.get_display_name()) for page in pages)


class CascadingUnpublishView(CascadeMixin, UnpublishView):
    cascade_action = "unpublish"
    template_name = "home/admin/confirm_unpublish.html"

    @transaction.atomic
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        chosen = self._followers_read(request, self.object)
        with cascade_to(chosen):
            return self._tell(request, super().dispatch(request, *args, **kwargs), chosen)


class CascadingDeleteView(CascadeMixin, DeleteView):
    cascade_action = "delete"
    cascade_is_ticked = False
    template_name = "home/admin/confirm_delete.html"

    def dispatch(self, request: Any, page_id: int, *args: Any, **kwargs: Any) -> Any:
        page = get_object_or_404(Page, pk=page_id).specific
        chosen = self._followers_read(request, page)
        with cascade_to(chosen):
            return self._tell(request, super().dispatch(request, page_id, *args, **kwargs), chosen)


class CascadingMoveView(CascadeMixin, MoveConfirmView):
    cascade_action = "move"
    template_name = "home/admin/confirm_move.html"

    @transaction.atomic
    def dispatch(self, request: Any, page_to_move_id: int, destination_id: int, *args: Any, **kwargs: Any) -> Any:
        page = get_object_or_404(Page, pk=page_to_move_id).specific
        destination = get_object_or_404(Page, pk=destination_id)
        # Wagtail asks only when the move is made; here the question tells about pages of other trees.
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        chosen = self._followers_read(request, page, destination)
        with cascade_to(chosen):
            response = super().dispatch(request, page_to_move_id, destination_id, *args, **kwargs)
            return self._tell(request, response, chosen)
