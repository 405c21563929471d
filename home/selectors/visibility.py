"""The one visibility gate: which pages the public may see.

A page is visible when it is live, now lies between its go-live and its expiry, the same holds for every ancestor,
neither it nor an ancestor is private, and it stands below the home page of a site. What closes a whole branch is read
once for a request; then every statement carries the answer as plain conditions, and rows that are already there are
asked in Python.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Left
from django.db.models.lookups import In
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site, get_page_models

from home.selectors.content_version import content_version, content_version_is_settled
from home.selectors.locales import locale_source
from home.selectors.paths import SitePaths, SiteRoot, site_id_of_host, site_roots_read
from home.selectors.prepared import TEXT, Parameter, any_of, prepared

# What `Gate.allows` and `Gate.is_restricted` need of a row.
GATE_FIELDS = ("path", "live", "go_live_at", "expire_at")


class Conditions(Protocol):
    """What gives the gate's condition for a queryset: the gate with its values, or its shape."""

    def visible(self, prefix: str = "") -> Q:
        """The condition for a queryset of pages, or of rows that lead to a page by ``prefix`` (``"page__"``)."""
        ...


class Gate:
    """Decides visibility for one request, at one moment.

    Equal only to itself, so that it can be part of a loader's key.
    """

    def __init__(
        self,
        *,
        now: datetime,
        branches: "_Branches",
        paths: SitePaths,
        boundary: datetime | None = None,
        version: int | None = None,
    ) -> None:
        self.now = now
        # When the clock alone will change what is visible, or None.
        self.boundary = boundary
        # When the clock alone will change something else that was answered; `lasts_until` says so.
        self._until: datetime | None = None
        # The content version that the gate was opened under; None within a transaction.
        self.version = version
        # What of the content an answer was made of: the tags of caches follow from it. Pages as (type, rows).
        self.seen: list[tuple[str, Sequence[Mapping[str, Any]]]] = []
        self.listed: set[str] = set()
        self.paths = paths
        self._branches = branches
        # The same condition with parameters in the place of values, for statements that are prepared.
        self.shape = branches.shape
        # The values of the parameters of `shape`.
        self.values: dict[str, Any] = {_NOW: now, **branches.values}

    def lasts_until(self, moment: datetime) -> None:
        """Say that what was answered holds until ``moment`` at most: nobody keeps the answer for longer."""
        if self._until is None or moment < self._until:
            self._until = moment

    @property
    def expires(self) -> datetime | None:
        """When the clock alone may alter the answer; None where it never does."""
        return min((moment for moment in (self.boundary, self._until) if moment is not None), default=None)

    def visible(self, prefix: str = "") -> Q:
        """The condition for a queryset of pages, or of rows that lead to a page by ``prefix`` (``"page__"``)."""
        homes = (_branch(prefix, start, end) for start, end in self.shape.homes)
        closed: Any = (
            In(Left(F(f"{prefix}path"), length), sorted(group)) for length, group in self._branches.closed.items()
        )
        return _condition(prefix, now=self.now, homes=homes, closed=closed)

    def allows(self, page: Mapping[str, Any]) -> bool:
        """The same decision for a row with ``GATE_FIELDS``."""
        path = page["path"]
        branches = self._branches
        return self.is_in_time(page) and not _is_below(path, branches.closed) and _is_below(path, branches.homes)

    def is_in_time(self, page: Mapping[str, Any]) -> bool:
        """Whether the page itself, whatever stands above it, is live and within its dates."""
        return _is_in_time(page, self.now)

    def is_restricted(self, page: Mapping[str, Any]) -> bool:
        """Whether the page or an ancestor is private."""
        return _is_below(page["path"], self._branches.restricted)

    def is_in_dead_branch(self, page: Mapping[str, Any]) -> bool:
        """Whether an ancestor (or the page itself, when it may have children) is unpublished or out of its dates."""
        return _is_below(page["path"], self._branches.dead)


_NOW, _CLOSED = "gate_now", "gate_closed_"


class _Branches:
    """The branches that are closed, and those below home pages, by the lengths of their paths."""

    def __init__(self, *, dead: set[str], restricted: set[str], homes: set[str]) -> None:
        self.dead = _by_length(dead)
        self.restricted = _by_length(restricted)
        self.closed = _by_length(dead | restricted)
        self.homes = _by_length(homes)
        self.shape = GateShape(homes=_ranges(_without_nested(homes)), closed=tuple(self.closed))
        self.values = {f"{_CLOSED}{length}": sorted(group) for length, group in self.closed.items()}


