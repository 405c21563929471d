"""The timeline: what happened, and what became of agreements, by the day. One statement for both."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from home.selectors.counts import count_kept
from home.selectors.keys import Key
from home.selectors.pages import Row, page_queryset_shown
from home.selectors.prepared import ID, KEY, TEXT, Parameter, Statement, any_of, compiled, joined, prepared
from home.selectors.records import record_queryset_shown
from home.selectors.search import search_values
from home.selectors.search_ranking import matching
from home.selectors.visibility import Conditions, Gate
from missions.models import PersonPage
from missions.selectors.organisations import acronym_values
from relations.models import AgreementPage, AgreementStage, EventPage, EventParticipant
from relations.models.choices import AgreementStageKind, EventKind
from relations.selectors.days import not_before, not_before_values
from relations.selectors.places import EVENT_LINKS, PARTIES, Links, Places, about
from relations.selectors.slices import Slice

# What of an agreement stands in a timeline: the steps that change what holds between the parties.
STAGES_SHOWN = (
    AgreementStageKind.SIGNED,
    AgreementStageKind.IN_FORCE,
    AgreementStageKind.SUSPENDED,
    AgreementStageKind.TERMINATED,
)
# Before the kind of a stage, so that no kind of an event is the same.
STAGE_PREFIX = "agreement_"
# The sources of entries.
EVENT, STAGE = 0, 1

ENTRY_FIELDS = (
    "entry_day",
    "source",
    "entry_id",
    "entry_kind",
    "entry_precision",
    "last_day",
    "last_precision",
    "page_key",
    "record_id",
)

_STRETCH = """
    SELECT * FROM ({entries}) entry
    ORDER BY entry_day {direction}, source {direction}, entry_id {direction}
    LIMIT {limit}
"""
_RANKED = """
    SELECT * FROM (
        SELECT entry.*, ROW_NUMBER() OVER (
            PARTITION BY place_key ORDER BY entry_day {direction}, source {direction}, entry_id {direction}
        ) AS line_number
        FROM ({entries}) entry
    ) ranked
    WHERE line_number <= {limit}
    ORDER BY place_key, line_number
"""
_COUNTED = "SELECT place_key, COUNT(*) FROM ({entries}) entry GROUP BY place_key"
_OF_PLACES = """
    SELECT item.place_key, entry.* FROM ({entries}) entry JOIN ({items}) item ON item.record_id = entry.record_id
"""


@dataclass(frozen=True, slots=True)
class TimelineCriteria:
    """What a timeline is narrowed to; None and a blank ``text`` mean no limit, an empty tuple lets nothing through.

    ``kinds`` are those of events, and of stages with ``STAGE_PREFIX``. Days are inclusive: an entry is within them when
    any day that may be meant is. People are given by translation key, organisations by acronym.
    """

    kinds: tuple[str, ...] | None = None
    directions: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    continents: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None
    people: tuple[Key, ...] | None = None
    date_from: date | None = None
    date_to: date | None = None
    text: str | None = None

    @property
    def has_words(self) -> bool:
        """Whether the list is narrowed to entries with some words."""
        return bool(self.text and self.text.strip())

    @property
    def shape(self) -> Hashable:
        """What the criteria put into a statement other than by parameters."""
        lists = (self.directions, self.countries, self.continents, self.organisations, self.people)
        days = (self.date_from, self.date_to)
        return (self.sources, self.kinds is None, *(value is not None for value in (*lists, *days)), self.has_words)

    @property
    def sources(self) -> tuple[int, ...]:
        """The sources that may have entries."""
        found = []
        if self.kinds is None or not {kind.value for kind in EventKind}.isdisjoint(self.kinds):
            found.append(EVENT)
        is_of_events = self.directions is not None or self.people is not None
        if not is_of_events and (self.kinds is None or any(kind.startswith(STAGE_PREFIX) for kind in self.kinds)):
            found.append(STAGE)
        return tuple(found)

    def values(self, *, chain: Sequence[str]) -> dict[str, Any]:
        """The values of the parameters, for a reader's chain of languages."""
        return {
            **(search_values(text=self.text or "", chain=chain) if self.has_words else {}),
            **acronym_values(self.organisations, name="acronyms"),
            "kinds": self.kinds,
            "directions": self.directions,
            "country_codes": self.countries,
            "continent_codes": self.continents,
            "people": self.people,
            "date_to": self.date_to,
            **not_before_values(self.date_from),
        }


