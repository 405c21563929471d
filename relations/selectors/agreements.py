"""The register of agreements as a reader is shown it: its list, by places and as a whole, and counts by facets."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Coalesce, ExtractYear

from home.selectors.counts import count_kept
from home.selectors.keys import Key, key_of
from home.selectors.pages import Row, page_rows_by_keys
from home.selectors.prepared import TEXT, Parameter, Statement, any_of, compiled, joined, prepared
from home.selectors.records import record_queryset_shown
from home.selectors.search import search_values
from home.selectors.visibility import Conditions, Gate
from missions.selectors.organisations import acronym_values
from relations.models import AgreementPage, AgreementParty
from relations.models.choices import AgreementStageKind
from relations.selectors.days import not_before, not_before_values
from relations.selectors.pages import AGREEMENT_FACTS, AGREEMENT_FIELDS
from relations.selectors.places import PARTIES, Places, about
from relations.selectors.slices import Slice
from relations.selectors.stages import first_date_subquery, first_precision_subquery, status_subquery
from relations.selectors.timeline import shown_with_words

_RANKED = """
    SELECT * FROM (
        SELECT item.place_key, entry.*, ROW_NUMBER() OVER (
            PARTITION BY item.place_key ORDER BY entry.day {direction}, entry.id {direction}
        ) AS line_number
        FROM ({entries}) entry JOIN ({items}) item ON item.record_id = entry.id
    ) ranked
    WHERE line_number <= {limit}
    ORDER BY place_key, line_number
"""
_COUNTED = """
    SELECT item.place_key, COUNT(*)
    FROM ({entries}) entry JOIN ({items}) item ON item.record_id = entry.id
    GROUP BY item.place_key
"""
# Every facet by itself: an agreement with two countries counts for each.
_FACETS = """
    SELECT * FROM (
        WITH entry AS ({entries}), item AS ({items})
        SELECT item.place_key, 'kind' AS facet, entry.kind AS facet_value, COUNT(*) AS entries
        FROM entry JOIN item ON item.record_id = entry.id GROUP BY item.place_key, entry.kind
        UNION ALL
        SELECT item.place_key, 'field', entry.field, COUNT(*)
        FROM entry JOIN item ON item.record_id = entry.id GROUP BY item.place_key, entry.field
        UNION ALL
        SELECT item.place_key, 'status', entry.status, COUNT(*)
        FROM entry JOIN item ON item.record_id = entry.id WHERE entry.status IS NOT NULL
        GROUP BY item.place_key, entry.status
        UNION ALL
        SELECT item.place_key, 'year', CAST(entry.year AS text), COUNT(*)
        FROM entry JOIN item ON item.record_id = entry.id WHERE entry.year IS NOT NULL
        GROUP BY item.place_key, entry.year
        UNION ALL
        SELECT item.place_key, 'country', CAST(party.country_key AS text), COUNT(DISTINCT entry.id)
        FROM entry JOIN item ON item.record_id = entry.id JOIN ({parties}) party ON party.record_id = entry.id
        GROUP BY item.place_key, party.country_key
    ) found
"""
# Where there are no places: one for all.
_EVERYTHING = "SELECT id AS record_id, {nothing} AS place_key FROM entry"


class FacetCount(NamedTuple):
    """How many agreements have a value: a stored one, a year as four digits, or a country's translation key."""

    facet: str
    value: str
    agreements: int


@dataclass(frozen=True, slots=True)
class AgreementCriteria:
    """What the register is narrowed to; None and a blank ``text`` mean no limit, an empty tuple lets nothing through.

    ``statuses`` are kinds of stages, reached ``today``, which whoever narrows by them or counts facets must give. Both
    days of the signature are included: one is within them when any day that may be meant is.
    """

    today: date | None = None
    kinds: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None
    signed_from: date | None = None
    signed_to: date | None = None
    text: str | None = None

    @property
    def has_words(self) -> bool:
        """Whether the list is narrowed to agreements with some words."""
        return bool(self.text and self.text.strip())

    @property
    def shape(self) -> Hashable:
        """What the criteria put into a queryset other than by parameters."""
        lists = (self.kinds, self.fields, self.statuses, self.countries, self.organisations)
        return (
            *(value is not None for value in (self.today, *lists, self.signed_from, self.signed_to)),
            self.has_words,
        )

    def values(self, *, chain: Sequence[str]) -> dict[str, Any]:
        """The values of the parameters, for a reader's chain of languages."""
        return {
            **(search_values(text=self.text or "", chain=chain) if self.has_words else {}),
            **acronym_values(self.organisations, name="acronyms"),
            "today": self.today,
            "kinds": self.kinds,
            "fields": self.fields,
            "statuses": self.statuses,
            "country_codes": self.countries,
            **not_before_values(self.signed_from),
            "signed_to": self.signed_to,
        }


