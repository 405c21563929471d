"""The gate's forms decide alike, and as its definition says, on trees of every shape.

A page is visible when it is live, every ancestor is live, nothing on the way is restricted, and now lies between
go-live and expiry; and it stands below the home page of a site.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.models import HomePage, StandardPage
from home.selectors.pages import page_has_own_text, page_queryset_visible, page_reference_values
from home.selectors.prepared import prepared
from home.selectors.visibility import Gate, gate_forget, gate_open
from regions.models import NewsPage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MOMENTS = [None, NOW - timedelta(days=1), NOW - timedelta(microseconds=1), NOW, NOW + timedelta(microseconds=1)]
CODES = ("fr", "ar")


@dataclass
class Drawn:
    """A page to be made. ``parent`` is the place of another one, taken modulo how many there are."""

    parent: int
    live: bool
    go_live_at: datetime | None
    expire_at: datetime | None
    restriction: str | None
    # Which page in another tree it is an alias of, if it is one.
    alias_of: int | None


MOMENT = st.sampled_from(MOMENTS)
# Mostly pages that hide nothing, or whole trees would be hidden from their tops.
PAGE = st.builds(
    Drawn,
    parent=st.integers(0, 30),
    live=st.sampled_from([True, True, True, False]),
    go_live_at=st.one_of(st.none(), st.none(), MOMENT),
    expire_at=st.one_of(st.none(), st.none(), MOMENT),
    restriction=st.sampled_from([None] * 7 + ["login", "password", "groups"]),
    alias_of=st.one_of(st.none(), st.none(), st.integers(0, 30)),
)


def made(drawn: list[Drawn], sites: list[int]) -> None:
    """A forest: two home pages that are translations, others below them and below one another, some beside all sites.

    ``sites`` are the places of their home pages. Rows alone: the gate reads no table of a page type.
    """
    for table in (PageViewRestriction.objects.all(), Site.objects.all(), Page.objects.filter(depth__gt=1)):
        table._raw_delete("default")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    kinds = {model: ContentType.objects.get_for_model(model) for model in (HomePage, StandardPage, NewsPage)}
    key = uuid.uuid4()
    first = Page.objects.get(depth=1).pk + 1
    pages: list[Page] = []
    below: dict[int | None, int] = {}

    def add(parent: int | None, **fields: Any) -> None:
        below[parent] = below.get(parent, 0) + 1
        start = "0001" if parent is None else pages[parent].path
        place = len(pages)
        fields = {"content_type": kinds[StandardPage], "translation_key": uuid.uuid4(), **fields}
        path = Page._get_path(start, len(start) // Page.steplen + 1, below[parent])
        pages.append(
            Page(pk=first + place, path=path, depth=len(path) // 4, title="x", slug=f"p{place}", url_path=f"/{place}/",
                 **fields)
        )  # fmt: skip

    for code in CODES:
        add(None, content_type=kinds[HomePage], translation_key=key, locale=locales[code])
    add(None, locale=locales["fr"])
    for each in drawn:
        parent = each.parent % len(pages)
        fields: dict[str, Any] = {"locale": pages[parent].locale}
        if each.alias_of is not None:
            source = pages[each.alias_of % len(pages)]
            fields["alias_of"] = source
            taken = {(page.translation_key, page.locale_id) for page in pages}
            if (source.translation_key, pages[parent].locale_id) not in taken:
                fields["translation_key"] = source.translation_key
        add(parent, live=each.live, go_live_at=each.go_live_at, expire_at=each.expire_at, **fields)
    for place, page in enumerate(pages):
        if place not in below and place > len(CODES):
            page.content_type = kinds[NewsPage]
        # A count of children that has been seen to be wrong.
        page.numchild = below.get(place, 0) if place % 2 else 0
    Page.objects.bulk_create(pages)
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=page, restriction_type=each.restriction, password="x")
        for page, each in zip(pages[len(CODES) + 1 :], drawn, strict=True)
        if each.restriction
    )
    places = dict.fromkeys(place % len(pages) for place in sites)
    Site.objects.bulk_create(
        Site(hostname=f"h{number}", root_page=pages[place], is_default_site=number == 0)
        for number, place in enumerate(places)
    )


def visible_by_definition() -> set[int]:
    """The definition, word by word, for every page."""
    pages = {page.path: page for page in Page.objects.filter(depth__gt=1)}
    keys = {site.root_page.translation_key for site in Site.objects.all()}
    homes = {page.path for page in pages.values() if page.translation_key in keys}
    restricted = {restriction.page_id for restriction in PageViewRestriction.objects.all()}
    visible = set()
    for page in pages.values():
        # The root above all trees is no page of any site.
        way = [pages[page.path[:end]] for end in range(2 * Page.steplen, len(page.path) + 1, Page.steplen)]
        if any(step.path in homes for step in way) and all(
            step.live
            and (step.go_live_at is None or step.go_live_at <= NOW)
            and (step.expire_at is None or step.expire_at > NOW)
            and step.pk not in restricted
            for step in way
        ):
            visible.add(page.pk)
    return visible


def by_sql(gate: Gate) -> set[int]:
    return set(Page.objects.filter(gate.visible()).values_list("pk", flat=True))


def by_prefix(gate: Gate) -> set[int]:
    """As rows that lead to a page ask."""
    return set(Page.objects.filter(gate.visible("sites_rooted_here__root_page__")).values_list("pk", flat=True))


def by_prepared_statement(gate: Gate) -> set[int]:
    """As the selectors that run for every request ask."""
    statement = prepared(
        ("test_visibility_gate", gate.shape), lambda: Page.objects.filter(gate.shape.visible()).values("pk")
    )
    return {pk for (pk,) in statement.tuples(gate.values)}


FOREST = st.lists(PAGE, min_size=1, max_size=14)
# Places of the pages that sites have for their home page.
SITES = st.lists(st.integers(0, 16), min_size=1, max_size=3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=FOREST, sites=SITES)
def test_sql_and_python_decide_as_the_definition_says(db: None, drawn: list[Drawn], sites: list[int]) -> None:
    made(drawn, [0, *sites])
    gate_forget()
    gate = gate_open(site_id=Site.objects.get(is_default_site=True).pk, now=NOW)
    rows = {row["id"]: row for row in page_reference_values(Page.objects.filter(depth__gt=1))}
    expected = visible_by_definition()
    assert {pk for pk, row in rows.items() if gate.allows(row)} == expected
    assert by_sql(gate) == expected
    assert by_prepared_statement(gate) == expected
    assert by_prefix(gate) == expected & set(Site.objects.values_list("root_page_id", flat=True))
    own_text = {pk for pk, row in rows.items() if page_has_own_text(row)}
    assert set(page_queryset_visible(Page, gate=gate).values_list("pk", flat=True)) == expected & own_text


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=FOREST)
def test_the_moment_that_the_gate_names_is_the_next_at_which_the_clock_changes_it(db: None, drawn: list[Drawn]) -> None:
    made(drawn, [0])
    gate_forget()
    site_id = Site.objects.get(is_default_site=True).pk
    gate = gate_open(site_id=site_id, now=NOW)
    coming = [
        at
        for page in Page.objects.filter(live=True)
        for at in (page.go_live_at, page.expire_at)
        if at is not None and at > NOW
    ]
    assert gate.boundary == min(coming, default=None)
    if gate.boundary is None:
        gate_forget()
        assert by_sql(gate_open(site_id=site_id, now=NOW + timedelta(days=9))) == by_sql(gate)