def timeline_rows(*, gate: Gate, chain: Sequence[str], criteria: TimelineCriteria, part: Slice) -> list[Row]:
    """A stretch of the whole timeline: rows of ``ENTRY_FIELDS``. One statement."""

    def stretch() -> Statement:
        branches = [
            compiled(branch.order_by(*_order(part, source))[: part.limit])
            for source, branch in _branches(gate.shape, chain, criteria, part)
        ]
        return _together(_STRETCH, branches, direction=part.direction, limit=part.limit)

    statement = prepared(("timeline_rows", tuple(chain), gate.shape, criteria.shape, part.shape), stretch)
    rows = statement.rows({**gate.values, **criteria.values(chain=chain), **part.values})
    return rows[::-1] if part.from_end else rows


def timeline_count(*, gate: Gate, chain: Sequence[str], criteria: TimelineCriteria) -> int:
    """How many entries the whole timeline has. One statement, and none where it was counted under this version."""

    def entries() -> Statement:
        branches = [compiled(branch) for _source, branch in _branches(gate.shape, chain, criteria)]
        return _together("{entries}", branches)

    statement = prepared(("timeline_count", tuple(chain), gate.shape, criteria.shape), entries)
    return count_kept(
        ("timeline", tuple(chain), criteria),
        gate=gate,
        count=lambda: statement.count({**gate.values, **criteria.values(chain=chain)}),
    )


def timeline_place_rows(
    places: Places, *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: TimelineCriteria, part: Slice
) -> dict[Key, list[Row]]:
    """For places by translation key: a stretch of the timeline of each. One statement."""

    def ranked() -> Statement:
        branches = _branches_of_places(places, gate.shape, chain, criteria, part)
        return _together(_RANKED, branches, direction=part.direction, limit=part.limit)

    statement = prepared(
        ("timeline_place_rows", places.name, tuple(chain), gate.shape, criteria.shape, part.shape), ranked
    )
    values = {**gate.values, **criteria.values(chain=chain), **part.values, "keys": set(keys)}
    found = statement.groups(values) if statement.sql else {}
    return {key: rows[::-1] for key, rows in found.items()} if part.from_end else found


def timeline_place_counts(
    places: Places, *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: TimelineCriteria
) -> dict[Key, int]:
    """For places by translation key: how many entries each has; those with none are left out. One statement."""

    def counted() -> Statement:
        made = _together(_COUNTED, _branches_of_places(places, gate.shape, chain, criteria))
        return replace(made, converters=tuple(each for each in made.converters if each[0] == 0))

    statement = prepared(("timeline_place_counts", places.name, tuple(chain), gate.shape, criteria.shape), counted)
    return dict(statement.tuples({**gate.values, **criteria.values(chain=chain), "keys": set(keys)}))


def _together(text: str, branches: Sequence[Statement], **words: Any) -> Statement:
    """The statement over the rows of all branches that can have any."""
    found = [branch for branch in branches if branch.sql]
    if not found:
        return Statement("", (), (), ())
    union = Statement(
        " UNION ALL ".join(f"SELECT * FROM ({branch.sql}) branch" for branch in found),  # noqa: S608 - compiled
        tuple(param for branch in found for param in branch.params),
        (),
        (),
    )
    made = joined(text, {"entries": union}, **words)
    names = (*found[0].names, *(["line_number"] if text is _RANKED else []))
    return Statement(made.sql, made.params, names, found[0].converters)


def _branches(
    gate: Conditions, chain: Sequence[str], criteria: TimelineCriteria, part: Slice | None = None
) -> list[tuple[int, QuerySet[Any, Any]]]:
    """The entries of each source that meet the criteria, and lie within the stretch."""
    make = {EVENT: _events, STAGE: _stages}
    found = []
    for source in criteria.sources:
        rows = make[source](gate, chain, criteria)
        if part is not None:
            rows = rows.filter(part.condition(_DAYS[source], source))
        found.append((source, rows.values(*ENTRY_FIELDS)))
    return found


def _branches_of_places(
    places: Places,
    gate: Conditions,
    chain: Sequence[str],
    criteria: TimelineCriteria,
    part: Slice | None = None,
) -> list[Statement]:
    links: dict[int, Links] = {EVENT: EVENT_LINKS, STAGE: PARTIES}
    found = []
    for source, branch in _branches(gate, chain, criteria, part):
        entries, items = compiled(branch), places.items(links[source], gate, chain)
        made = joined(_OF_PLACES, {"entries": entries, "items": items})
        converters = [each for each in items.converters if each[0] == 0]
        converters += [(place + 1, *reading) for place, *reading in entries.converters]
        found.append(Statement(made.sql, made.params, ("place_key", *entries.names), tuple(converters)))
    return found