class GateShape(NamedTuple):
    """The gate as a condition without its values: what follows from its sites, and the lengths of closed paths.

    Where the home pages stand is part of it, because plans for statements follow from how much lies below them.
    """

    homes: tuple[tuple[str, str], ...]
    closed: tuple[int, ...]

    def visible(self, prefix: str = "") -> Q:
        """As ``Gate.visible``; the values are in ``Gate.values``."""
        path = F(f"{prefix}path")
        homes = (_branch(prefix, start, end) for start, end in self.homes)
        closed = (any_of(Left(path, length), f"{_CLOSED}{length}", TEXT) for length in self.closed)
        return _condition(prefix, now=Parameter(_NOW, DateTimeField()), homes=homes, closed=closed)


def _condition(prefix: str, *, now: Any, homes: Iterable[Q], closed: Iterable[Any]) -> Q:
    below_home = Q(pk__in=[])
    for home in homes:
        below_home |= home
    condition = _in_time(prefix, now)
    # By length and not one range for each branch: databases bound the depth of expressions, not the size of a list.
    for branch in closed:
        condition &= ~Q(branch)
    return condition & below_home


def _branch(prefix: str, start: Any, end: Any) -> Q:
    # A range, because databases know from their statistics how many rows lie in one.
    return Q(**{f"{prefix}path__gte": start, f"{prefix}path__lt": end})


