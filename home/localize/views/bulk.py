"""Move, unpublish, delete and publish selections of a listing, under the rules that hold for a single page.

Wagtail's own bulk actions ask no hook which translations go along, and publish past a lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.models import Locale, Page

from home.localize.cascade import CascadeAction, Follower, follower_list_all
from home.localize.views.cascade import FIELD


@dataclass
class Language:
    """The translations of a selection in one language: those that can go along, and those that cannot."""

    locale: Locale
    free: list[Follower] = field(default_factory=list)
    held: list[Follower] = field(default_factory=list)


class CascadingBulkMixin:
    """Offers the translations of the selected pages, language by language, and says which cannot go along.

    The user ticks languages, not pages: a selection may have hundreds.
    """

    cascade_action: CascadeAction
    # Ticked beforehand where that can be taken back.
    cascade_is_ticked = True

    request: Any
    actionable_objects: Sequence[Page]
    _chosen: Sequence[Follower] = ()
    _languages: Sequence[Language] = ()

    def _languages_read(self, pages: Sequence[Page], destination: Page | None = None) -> list[Language]:
        found: dict[int, Language] = {}
        for follower in follower_list_all(
            pages=pages, action=self.cascade_action, user=self.request.user, destination=destination
        ):
            language = found.setdefault(follower.page.locale_id, Language(follower.page.locale))
            (language.held if follower.problem else language.free).append(follower)
        return list(found.values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # a bulk action's
        context["cascade_languages"] = self._languages_read([each["item"] for each in context["items"]])
        context["cascade_field"] = FIELD
        context["cascade_is_ticked"] = self.cascade_is_ticked
        return context

    def prepare_action(self, objects: Sequence[Page], objects_without_access: Any) -> Any:
        """Read which languages were ticked. Raise PermissionDenied for one that was not offered."""
        response = super().prepare_action(objects, objects_without_access)  # type: ignore[misc]
        if response is not None:
            return response
        form: Any = self.cleaned_form  # type: ignore[attr-defined]
        asked = set(self.request.POST.getlist(FIELD))
        offered = {each.locale.language_code for each in self._languages_read(objects) if each.free}
        if not asked <= offered:
            raise PermissionDenied
        # Where a page would go is known now, and it may not exist in a language or have no room for the page.
        self._languages = self._languages_read(objects, form.cleaned_data.get("chooser"))
        self._chosen = [
            follower for each in self._languages if each.locale.language_code in asked for follower in each.free
        ]
        return None

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "followers": self._chosen}  # type: ignore[misc]

    @classmethod
    def execute_action(cls, objects: Sequence[Page], followers: Sequence[Follower] = (), **kwargs: Any) -> Any:
        done = super().execute_action(objects, **kwargs)  # type: ignore[misc]
        cls.follow(followers, **kwargs)
        return done

    @classmethod
    def follow(cls, followers: Sequence[Follower], **kwargs: Any) -> None:
        """Do to the translations what was done to the pages."""
        super().execute_action([each.page for each in followers], **kwargs)  # type: ignore[misc]

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> Any:
        """Tell what became of the translations, too."""
        went = {each.page.pk for each in self._chosen}
        gone, stayed, reasons = [], [], set()
        for each in self._languages:
            name, count = each.locale.get_display_name(), sum(one.page.pk in went for one in each.free)
            rest = len(each.free) + len(each.held) - count
            if count:
                gone.append(f"{name} ({count})")
                reasons |= {one.problem for one in each.held}
            if rest:
                stayed.append(f"{name} ({rest})")
        if gone:
            text = _("Translations that went along: %(languages)s.") % {"languages": ", ".join(gone)}
            messages.info(self.request, text)
        if stayed:
            text = _("Translations that stayed as they were: %(languages)s.") % {"languages": ", ".join(stayed)}
            messages.warning(self.request, " ".join([text, *sorted(reasons)]))
        return super().get_success_message(num_parent_objects, num_child_objects)  # type: ignore[misc]


class CascadingUnpublishBulkAction(CascadingBulkMixin, UnpublishBulkAction):
    cascade_action = "unpublish"
    template_name = "home/admin/confirm_bulk_unpublish.html"


class CascadingDeleteBulkAction(CascadingBulkMixin, DeleteBulkAction):
    cascade_action = "delete"
    cascade_is_ticked = False
    template_name = "home/admin/confirm_bulk_delete.html"


class CascadingMoveBulkAction(CascadingBulkMixin, MoveBulkAction):
    cascade_action = "move"
    template_name = "home/admin/confirm_bulk_move.html"

    @classmethod
    def follow(cls, followers: Sequence[Follower], user: Any = None, **kwargs: Any) -> None:
        for each in followers:
            if each.destination is None:
                continue
            # Read anew: what was moved before has changed both.
            page = Page.objects.get(pk=each.page.pk)
            place = Page.objects.get(pk=each.destination.pk)
            MovePageAction(page, place, pos="last-child", user=user).execute()


class GuardedPublishBulkAction(PublishBulkAction):
    """Publishes no page that others hold by a lock or a review, as the editor of a page does not."""

    def check_perm(self, page: Page) -> bool:
        rights = page.permissions_for_user(self.request.user)
        return bool(rights.can_publish() and not rights.page_locked())
