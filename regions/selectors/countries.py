"""Countries as a reader is shown them."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Length, Substr
from django.db.models.lookups import In
from wagtail.models import Page

from home.selectors.keys import Key
from home.selectors.pages import CONTENT_FIELDS, Row, page_best_by_key, page_queryset_visible, row_fields
from home.selectors.prepared import KEY, TEXT, any_of, prepared
from home.selectors.visibility import Conditions, Gate
from regions.models import CountryPage

# `continent_key` is the translation key of the continent page above.
COUNTRY_FIELDS = (
    *CONTENT_FIELDS,
    "code",
    "alpha3",
    "formal_name",
    "nominative",
    "in_country",
    "demonym",
    "adjective",
    "status",
    "capital",
    "sub_region_id",
    "relations_since",
    "continent_key",
)


def country_parent_path(path: Any) -> Substr:
    """The expression for treebeard's path of the page above."""
    return Substr(path, Value(1), Length(path) - Value(Page.steplen))


def _values(
    *conditions: Any, gate: Conditions, chain: Sequence[str], columns: Sequence[str] = COUNTRY_FIELDS
) -> QuerySet[Any, Row]:
    queryset = page_queryset_visible(CountryPage, gate=gate).filter(*conditions, locale_code__in=chain)
    if "continent_key" in columns:
        continents = Page.objects.filter(path=country_parent_path(OuterRef("path"))).values("translation_key")
        queryset = queryset.annotate(continent_key=Subquery(continents))
    return queryset.values(*columns)


def _continent_paths() -> QuerySet[Any, Any]:
    return Page.objects.filter(any_of("translation_key", "continent_keys", KEY)).order_by().values("path")


def country_rows_shown(
    *,
    gate: Gate,
    chain: Sequence[str],
    codes: Collection[str] | None = None,
    continent_keys: Collection[Key] | None = None,
    fields: Sequence[str] = COUNTRY_FIELDS,
) -> list[Row]:
    """Every country, or those with ``codes`` (ISO 3166-1 alpha-2) or of some continents, in no order. One statement.

    The world has about 250, so whoever sorts and pages them does so in Python, by the rules of the reader's language.
    Rows have ``fields`` and ``KEY_FIELDS``, and with ``continent_keys`` their ``continent_key``.
    """
    columns = row_fields(fields, *([] if continent_keys is None else ["continent_key"]))
    # In a chain of several languages, a country's best page may stand elsewhere than its others.
    is_narrowed = continent_keys is not None and len(chain) == 1

    def build() -> QuerySet[Any, Row]:
        conditions = [] if codes is None else [any_of("code", "codes", TEXT)]
        if is_narrowed:
            conditions.append(In(country_parent_path("path"), _continent_paths()))
        return _values(*conditions, gate=gate.shape, chain=chain, columns=columns)

    statement = prepared(("country_rows_shown", codes is None, is_narrowed, tuple(chain), gate.shape, columns), build)
    values = {**gate.values, "codes": codes, "continent_keys": continent_keys}
    rows = page_best_by_key(statement.rows(values), chain=chain).values()
    return [row for row in rows if continent_keys is None or row["continent_key"] in continent_keys]


def country_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Countries by translation key. One statement."""
    statement = prepared(
        ("country_rows_by_keys", tuple(chain), gate.shape),
        lambda: _values(any_of("translation_key", "keys", KEY), gate=gate.shape, chain=chain),
    )
    return page_best_by_key(statement.rows({**gate.values, "keys": keys}), chain=chain)
