"""Says why an entry in use cannot be deleted, one by one and in selections.

Wagtail asks its index of references, which knows nothing of rows made in bulk, and asks nothing for a selection: the
database would refuse with an internal error.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages


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
