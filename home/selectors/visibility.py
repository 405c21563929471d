"""The one visibility gate: which pages the public may see.

A page is visible when it is live, now lies between its go-live and its expiry, the same holds for every ancestor,
neither it nor an ancestor is private, and it stands below the home page of a site. What closes a whole branch is read
once for a request; then every statement carries the answer as plain conditions, and rows that are already there are
asked in Python.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left
from django.db.models.lookups import In
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, get_page_models

from home.selectors.paths import SitePaths, site_paths_read

# What `Gate.allows` and `Gate.is_restricted` need of a row.
GATE_FIELDS = ("path", "live", "go_live_at", "expire_at")


class Gate:
    """Decides visibility for one request, at one moment.

    Equal only to itself, so that it can be part of a loader's key.
    """

    def __init__(self, *, now: datetime, dead: set[str], restricted: set[str], paths: SitePaths) -> None:
        self.now = now
        self.paths = paths
        self._dead = _by_length(dead)
        self._restricted = _by_length(restricted)
        self._closed = _by_length(dead | restricted)
        self._homes = _by_length({root.tree_path for root in paths.roots})

    def visible(self, prefix: str = "") -> Q:
        """The condition for a queryset of pages, or of rows that lead to a page by ``prefix`` (``"page__"``)."""
        condition = self._in_time(prefix)
        # By length and not one LIKE for each branch: databases bound the depth of expressions, not the size of a list.
        below_home = Q(pk__in=[])
        for length, homes in self._homes.items():
            below_home |= Q(In(Left(F(f"{prefix}path"), length), sorted(homes)))
        for length, closed in self._closed.items():
            condition &= ~Q(In(Left(F(f"{prefix}path"), length), sorted(closed)))
        return condition & below_home

    def _in_time(self, prefix: str) -> Q:
        started = Q(**{f"{prefix}go_live_at__isnull": True}) | Q(**{f"{prefix}go_live_at__lte": self.now})
        not_expired = Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": self.now})
        return Q(**{f"{prefix}live": True}) & started & not_expired

    def allows(self, page: Mapping[str, Any]) -> bool:
        """The same decision for a row with ``GATE_FIELDS``."""
        path = page["path"]
        return self.is_in_time(page) and not _is_below(path, self._closed) and _is_below(path, self._homes)

    def is_in_time(self, page: Mapping[str, Any]) -> bool:
        """Whether the page itself, whatever stands above it, is live and within its dates."""
        go_live_at, expire_at = page["go_live_at"], page["expire_at"]
        started = go_live_at is None or go_live_at <= self.now
        return bool(page["live"]) and started and (expire_at is None or expire_at > self.now)

    def is_restricted(self, page: Mapping[str, Any]) -> bool:
        """Whether the page or an ancestor is private."""
        return _is_below(page["path"], self._restricted)

    def is_in_dead_branch(self, page: Mapping[str, Any]) -> bool:
        """Whether an ancestor (or the page itself, when it may have children) is unpublished or out of its dates."""
        return _is_below(page["path"], self._dead)


def gate_open(*, site_id: int | None, now: datetime | None = None) -> Gate:
    """The gate of a request that addresses the site ``site_id``. Two statements."""
    moment = now or timezone.now()
    paths = site_paths_read(site_id=site_id)
    gate = Gate(now=moment, dead=set(), restricted=set(), paths=paths)
    # numchild alone would do if it could be trusted: translating a subtree has been seen to leave it at 0.
    has_children = Q(numchild__gt=0) | Q(content_type__model__in=_container_models())
    restricted = Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk")))
    rows = (
        Page.objects.annotate(restricted=restricted)
        .filter(Q(restricted=True) | (has_children & ~gate._in_time("")))
        .values_list("restricted", *GATE_FIELDS)
    )
    private, dead = set(), set()
    for is_private, *values in rows:
        page = dict(zip(GATE_FIELDS, values, strict=True))
        if is_private:
            private.add(page["path"])
        if not gate.is_in_time(page):
            dead.add(page["path"])
    return Gate(now=moment, dead=_without_nested(dead), restricted=_without_nested(private), paths=paths)


@cache
def _container_models() -> tuple[str, ...]:
    """Names of the page models below which pages may stand."""
    return tuple(sorted(model._meta.model_name for model in get_page_models() if model.allowed_subpage_models()))


def _by_length(paths: set[str]) -> dict[int, frozenset[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for path in paths:
        groups[len(path)].add(path)
    return {length: frozenset(group) for length, group in sorted(groups.items())}


def _is_below(path: str, closed: Mapping[int, frozenset[str]]) -> bool:
    return any(path[:length] in group for length, group in closed.items())


def _without_nested(paths: set[str]) -> set[str]:
    """``paths`` without those below another of them; treebeard's steps have one length, so prefixes are ancestors."""
    return {
        path for path in paths if not any(path[:end] in paths for end in range(Page.steplen, len(path), Page.steplen))
    }
