"""What moving, unpublishing or deleting a page does to its translations: what its editor chooses, and is allowed to.

Wagtail asks the hook ``construct_translated_pages_to_cascade_actions`` which pages go along, without saying who asks,
and checks no right on them. So our views say who asks and what she chose, and the hook answers with that.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from home.admin.copying import once_per_language_get

CascadeAction = Literal["move", "unpublish", "delete"]

_chosen: ContextVar[tuple[Page, ...]] = ContextVar("cascade_chosen", default=())


@dataclass(frozen=True)
class Follower:
    """The page of another language, and why it cannot go along; empty when it can.

    ``children`` counts the pages below it, and ``destination`` is where a move takes it.
    """

    page: Page
    problem: str
    children: int
    destination: Page | None = None


def follower_list(*, page: Page, action: CascadeAction, user: Any, destination: Page | None = None) -> list[Follower]:
    """The pages that stand for ``page`` in other languages, as far as ``action`` means something for them."""
    return follower_list_all(pages=[page], action=action, user=user, destination=destination)


def follower_list_all(
    *, pages: Sequence[Page], action: CascadeAction, user: Any, destination: Page | None = None
) -> list[Follower]:
    """As :func:`follower_list`, for a selection: none of ``pages`` follows, nor does what goes with another follower.

    A move whose ``destination`` is not chosen yet is judged by the rights on the pages alone.
    """
    by_key = {page.translation_key: page for page in pages}
    others = (
        Page.objects.filter(translation_key__in=by_key)
        .exclude(pk__in=[page.pk for page in pages])
        .select_related("locale")
        .order_by("locale_id", "path")
        .specific()
    )
    if action == "unpublish":
        # An alias goes with its source by itself.
        others = others.filter(live=True, alias_of__isnull=True)
    followers: list[Follower] = []
    taken = [page.path for page in pages] if action == "delete" else []
    for other in others:
        # What stands below a page that is deleted goes with it.
        if any(other.path.startswith(path) for path in taken):
            continue
        follower = _follower(
            page=by_key[other.translation_key], other=other, action=action, user=user, destination=destination
        )
        if follower is None:
            continue
        followers.append(follower)
        if action == "delete" and not follower.problem:
            taken.append(other.path)
    return followers


def _follower(
    *, page: Page, other: Page, action: CascadeAction, user: Any, destination: Page | None
) -> Follower | None:
    target = None
    if action == "move" and destination is not None:
        target = destination.get_translation_or_none(other.locale)
        if target is not None and other.is_child_of(target):
            return None
        problem = _move_problem(page=page, other=other, target=target, user=user)
    elif action == "move":
        problem = "" if other.permissions_for_user(user).can_move() else _forbidden()
    elif action == "unpublish":
        problem = "" if other.permissions_for_user(user).can_unpublish() else _forbidden()
    else:
        problem = _delete_problem(page=page, other=other, user=user)
    return Follower(page=other, problem=problem, children=other.get_descendant_count(), destination=target)


def _forbidden() -> str:
    return _("You may not do this in this language.")


def _stands_elsewhere(page: Page, other: Page) -> bool:
    """Wagtail lets a translation go along only from the same place in its own tree."""
    return other.get_parent().translation_key != page.get_parent().translation_key


def _move_problem(*, page: Page, other: Page, target: Page | None, user: Any) -> str:
    if target is None:
        return _("The new place does not exist in this language.")
    if _stands_elsewhere(page, other):
        return _("It stands at another place in its own tree.")
    if not other.permissions_for_user(user).can_move_to(target):
        return _forbidden()
    if not Page._slug_is_available(other.slug, target, page=other):
        return _("Its slug is taken at the new place.")
    return ""


def _delete_problem(*, page: Page, other: Page, user: Any) -> str:
    if not other.permissions_for_user(user).can_delete():
        return _forbidden()
    if _stands_elsewhere(page, other):
        return _("It stands at another place in its own tree.")
    needed = not getattr(user, "is_superuser", False) and once_per_language_get(
        pages=other.get_descendants(inclusive=True)
    )
    if needed or ReferenceIndex.get_references_to(other).group_by_source_object().is_protected:
        return _("Other pages refer to it.")
    return ""


@contextmanager
def cascade_to(pages: Sequence[Page]) -> Iterator[None]:
    """Have Wagtail's views do to ``pages`` what they do to the page at hand."""
    token = _chosen.set(tuple(pages))
    try:
        yield
    finally:
        _chosen.reset(token)


def pages_chosen(pages: Sequence[Page], action: str) -> dict[Page, list[Page]]:
    """The answer to Wagtail's hook."""
    return {page: list(_chosen.get()) for page in pages}