def agreement_queryset_shown(*, gate: Conditions, chain: Sequence[str], criteria: AgreementCriteria) -> QuerySet[Any]:
    """The agreements that a reader is shown and that meet ``criteria``, whose values are parameters.

    Annotated with ``signed``, ``status`` where ``today`` is given, and ``day``, by which the register is sorted: that
    of the signature, or else of the first stage. Those without any come last in time.
    """
    pages = record_queryset_shown(AgreementPage, gate=gate, chain=chain).annotate(
        signed=first_date_subquery(AgreementStageKind.SIGNED),
        day=Coalesce(F("signed"), first_date_subquery(), Value(date.min, output_field=DateField())),
    )
    if criteria.today is not None:
        pages = pages.annotate(status=status_subquery())
    pages = pages.filter(
        about(
            PARTIES,
            gate=gate,
            chain=chain,
            countries=criteria.countries is not None,
            organisations=criteria.organisations is not None,
        )
    )
    if criteria.kinds is not None:
        pages = pages.filter(any_of("kind", "kinds", TEXT))
    if criteria.fields is not None:
        pages = pages.filter(any_of("field", "fields", TEXT))
    if criteria.statuses is not None:
        pages = pages.filter(any_of("status", "statuses", TEXT))
    if criteria.signed_from is not None:
        known = first_precision_subquery(AgreementStageKind.SIGNED)
        pages = pages.annotate(signed_precision=known).filter(not_before("signed", "signed_precision"))
    if criteria.signed_to is not None:
        pages = pages.filter(signed__lte=Parameter("signed_to", DateField()))
    if criteria.has_words:
        pages = pages.filter(translation_key__in=shown_with_words(AgreementPage, gate=gate, chain=chain))
    return pages


_FACTS = ("id", "translation_key", *AGREEMENT_FACTS, "day")


def agreement_rows_shown(*, gate: Gate, chain: Sequence[str], criteria: AgreementCriteria, part: Slice) -> list[Row]:
    """A stretch of the register, as ``record_rows_by_keys`` gives rows; facts have a ``day`` too. Two statements."""
    sign = "-" if part.direction == "DESC" else ""
    statement = prepared(
        ("agreement_rows_shown", tuple(chain), gate.shape, criteria.shape, part.shape),
        lambda: (
            agreement_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria)
            .filter(part.condition("day", 0))
            .order_by(f"{sign}day", f"{sign}pk")
            .values(*_FACTS)[: part.limit]
        ),
    )
    facts = statement.rows({**gate.values, **criteria.values(chain=chain), **part.values})
    rows = _with_texts({None: facts[::-1] if part.from_end else facts}, gate=gate, chain=chain)
    return rows[None]


def agreement_count_shown(*, gate: Gate, chain: Sequence[str], criteria: AgreementCriteria) -> int:
    """How many agreements the whole list has. One statement, and none where it was counted under this version."""
    statement = prepared(
        ("agreement_count_shown", tuple(chain), gate.shape, criteria.shape),
        lambda: agreement_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria).values("id"),
    )
    return count_kept(
        ("agreements", tuple(chain), criteria),
        gate=gate,
        count=lambda: statement.count({**gate.values, **criteria.values(chain=chain)}),
    )


