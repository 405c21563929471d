"""Redirects that editors or moved pages left behind."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect


class RedirectTarget(NamedTuple):
    """Where a redirect leads: to a page (``page_id``, with ``route_path`` below it or ``""``) or to ``link``."""

    page_id: int | None
    route_path: str
    link: str
    is_permanent: bool


def redirect_find(*, paths: Sequence[str], site_id: int | None) -> RedirectTarget | None:
    """The redirect from one of ``paths`` (best first), one of this site before one of every site. One statement."""
    old_paths = list(dict.fromkeys(Redirect.normalise_path(path) for path in paths))
    rows: Any = Redirect.objects.filter(Q(site_id=site_id) | Q(site=None), old_path__in=old_paths).order_by("id")
    best = min(rows, key=lambda row: (old_paths.index(row.old_path), row.site_id is None), default=None)
    if best is None:
        return None
    return RedirectTarget(
        best.redirect_page_id, best.redirect_page_route_path or "", best.redirect_link or "", best.is_permanent
    )