# The column by which each source is sorted.
_DAYS = {EVENT: "starts_on", STAGE: "date"}


def _order(part: Slice, source: int) -> tuple[str, str]:
    sign = "-" if part.direction == "DESC" else ""
    return f"{sign}{_DAYS[source]}", f"{sign}pk"


def _events(gate: Conditions, chain: Sequence[str], criteria: TimelineCriteria) -> QuerySet[Any]:
    pages = record_queryset_shown(EventPage, gate=gate, chain=chain).filter(_about(EVENT_LINKS, gate, chain, criteria))
    if criteria.kinds is not None:
        pages = pages.filter(any_of("kind", "kinds", TEXT))
    if criteria.directions is not None:
        pages = pages.filter(any_of("direction", "directions", TEXT))
    if criteria.people is not None:
        people = record_queryset_shown(PersonPage, gate=gate, chain=chain).filter(
            any_of("translation_key", "people", KEY)
        )
        there = EventParticipant.objects.filter(
            page=OuterRef("pk"), person__translation_key__in=people.values("translation_key")
        )
        pages = pages.filter(Exists(there))
    if criteria.date_from is not None:
        one_day = Q(ends_on__isnull=True) & not_before("starts_on", "starts_precision")
        lasting = one_day | not_before("ends_on", "ends_precision")
        pages = pages.filter(lasting)
    if criteria.date_to is not None:
        pages = pages.filter(starts_on__lte=Parameter("date_to", DateField()))
    if criteria.has_words:
        pages = pages.filter(translation_key__in=shown_with_words(EventPage, gate=gate, chain=chain))
    return pages.annotate(
        entry_day=F("starts_on"),
        source=Value(EVENT, output_field=ID),
        entry_id=F("pk"),
        entry_kind=F("kind"),
        entry_precision=F("starts_precision"),
        last_day=F("ends_on"),
        last_precision=F("ends_precision"),
        page_key=F("translation_key"),
        record_id=F("pk"),
    )


def _stages(gate: Conditions, chain: Sequence[str], criteria: TimelineCriteria) -> QuerySet[Any]:
    agreements = record_queryset_shown(AgreementPage, gate=gate, chain=chain)
    agreements = agreements.filter(_about(PARTIES, gate, chain, criteria))
    if criteria.has_words:
        agreements = agreements.filter(translation_key__in=shown_with_words(AgreementPage, gate=gate, chain=chain))
    kinds = [kind.value for kind in STAGES_SHOWN]
    stages = AgreementStage.objects.filter(kind__in=kinds, page__in=agreements.values("pk")).order_by()
    stages = stages.annotate(entry_kind=Concat(Value(STAGE_PREFIX), F("kind"), output_field=CharField()))
    if criteria.kinds is not None:
        stages = stages.filter(any_of("entry_kind", "kinds", TEXT))
    if criteria.date_from is not None:
        stages = stages.filter(not_before("date", "precision"))
    if criteria.date_to is not None:
        stages = stages.filter(date__lte=Parameter("date_to", DateField()))
    return stages.annotate(
        entry_day=F("date"),
        source=Value(STAGE, output_field=ID),
        entry_id=F("pk"),
        entry_precision=F("precision"),
        # PostgreSQL would take an untyped NULL for text.
        last_day=Cast(Value(None), DateField()),
        last_precision=F("precision"),
        page_key=F("page__translation_key"),
        record_id=F("page_id"),
    )


def _about(links: Links, gate: Conditions, chain: Sequence[str], criteria: TimelineCriteria) -> Q:
    return about(
        links,
        gate=gate,
        chain=chain,
        countries=criteria.countries is not None,
        continents=criteria.continents is not None,
        organisations=criteria.organisations is not None,
    )


def shown_with_words(model: type[Any], *, gate: Conditions, chain: Sequence[str]) -> QuerySet[Any, Any]:
    """The translation keys of the records that have all words in the form that a reader is shown, for a subquery."""
    shown = page_queryset_shown(model, gate=gate, chain=chain).filter(pk__in=matching().values("pk"))
    return shown.values("translation_key")