def agreement_place_rows(
    places: Places, *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: AgreementCriteria, part: Slice
) -> dict[Key, list[Row]]:
    """For places by translation key: a stretch of the agreements with each. Two statements."""

    def ranked() -> Statement:
        shown = agreement_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria)
        entries = compiled(shown.filter(part.condition("day", 0)).values(*_FACTS))
        items = places.items(PARTIES, gate.shape, chain)
        made = joined(_RANKED, {"entries": entries, "items": items}, direction=part.direction, limit=part.limit)
        converters = [each for each in items.converters if each[0] == 0]
        converters += [(place + 1, *reading) for place, *reading in entries.converters]
        return Statement(made.sql, made.params, ("place_key", *entries.names, "line_number"), tuple(converters))

    statement = prepared(
        ("agreement_place_rows", places.name, tuple(chain), gate.shape, criteria.shape, part.shape), ranked
    )
    values = {**gate.values, **criteria.values(chain=chain), **part.values, "keys": set(keys)}
    found = statement.groups(values) if statement.sql else {}
    if part.from_end:
        found = {key: rows[::-1] for key, rows in found.items()}
    return _with_texts(found, gate=gate, chain=chain)


def agreement_place_counts(
    places: Places, *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: AgreementCriteria
) -> dict[Key, int]:
    """For places by translation key: how many agreements there are with each. One statement."""

    def counted() -> Statement:
        shown = agreement_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria)
        items = places.items(PARTIES, gate.shape, chain)
        made = joined(_COUNTED, {"entries": compiled(shown.values("id")), "items": items})
        return Statement(made.sql, made.params, (), tuple(each for each in items.converters if each[0] == 0))

    statement = prepared(("agreement_place_counts", places.name, tuple(chain), gate.shape, criteria.shape), counted)
    return dict(statement.tuples({**gate.values, **criteria.values(chain=chain), "keys": set(keys)}))


def agreement_facets(
    places: Places | None,
    *,
    keys: Collection[Key | None],
    gate: Gate,
    chain: Sequence[str],
    criteria: AgreementCriteria,
) -> dict[Key | None, list[FacetCount]]:
    """The counts of agreements by what they have in common, for the whole register (key None) or for each of places.

    One statement. Values that no agreement has are left out.
    """
    name = None if places is None else places.name
    statement = prepared(
        ("agreement_facets", name, tuple(chain), gate.shape, criteria.shape),
        lambda: _facets(places, gate=gate.shape, chain=chain, criteria=criteria),
    )
    values = {**gate.values, **criteria.values(chain=chain), "keys": {key for key in keys if key is not None}}
    found: dict[Key | None, list[FacetCount]] = {key: [] for key in keys}
    for place, facet, value, count in statement.tuples(values):
        found.setdefault(place, []).append(FacetCount(facet, key_of(value) if facet == "country" else value, count))
    return found


def _facets(places: Places | None, *, gate: Conditions, chain: Sequence[str], criteria: AgreementCriteria) -> Statement:
    shown = agreement_queryset_shown(gate=gate, chain=chain, criteria=criteria)
    entries = compiled(shown.annotate(year=ExtractYear("signed")).values("id", "kind", "field", "status", "year"))
    parties = AgreementParty.objects.filter(country__isnull=False).order_by()
    parties = parties.annotate(country_key=F("country__translation_key"), record_id=F("page_id"))
    pairs = compiled(parties.values("country_key", "record_id"))
    if places is None:
        nothing = "CAST(NULL AS uuid)" if connection.vendor == "postgresql" else "NULL"
        items = Statement(_EVERYTHING.format(nothing=nothing), (), (), ())
    else:
        items = places.items(PARTIES, gate, chain)
    made = joined(_FACETS, {"entries": entries, "items": items, "parties": pairs})
    return Statement(made.sql, made.params, (), tuple(each for each in items.converters if each[0] == 0))


def _with_texts(found: dict[Any, list[Row]], *, gate: Gate, chain: Sequence[str]) -> dict[Any, list[Row]]:
    """The rows shown for rows of facts, in the same order. An agreement of several places has a row for each."""
    keys = {facts["translation_key"] for rows in found.values() for facts in rows}
    texts: dict[Key, Row] = {}
    if keys:
        texts = page_rows_by_keys(AgreementPage, keys=keys, fields=AGREEMENT_FIELDS, gate=gate, chain=chain)
    return {
        place: [
            {**texts[facts["translation_key"]], "facts": facts} for facts in rows if facts["translation_key"] in texts
        ]
        for place, rows in found.items()
    }