def _ranges(homes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The ranges of paths below home pages; home pages side by side, as those of the languages are, have one."""
    ranges: list[tuple[str, str]] = []
    for path in sorted(homes):
        if ranges and ranges[-1][1] == path:
            ranges[-1] = (ranges[-1][0], _path_after(path))
        else:
            ranges.append((path, _path_after(path)))
    return tuple(ranges)


def _path_after(path: str) -> str:
    """The path of the place after a page's, beside it: what is below the page comes before it."""
    step = Page._str2int(path[-Page.steplen :])
    after: str = Page._get_path(path, len(path) // Page.steplen, step + 1)
    return after


def _in_time(prefix: str, now: Any) -> Q:
    started = Q(**{f"{prefix}go_live_at__isnull": True}) | Q(**{f"{prefix}go_live_at__lte": now})
    not_expired = Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": now})
    return Q(**{f"{prefix}live": True}) & started & not_expired


@dataclass(frozen=True, slots=True)
class _Closures:
    """What closes branches of the trees, and when the clock alone will change that or any page's visibility."""

    version: int
    moment: datetime
    roots: list[SiteRoot]
    branches: _Branches
    boundary: datetime | None

    def holds(self, version: int, now: datetime) -> bool:
        # Not for a moment before: a request that began there knows of boundaries that have passed since.
        return self.version == version and self.moment <= now and (self.boundary is None or now < self.boundary)


# What the process read last. Tests empty it: their databases change under the same version.
_kept: dict[str, _Closures] = {}


def gate_open(
    *,
    host: tuple[str, int] | None = None,
    site_id: int | None = None,
    now: datetime | None = None,
    version: int | None = None,
) -> Gate:
    """The gate of a request that addresses a ``host`` or the site ``site_id``.

    What closes branches is kept for as long as the content version stands: then it takes one statement, and none where
    the caller has read the ``version``; three otherwise, four where a branch of the source language is closed. Raises
    Site.DoesNotExist where no site has this host and none is the default.
    """
    moment = now or timezone.now()
    closures = _closures(moment, version)
    if host is not None:
        site_id = site_id_of_host(closures.roots, *host)
        if site_id is None:
            raise Site.DoesNotExist("No site has this host and none is the default: run manage.py setup_site.")
    paths = SitePaths(roots=closures.roots, site_id=site_id)
    return Gate(
        now=moment,
        branches=closures.branches,
        paths=paths,
        boundary=closures.boundary,
        version=closures.version if content_version_is_settled() else None,
    )


def _closures(now: datetime, version: int | None) -> _Closures:
    settled = content_version_is_settled()
    if version is None:
        # Before anything else, so that what is read later is never older than its version.
        version = content_version() if settled else 0
    kept = _kept.get("closures")
    if settled and kept is not None and kept.holds(version, now):
        return kept
    private, dead, above_sources = set(), set(), set()
    for page in prepared(("gate_open", locale_source()), _closing_pages).rows({_NOW: now}):
        if page["restricted"]:
            private.add(page["path"])
        if page["sourceless"] or not _is_in_time(page, now):
            dead.add(page["path"])
        if page["above_sources"]:
            above_sources.add(page["path"])
    dead |= _sourceless_below(_without_nested(above_sources))
    coming = prepared("gate_boundaries", _boundaries).tuples({_NOW: now})
    roots = site_roots_read()
    read = _Closures(
        version=version,
        moment=now,
        roots=roots,
        branches=_Branches(
            dead=_without_nested(dead),
            restricted=_without_nested(private),
            homes={root.tree_path for root in roots},
        ),
        boundary=min((at for row in coming for at in row if at is not None and at > now), default=None),
    )
    if settled:
        _kept["closures"] = read
    return read


def gate_forget() -> None:
    """Forget what was kept, where the database was replaced under the process."""
    _kept.clear()


def _boundaries() -> QuerySet[Any, Any]:
    """The moments ahead at which live pages become due or expire."""
    now = Parameter(_NOW, DateTimeField())
    coming = Page.objects.filter(Q(go_live_at__gt=now) | Q(expire_at__gt=now), live=True)
    return coming.order_by().values("go_live_at", "expire_at")


def _closing_pages() -> QuerySet[Any, Any]:
    """The pages that close a branch: private ones, unpublished or untimely ones that may have children, and
    translations of records (and of what holds them) whose page of the source language the public may not see.
    """
    # numchild alone would do if it could be trusted: translating a subtree has been seen to leave it at 0.
    has_children = Q(numchild__gt=0) | Q(content_type__model__in=container_models())
    restricted = Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk")))
    in_time = _in_time("", Parameter(_NOW, DateTimeField()))
    sources = Page.objects.filter(in_time, ~restricted, locale__language_code=locale_source())
    pages = Page.objects.annotate(
        restricted=restricted,
        sourceless=Q(live=True, content_type__model__in=_record_models())
        & ~Q(locale__language_code=locale_source())
        & ~Exists(sources.filter(translation_key=OuterRef("translation_key"))),
        above_sources=Case(
            When(has_children & Q(locale__language_code=locale_source()), then=Value(True)), default=Value(False)
        ),
    ).filter(Q(restricted=True) | Q(sourceless=True) | (has_children & ~in_time))
    return pages.values("restricted", "sourceless", "above_sources", *GATE_FIELDS)


def _sourceless_below(closed: set[str]) -> set[str]:
    """The paths of translations of records, and of what holds them, whose source stands in a branch that is closed.

    ``_closing_pages`` looks at the source itself. One statement, and none where nothing is closed.
    """
    if not closed:
        return set()
    groups = _by_length(closed)
    statement = prepared(("gate_sourceless", locale_source(), tuple(groups)), lambda: _below_closed(tuple(groups)))
    return {
        path for (path,) in statement.tuples({f"{_CLOSED}{length}": sorted(group) for length, group in groups.items()})
    }


def _below_closed(lengths: tuple[int, ...]) -> QuerySet[Any, Any]:
    below = Q(pk__in=[])
    for length in lengths:
        below |= Q(any_of(Left(F("path"), length), f"{_CLOSED}{length}", TEXT))
    records = Page.objects.filter(content_type__model__in=_record_models()).order_by()
    sources = records.filter(below, locale__language_code=locale_source())
    translations = records.exclude(locale__language_code=locale_source())
    return translations.filter(live=True, translation_key__in=sources.values("translation_key")).values("path")


@cache
def container_models() -> tuple[str, ...]:
    """Names of the page models below which pages may stand."""
    return tuple(sorted(model._meta.model_name for model in get_page_models() if model.allowed_subpage_models()))


@cache
def _record_models() -> tuple[str, ...]:
    """Names of the page models of records, whose facts stand on the page of the source language, and of their lists."""
    from home.models import IndexPage, RecordPage

    return tuple(
        sorted(model._meta.model_name for model in get_page_models() if issubclass(model, RecordPage | IndexPage))
    )


def _is_in_time(page: Mapping[str, Any], now: datetime) -> bool:
    go_live_at, expire_at = page["go_live_at"], page["expire_at"]
    started = go_live_at is None or go_live_at <= now
    return bool(page["live"]) and started and (expire_at is None or expire_at > now)


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
