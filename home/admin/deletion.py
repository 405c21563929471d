"""Says why an entry or a page cannot be deleted, one by one and in selections.

Wagtail asks its index of references, which knows nothing of rows made in bulk, and asks nothing for a selection: the
database would refuse the entry with an internal error, and would delete what news says about a country with the page of
that country.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from home.admin.copying import once_per_language_get


def _is_in_use(instance: models.Model) -> bool:
    collector = Collector(using=router.db_for_write(type(instance), instance=instance))
    try:
        collector.collect([instance])
    except (ProtectedError, RestrictedError):
        return True
    return False


def snippet_delete_refuse(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Refuse to delete ``instances``, all of them, when other rows need one of them; else None."""
    if request.method != "POST":
        return None
    used = [instance for instance in instances if _is_in_use(instance)]
    if not used:
        return None
    for instance in used:
        text = _("“%(name)s” is in use and cannot be deleted: change the pages that refer to it first.")
        messages.error(request, text % {"name": instance})
    return redirect(used[0].snippet_viewset.get_url_name("list"))


def _pages_refuse(request: HttpRequest, pages: Iterable[Page], target: str) -> HttpResponse | None:
    """Refuse with a message when ``pages``, or what is below them, hold the skeleton of a language's tree."""
    if getattr(request.user, "is_superuser", False):
        return None
    for page in pages:
        needed = once_per_language_get(pages=page.get_descendants(inclusive=True))
        if needed:
            text = _(
                "“%(title)s” belongs to the structure of the site, and news in every language may refer to it: only an"
                " administrator can delete it. Unpublish it instead."
            )
            messages.error(request, text % {"title": needed})
            return redirect(target)
    return None


def page_delete_refuse(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Let superusers only delete a page that stands once for something in its language, or has such pages below."""
    return _pages_refuse(request, [page], reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def bulk_delete_refuse(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """As :func:`page_delete_refuse`, for a selection: all of it is refused when one page is."""
    if action_type != "delete":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    return _pages_refuse(request, pages, action.next_url or reverse("wagtailadmin_home"))
