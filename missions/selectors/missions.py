"""Missions as a reader is shown them: what lists are narrowed to, in which order, and the stretch that is read.

Lists start from the source pages, which have the facts (``home.selectors.records``); the texts of the few that are
wanted are read afterwards. Names are those of the reader's language, in the order of that language, which the database
knows.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Collate

from home.language.collation import collation_name
from home.models import BasePage
from home.selectors.counts import count_kept
from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_shown, page_queryset_visible, page_rows_by_keys
from home.selectors.prepared import ID, KEY, TEXT, Parameter, any_of, prepared
from home.selectors.record_rows import current
from home.selectors.records import record_queryset_shown
from home.selectors.search import search_values
from home.selectors.search_ranking import matching
from home.selectors.visibility import Conditions, Gate
from missions.models import MissionAccreditation, MissionPage, MissionService, OrganisationPage
from missions.selectors.clocks import clock_values, is_open, status_of_day, time_zones_used
from missions.selectors.near import distance_km, near_values, within
from missions.selectors.organisations import acronym_values, organisations_with_acronyms
from missions.selectors.pages import MISSION_FACTS, MISSION_FIELDS
from regions.models import CountryPage

_TEXT: TextField[str, str] = TextField()
_FLOAT: FloatField[float, float] = FloatField()
TODAY = Parameter("today", DateField())


@dataclass(frozen=True, slots=True)
class Near:
    """A place in degrees, and how far around it, in kilometres."""

    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class MissionCriteria:
    """What a list of missions is narrowed to; None and a blank ``text`` mean no limit, an empty tuple lets nothing in.

    ``countries`` are alpha-2 codes of the host, of the sender, or of those accredited to, which ``resident`` tells
    apart. An organisation is named by its key or by its acronym in any language and case. ``open_at`` asks for the
    hours of ``service`` where there is one.
    """

    direction: str | None = None
    kinds: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    resident: bool | None = None
    organisation: Key | None = None
    acronym: str | None = None
    service: str | None = None
    text: str | None = None
    near: Near | None = None
    open_at: datetime | None = None

    @property
    def has_words(self) -> bool:
        """Whether the list is narrowed to missions with some words."""
        return bool(self.text and self.text.strip())

    @property
    def hangs_on_today(self) -> bool:
        """Whether what meets them follows from the day: accreditations begin and end, and statuses begin."""
        return any(each is not None for each in (self.countries, self.organisation, self.acronym, self.statuses))

    @property
    def shape(self) -> Hashable:
        """What the criteria put into a queryset other than by parameters."""
        given = (self.kinds, self.statuses, self.countries, self.organisation, self.acronym, self.near, self.open_at)
        return (*(each is not None for each in given), self.direction, self.resident, self.service, self.has_words)

    def values(self, *, chain: Sequence[str], today: date | None) -> dict[str, Any]:
        """The values of the parameters, and ``today`` where they hang on it.

        One statement where the list is narrowed to what is open, else none.
        """
        return {
            "today": today,
            "kinds": self.kinds,
            "statuses": self.statuses,
            "country_codes": self.countries,
            "organisation": [self.organisation],
            **acronym_values(None if self.acronym is None else [self.acronym], name="acronyms"),
            **(search_values(text=self.text or "", chain=chain) if self.has_words else {}),
            **(near_values(self.near.latitude, self.near.longitude, self.near.radius_km) if self.near else {}),
            **(clock_values(self.open_at, time_zones_used()) if self.open_at else {}),
        }


@dataclass(frozen=True, slots=True)
class MissionSlice:
    """A stretch of the list of missions. ``by`` is the order: ``name``, ``country`` or ``distance``.

    ``after`` and ``before`` are positions, not included: what ``position`` of a row is. ``from_end`` takes the last
    ``limit`` instead of the first, still in the order of the list.
    """

    limit: int
    by: str = "name"
    is_reversed: bool = False
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    from_end: bool = False
    columns: tuple[tuple[str, Any], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", _ORDERS[self.by])

    @property
    def is_descending(self) -> bool:
        """Whether the rows to take are found going backwards."""
        return self.is_reversed != self.from_end

    @property
    def shape(self) -> Hashable:
        """What the stretch puts into a queryset other than by parameters."""
        return (self.limit, self.by, self.is_reversed, self.from_end, self.after is None, self.before is None)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        ends = (("after", self.after), ("before", self.before))
        return {f"{end}_{place}": value for end, values in ends for place, value in enumerate(values or ())}

    def condition(self) -> Q:
        """The condition that keeps what lies between ``after`` and ``before``."""
        condition = Q()
        for end, position, is_later in (
            ("after", self.after, not self.is_reversed),
            ("before", self.before, self.is_reversed),
        ):
            if position is not None:
                condition &= self._beyond(end, "gt" if is_later else "lt")
        return condition

    def _beyond(self, end: str, sign: str) -> Q:
        beyond, same = Q(), Q()
        for place, (name, kind) in enumerate(self.columns):
            value = Parameter(f"{end}_{place}", kind)
            beyond |= same & Q(**{f"{name}__{sign}": value})
            same &= Q(**{name: value})
        return beyond


_ORDERS: dict[str, tuple[tuple[str, Any], ...]] = {
    "name": (("name", _TEXT), ("id", ID)),
    "country": (("country_name", _TEXT), ("name", _TEXT), ("id", ID)),
    "distance": (("distance_km", _FLOAT), ("id", ID)),
}


def mission_queryset_shown(*, gate: Conditions, chain: Sequence[str], criteria: MissionCriteria) -> QuerySet[Any]:
    """The source pages of the missions that a reader is shown and that meet ``criteria``, whose values are parameters.

    With ``near`` they have their ``distance_km``.
    """
    queryset = record_queryset_shown(MissionPage, gate=gate, chain=chain)
    if criteria.direction is not None:
        queryset = queryset.filter(direction=criteria.direction)
    if criteria.kinds is not None:
        queryset = queryset.filter(any_of("kind", "kinds", TEXT))
    if criteria.statuses is not None:
        queryset = queryset.filter(any_of(status_of_day(TODAY), "statuses", TEXT))
    if criteria.countries is not None:
        countries = page_queryset_visible(CountryPage, gate=gate).filter(
            any_of("code", "country_codes", TEXT), locale_code__in=chain
        )
        queryset = queryset.filter(_about_country(countries.values("translation_key"), criteria.resident))
    if criteria.organisation is not None or criteria.acronym is not None:
        queryset = queryset.filter(about_organisation(_organisations(criteria, gate=gate, chain=chain)))
    if criteria.service is not None:
        services = MissionService.objects.filter(page_id=OuterRef("pk"), kind=criteria.service)
        queryset = queryset.filter(Exists(services))
    if criteria.has_words:
        shown = page_queryset_shown(MissionPage, gate=gate, chain=chain).filter(pk__in=matching().values("pk"))
        queryset = queryset.filter(translation_key__in=shown.values("translation_key"))
    if criteria.open_at is not None:
        queryset = queryset.filter(is_open(criteria.service))
    if criteria.near is not None:
        near = queryset.filter(within()).annotate(distance_km=distance_km())
        queryset = near.filter(distance_km__lte=Parameter("near_radius", _FLOAT))
    return queryset


def _organisations(criteria: MissionCriteria, *, gate: Conditions, chain: Sequence[str]) -> QuerySet[Any, Any]:
    if criteria.organisation is None:
        return organisations_with_acronyms(gate=gate, name="acronyms")
    pages = page_queryset_visible(OrganisationPage, gate=gate)
    named = pages.filter(any_of("translation_key", "organisation", KEY), locale_code__in=chain)
    return named.values("translation_key")


def _about_country(keys: Any, resident: bool | None) -> Q:
    here = Q(host_country__translation_key__in=keys) | Q(sending_country__translation_key__in=keys)
    accredited = MissionAccreditation.objects.filter(
        current(TODAY), page_id=OuterRef("pk"), country__translation_key__in=keys
    )
    if resident is None:
        return here | Q(Exists(accredited))
    return here if resident else Q(Exists(accredited))


def about_organisation(keys: Any) -> Q:
    """The condition that a mission is sent by one of the organisations, or now accredited to one."""
    accredited = MissionAccreditation.objects.filter(
        current(TODAY), page_id=OuterRef("pk"), organisation__translation_key__in=keys
    )
    return Q(sending_organisation__translation_key__in=keys) | Q(Exists(accredited))


def _named(
    queryset: QuerySet[Any], name: str, model: type[BasePage], key: str, *, gate: Conditions, chain: Sequence[str]
) -> QuerySet[Any]:
    """``queryset`` with the title, as the reader is shown it, of the page of a type with a translation key."""
    source = locale_source()
    titles: list[Any] = []
    for code in chain:
        if model is MissionPage and code == source:
            titles.append(F("title"))
            break  # which is there
        pages = page_queryset_visible(model, gate=gate).filter(locale_code=code, translation_key=OuterRef(key))
        titles.append(Subquery(pages.values("title")[:1]))
    title = Coalesce(*titles, Value(""), output_field=_TEXT)
    return queryset.annotate(**{name: Collate(title, collation_name(chain[0]))})


def mission_rows_shown(
    *, gate: Gate, chain: Sequence[str], criteria: MissionCriteria, part: MissionSlice, today: date | None
) -> list[Row]:
    """A stretch of the list of missions. Two statements, and one more for what is open.

    Rows are those of ``mission_rows_by_keys``, with their ``position`` in the list, and ``distance_km`` with ``near``.
    """
    names = tuple(name for name, _kind in part.columns)
    extra = ("distance_km",) if criteria.near is not None and "distance_km" not in names else ()

    def stretch() -> QuerySet[Any]:
        queryset = mission_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria)
        if "name" in names:
            queryset = _named(queryset, "name", MissionPage, "translation_key", gate=gate.shape, chain=chain)
        if "country_name" in names:
            queryset = queryset.annotate(
                country_key=Coalesce("host_country__translation_key", "sending_country__translation_key")
            )
            queryset = _named(queryset, "country_name", CountryPage, "country_key", gate=gate.shape, chain=chain)
        sign = "-" if part.is_descending else ""
        columns = ("translation_key", *MISSION_FACTS, *(name for name in names if name != "id"), *extra)
        ordered = queryset.filter(part.condition()).order_by(*(f"{sign}{name}" for name in names))
        return ordered.values("id", *columns)[: part.limit]

    statement = prepared(("mission_rows_shown", tuple(chain), gate.shape, criteria.shape, part.shape), stretch)
    found = statement.rows({**gate.values, **criteria.values(chain=chain, today=today), **part.values})
    if part.from_end:
        found.reverse()
    texts = mission_texts(facts=found, gate=gate, chain=chain)
    rows = []
    for facts in found:
        if (row := texts.get(facts["translation_key"])) is not None:
            row["position"] = tuple(facts[name] for name in names)
            row["distance_km"] = facts.get("distance_km")
            rows.append(row)
    return rows


def mission_texts(*, facts: Sequence[Row], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """The rows shown of missions whose facts have been read, by translation key. One statement, or none."""
    if not facts:
        return {}
    by_key = {row["translation_key"]: row for row in facts}
    rows = page_rows_by_keys(MissionPage, keys=list(by_key), fields=MISSION_FIELDS, gate=gate, chain=chain)
    for key, row in rows.items():
        row["facts"] = by_key[key]
    return rows


def mission_count_shown(*, gate: Gate, chain: Sequence[str], criteria: MissionCriteria, today: date | None) -> int:
    """How many missions the whole list has. One statement or two, none where it was counted under this version."""
    statement = prepared(
        ("mission_count_shown", tuple(chain), gate.shape, criteria.shape),
        lambda: mission_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria).values("pk"),
    )
    return count_kept(
        ("missions", tuple(chain), criteria, today),
        gate=gate,
        count=lambda: statement.count({**gate.values, **criteria.values(chain=chain, today=today)}),
    )
