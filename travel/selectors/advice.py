"""Travel advice as readers are shown it: lists, the sheet of a country, and the parts of a country."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet

from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_shown, page_queryset_visible, page_rows_by_keys
from home.selectors.prepared import KEY, TEXT, Parameter, any_of, prepared
from home.selectors.records import record_facts_by_keys
from home.selectors.search import search_values
from home.selectors.search_ranking import matching
from home.selectors.visibility import Conditions, Gate
from regions.models import CountryPage
from travel.models import TravelAdviceArea, TravelAdvicePage
from travel.selectors.pages import ADVICE_FACTS, ADVICE_FIELDS

_LEVEL: IntegerField[int, int] = IntegerField()


@dataclass(frozen=True, slots=True)
class AdviceCriteria:
    """What a list of travel advice is narrowed to; None and a blank ``text`` mean no limit, an empty tuple lets
    nothing through.

    ``levels`` and ``min_level`` are those of the countries as a whole.
    """

    countries: tuple[str, ...] | None = None
    levels: tuple[int, ...] | None = None
    min_level: int | None = None
    text: str | None = None

    @property
    def shape(self) -> Hashable:
        """What the criteria put into a queryset of facts other than by parameters."""
        return (self.countries is not None, self.levels is not None, self.min_level is not None)

    @property
    def has_words(self) -> bool:
        """Whether the list is narrowed to sheets with some words."""
        return bool(self.text and self.text.strip())

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        return {"country_codes": self.countries, "levels": self.levels, "min_level": self.min_level}


def advice_rows_shown(*, gate: Gate, chain: Sequence[str], criteria: AdviceCriteria) -> list[Row]:
    """Every sheet that a reader is shown and that meets ``criteria``, with its ``facts``, in no order. Two statements.

    The world has about 250 countries, so whoever sorts and pages them does so in Python.
    """
    has_words = criteria.has_words
    statement = prepared(
        ("advice_rows_shown", tuple(chain), gate.shape, has_words), lambda: _texts(gate.shape, chain, has_words)
    )
    words = search_values(text=criteria.text or "", chain=chain) if has_words else {}
    rows = {row["translation_key"]: row for row in statement.rows({**gate.values, **words})}
    if not rows:
        return []
    facts = prepared(
        ("advice_rows_shown facts", tuple(chain), gate.shape, criteria.shape),
        lambda: _facts(gate.shape, chain, criteria),
    ).rows({**gate.values, **criteria.values})
    found = []
    for fact in facts:
        row = rows.get(fact["translation_key"])
        if row is not None:
            row["facts"] = fact
            found.append(row)
    return found


def _texts(gate: Conditions, chain: Sequence[str], has_words: bool) -> QuerySet[Any]:
    pages = page_queryset_shown(TravelAdvicePage, gate=gate, chain=chain)
    if has_words:
        pages = pages.filter(pk__in=matching().values("pk"))
    return pages.values(*ADVICE_FIELDS)


def _facts(gate: Conditions, chain: Sequence[str], criteria: AdviceCriteria) -> QuerySet[Any]:
    pages = page_queryset_visible(TravelAdvicePage, gate=gate).filter(locale_code=locale_source())
    if criteria.levels is not None:
        pages = pages.filter(any_of("level", "levels", _LEVEL))
    if criteria.min_level is not None:
        pages = pages.filter(level__gte=Parameter("min_level", _LEVEL))
    if criteria.countries is not None:
        countries = page_queryset_visible(CountryPage, gate=gate).filter(
            any_of("code", "country_codes", TEXT), locale_code__in=chain
        )
        pages = pages.filter(country__translation_key__in=countries.values("translation_key"))
    return pages.values("id", "translation_key", *ADVICE_FACTS)


def advice_rows_by_countries(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """The sheets of countries, by the country's translation key, with their ``facts``. Two statements."""
    statement = prepared(
        ("advice_rows_by_countries", gate.shape),
        lambda: (
            page_queryset_visible(TravelAdvicePage, gate=gate.shape)
            .filter(any_of("country__translation_key", "keys", KEY), locale_code=locale_source())
            .values("id", "translation_key", *ADVICE_FACTS)
        ),
    )
    facts = {row["translation_key"]: row for row in statement.rows({**gate.values, "keys": keys})}
    if not facts:
        return {}
    rows = page_rows_by_keys(TravelAdvicePage, keys=list(facts), fields=ADVICE_FIELDS, gate=gate, chain=chain)
    for key, row in rows.items():
        row["facts"] = facts[key]
    return {facts[key]["country__translation_key"]: row for key, row in rows.items()}


def area_rows_by_sheets(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, list[Row]]:
    """The parts of the country of sheets, by the sheet's translation key, in the editors' order. One statement.

    A row has ``level``, that of the source's row, and ``name`` and ``locale_code`` of the first language of the chain
    that has a name for it; None where none has.
    """
    source = locale_source()
    statement = prepared(
        ("area_rows_by_sheets", tuple(chain), source, gate.shape),
        lambda: (
            TravelAdviceArea.objects.filter(
                gate.shape.visible("page__"),
                Q(page__alias_of__isnull=True) | ~Q(page__alias_of__translation_key=F("page__translation_key")),
                any_of("page__translation_key", "keys", KEY),
                page__locale_code__in={*chain, source},
            )
            .order_by("page_id", "sort_order", "pk")
            .values(
                "translation_key",
                "name",
                "level",
                sheet_key=F("page__translation_key"),
                locale_code=F("page__locale_code"),
            )
        ),
    )
    facts: dict[Key, list[Row]] = {}
    names: dict[tuple[Key, Key], dict[str, str]] = {}
    for row in statement.rows({**gate.values, "keys": keys}):
        sheet = row["sheet_key"]
        if row["locale_code"] == source:
            facts.setdefault(sheet, []).append(row)
        if row["name"]:
            names.setdefault((sheet, row["translation_key"]), {})[row["locale_code"]] = row["name"]
    found: dict[Key, list[Row]] = {}
    for sheet, rows in facts.items():
        found[sheet] = [_area(row, names.get((sheet, row["translation_key"]), {}), chain) for row in rows]
    return found


def _area(row: Row, names: dict[str, str], chain: Sequence[str]) -> Row:
    locale = next((code for code in chain if code in names), None)
    return {"level": row["level"], "locale_code": locale, "name": names[locale] if locale else None}


def advice_facts_by_keys(*, keys: Collection[Key], gate: Gate) -> dict[Key, Row]:
    """The facts of visible sheets by translation key. One statement."""
    return record_facts_by_keys(TravelAdvicePage, keys=keys, facts=ADVICE_FACTS, gate=gate)
