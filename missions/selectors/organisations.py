"""Organisations as a reader is shown them, by what they are known as, and who belongs to them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import Upper

from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_visible, page_rows_by_keys
from home.selectors.prepared import ID, TEXT, Parameter, any_of, prepared
from home.selectors.record_rows import current, fact_rows
from home.selectors.records import record_queryset_shown
from home.selectors.visibility import Conditions, Gate
from missions.models import NewsOrganisationLink, OrganisationMember, OrganisationPage
from missions.selectors.pages import ORGANISATION_FACTS, ORGANISATION_FIELDS
from regions.models import CountryPage

# The day on which something holds or not.
TODAY = Parameter("today", DateField())


def organisation_rows_shown(
    *, gate: Gate, chain: Sequence[str], member_codes: Collection[str] | None = None, today: date | None = None
) -> list[Row]:
    """Every organisation, or those that countries with ``member_codes`` belong to ``today``, in no order.

    Two statements. There are some hundred, so whoever sorts and pages them does so in Python.
    """
    is_narrowed = member_codes is not None

    def build() -> QuerySet[Any, Row]:
        pages = record_queryset_shown(OrganisationPage, gate=gate.shape, chain=chain)
        if is_narrowed:
            countries = countries_with_codes(gate=gate.shape, chain=chain, name="codes")
            members = OrganisationMember.objects.filter(
                current(TODAY), page=OuterRef("pk"), country__translation_key__in=countries
            )
            pages = pages.filter(Exists(members))
        return pages.values("id", "translation_key", *ORGANISATION_FACTS)

    statement = prepared(("organisation_rows_shown", is_narrowed, tuple(chain), gate.shape), build)
    facts = statement.rows({**gate.values, "codes": member_codes, "today": today})
    by_key = {row["translation_key"]: row for row in facts}
    rows = page_rows_by_keys(OrganisationPage, keys=list(by_key), fields=ORGANISATION_FIELDS, gate=gate, chain=chain)
    return [{**row, "facts": by_key[key]} for key, row in rows.items()]


def countries_with_codes(*, gate: Conditions, chain: Sequence[str], name: str) -> QuerySet[Any, Any]:
    """The translation keys of the visible countries whose codes are in the parameter ``name``, for a subquery."""
    countries = page_queryset_visible(CountryPage, gate=gate).filter(any_of("code", name, TEXT), locale_code__in=chain)
    return countries.values("translation_key")


def organisations_with_acronyms(*, gate: Conditions, name: str) -> QuerySet[Any, Any]:
    """The translation keys of the organisations that have one of some acronyms in any language, for a subquery.

    ``acronym_values`` gives the values of its parameters.
    """
    return _with_acronyms(gate, name).values("translation_key")


def acronym_values(acronyms: Collection[str] | None, *, name: str) -> dict[str, Any]:
    """The parameters of ``organisations_with_acronyms``; case does not count."""
    if acronyms is None:
        return {name: None}
    # SQLite knows capitals of ASCII alone, so what editors wrote is compared as it is, too.
    return {name: sorted({*acronyms, *(acronym.upper() for acronym in acronyms)})}


def _with_acronyms(gate: Conditions, name: str) -> QuerySet[Any]:
    known = any_of("acronym", name, TEXT) | any_of(Upper("acronym"), name, TEXT)
    # An organisation whose source page is hidden is not shown in any language.
    sources = record_queryset_shown(OrganisationPage, gate=gate, chain=[locale_source()])
    pages = page_queryset_visible(OrganisationPage, gate=gate)
    return pages.filter(known, translation_key__in=sources.values("translation_key"))


def organisation_keys_by_acronyms(*, acronyms: Collection[str], gate: Gate, chain: Sequence[str]) -> dict[str, Key]:
    """The translation keys of organisations by acronym in capitals. One statement.

    An acronym that several have means the one that has it in the earliest language of the chain.
    """
    statement = prepared(
        ("organisation_keys_by_acronyms", gate.shape),
        lambda: _with_acronyms(gate.shape, "acronyms").values("acronym", "translation_key", "locale_code", "id"),
    )
    rank = {code: place for place, code in enumerate(chain)}
    rows = statement.rows({**gate.values, **acronym_values(acronyms, name="acronyms")})
    found: dict[str, Key] = {}
    for row in sorted(rows, key=lambda row: (rank.get(row["locale_code"], len(rank)), row["id"])):
        found.setdefault(row["acronym"].upper(), row["translation_key"])
    return found


def organisation_member_rows(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """Who belongs to organisations, by the id of their source page. One statement.

    Rows: ``country__translation_key standing starts_on ends_on``, in the editors' order.
    """
    return fact_rows(
        OrganisationMember, ids=ids, columns=["country__translation_key", "standing", "starts_on", "ends_on"]
    )


def news_organisation_keys(*, ids: Collection[int]) -> dict[int, list[Key]]:
    """Translation keys of the organisations that news items name, in the editors' order, by item. One statement."""
    statement = prepared(
        "news_organisation_keys",
        lambda: (
            NewsOrganisationLink.objects.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", "organisation__translation_key")
        ),
    )
    keys: dict[int, list[Key]] = {}
    for news_id, key in statement.tuples({"ids": ids}):
        line = keys.setdefault(news_id, [])
        if key not in line:
            line.append(key)
    return keys
