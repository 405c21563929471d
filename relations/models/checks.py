"""What must hold between the rows of agreements and of events, and between them and their page."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from home.models.dates import date_last
from home.record_checks import Fault, Rows
from relations.models.choices import AgreementStageKind

if TYPE_CHECKING:
    from relations.models.agreement import AgreementPage

_Stage = AgreementStageKind
# What was suspended may come into force again; each party ratifies, and journals publish, on days of their own.
_ONCE = (_Stage.NEGOTIATED, _Stage.SIGNED, _Stage.TERMINATED)
# What does not come before what. An agreement may be applied before it is ratified.
_BEFORE: tuple[tuple[_Stage, _Stage], ...] = (
    (_Stage.NEGOTIATED, _Stage.SIGNED),
    (_Stage.NEGOTIATED, _Stage.RATIFIED),
    (_Stage.NEGOTIATED, _Stage.IN_FORCE),
    (_Stage.SIGNED, _Stage.RATIFIED),
    (_Stage.SIGNED, _Stage.IN_FORCE),
    (_Stage.SIGNED, _Stage.PUBLISHED),
    (_Stage.SIGNED, _Stage.AMENDED),
    (_Stage.IN_FORCE, _Stage.SUSPENDED),
    (_Stage.NEGOTIATED, _Stage.TERMINATED),
    (_Stage.SIGNED, _Stage.TERMINATED),
    (_Stage.IN_FORCE, _Stage.TERMINATED),
)
# What does not become of an agreement that has ended. Journals publish when they do.
_NOT_AFTER_END = (_Stage.RATIFIED, _Stage.IN_FORCE, _Stage.AMENDED, _Stage.SUSPENDED)


def agreement_row_faults(page: "AgreementPage", rows: Rows) -> Iterator[Fault]:
    """Parties, stages and links of an agreement."""
    parties = rows.get("parties", ())
    if not parties:
        yield Fault(_("Name at least one party besides us."), relation="parties", missing=True)
    seen: set[tuple[Any, Any]] = set()
    for row in parties:
        party = (row.country_id, row.organisation_id)
        if party in seen:
            field = "country" if row.country_id else "organisation"
            yield Fault(_("This party stands in the list already."), field, "parties", row)
        seen.add(party)
    yield from _stage_faults(rows.get("stages", ()))
    yield from _link_faults(page, rows.get("links", ()))


def _stage_faults(stages: Sequence[Any]) -> Iterator[Fault]:
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for row in stages:
        by_kind[row.kind].append(row)
    for kind in _ONCE:
        for row in by_kind[kind][1:]:
            yield Fault(_("This stage stands in the list already; it happens once."), "kind", "stages", row)
    yield from _force_faults(by_kind[_Stage.IN_FORCE], by_kind[_Stage.SUSPENDED])
    told: list[Any] = []
    for first, then in _BEFORE:
        begun: list[date] = [row.date for row in by_kind[first]]
        for row in by_kind[then] if begun else ():
            if row not in told and date_last(row.date, row.precision) < min(begun):
                told.append(row)
                yield _order_fault(row, first=first, then=then)
    # Where the end itself stands wrong, it is told of already.
    ends = [date_last(row.date, row.precision) for row in by_kind[_Stage.TERMINATED] if row not in told]
    for kind in _NOT_AFTER_END if ends else ():
        for row in by_kind[kind]:
            if row.date > max(ends):
                yield _order_fault(row, first=kind, then=_Stage.TERMINATED)


def _order_fault(row: Any, *, first: _Stage, then: _Stage) -> Fault:
    names = {"then": then.label, "first": first.label}
    return Fault(_("“%(then)s” stands before “%(first)s”.") % names, "date", "stages", row)


def _force_faults(in_force: Sequence[Any], suspended: Sequence[Any]) -> Iterator[Fault]:
    """In force again without a suspension between; suspended without ever having been in force."""
    begun = sorted(in_force, key=lambda row: row.date)
    for earlier, later in pairwise(begun):
        latest = date_last(later.date, later.precision)
        if not any(earlier.date <= date_last(row.date, row.precision) and row.date <= latest for row in suspended):
            message = _("It was in force before, and nothing says that it was suspended in between.")
            yield Fault(message, "date", "stages", later)
    for row in suspended if not begun else ():
        message = _("Say first from when the agreement was in force.")
        yield Fault(message, "kind", "stages", row, missing=True)


def _link_faults(page: "AgreementPage", links: Sequence[Any]) -> Iterator[Fault]:
    seen: set[tuple[str, Any]] = set()
    for row in links:
        if (row.kind, row.agreement_id) in seen:
            yield Fault(_("This stands in the list already."), "agreement", "links", row)
        seen.add((row.kind, row.agreement_id))
    if page.pk is None:  # nothing names it yet
        return
    from relations.selectors.links import agreement_links_by_page

    for row in links:
        if row.agreement_id != page.pk and links_reach(row.agreement_id, page.pk, row.kind, agreement_links_by_page):
            message = _("That instrument does the same to this one, by itself or through others.")
            yield Fault(message, "agreement", "links", row)
        elif row.agreement_id == page.pk:
            yield Fault(_("This is the instrument itself."), "agreement", "links", row)


def links_reach(start: int, end: int, kind: str, links_by_page: Any) -> bool:
    """Whether one comes from ``start`` to ``end`` by links of one kind. One statement for each step of the way.

    ``links_by_page(pages=…, kind=…)`` gives the pages that each of ``pages`` names.
    """
    seen, edge = {start}, {start}
    while edge:
        if end in edge:
            return True
        found: Mapping[int, Collection[int]] = links_by_page(pages=edge, kind=kind)
        edge = {page for pages in found.values() for page in pages} - seen
        seen |= edge
    return False


def links_cycles(links: Collection[tuple[Any, str, Any]]) -> list[list[Any]]:
    """The cycles among (instrument, kind, instrument that it is done to), for whoever has all links at hand.

    Each as the instruments in their order, the first of ``links`` first. No statement.
    """
    onward: dict[tuple[str, Any], list[Any]] = defaultdict(list)
    for first, kind, second in links:
        onward[kind, first].append(second)
    cycles: list[list[Any]] = []
    done: set[tuple[str, Any]] = set()
    for kind, start in list(onward):
        path: list[Any] = []
        waiting: list[tuple[Any, bool]] = [(start, True)]
        while waiting:
            page, is_entered = waiting.pop()
            if not is_entered:
                path.pop()
                done.add((kind, page))
            elif page in path:
                cycles.append(path[path.index(page) :])
            elif (kind, page) not in done:
                path.append(page)
                waiting.append((page, False))
                waiting.extend((following, True) for following in reversed(onward.get((kind, page), ())))
    return cycles


def event_row_faults(rows: Rows) -> Iterator[Fault]:
    """Whom an event is about."""
    if not any(rows.get(name) for name in ("country_links", "continent_links", "organisation_links")):
        message = _("Name the country, the continent or the organisation that this is about.")
        yield Fault(message, relation="country_links", missing=True)
    for relation, field in (
        ("country_links", "country"),
        ("continent_links", "continent"),
        ("organisation_links", "organisation"),
    ):
        seen: set[Any] = set()
        for row in rows.get(relation, ()):
            named = getattr(row, f"{field}_id")
            if named in seen:
                yield Fault(_("This stands in the list already."), field, relation, row)
            seen.add(named)
