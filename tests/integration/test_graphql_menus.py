"""Menus and site settings in the reader's language."""

import json
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Site

from home.models import NavigationMenu, SiteSettings, SocialLink
from tests.asking import ask, body_of, codes_of, post
from tests.factories import SiteTree, StandardPageFactory

MENU = """
  requestedLocale locale isFallback location
  items { id label path url page { __typename title locale } children { label url path children { label } } }
"""


def menu_store(tree: SiteTree, code: str, *links: Any, location: str = "header") -> NavigationMenu:
    """Put entries, as they are stored, into the menu of one language."""
    menu, _ = NavigationMenu.objects.get_or_create(site=tree.site, locale=tree.locale[code], location=location)
    menu.items = [{"type": "item", "value": link, "id": f"{place}"} for place, link in enumerate(links)]
    menu.save()
    return menu


def link(*, page: Any = None, url: str = "", label: str = "", children: tuple[Any, ...] = ()) -> dict[str, Any]:
    below = [{"type": "item", "value": child, "id": str(place)} for place, child in enumerate(children)]
    return {"page": page.pk if page else None, "url": url, "label": label, "children": below}


def menu(arguments: str = "location: HEADER") -> dict[str, Any]:
    answer: dict[str, Any] = ask(f"{{ navigation({arguments}) {{ {MENU} }} }}")["navigation"]
    return answer


def test_entries_lead_to_pages_and_to_other_websites(site_tree: SiteTree) -> None:
    mexico = site_tree.country["fr", "MX"]
    stored = menu_store(
        site_tree,
        "fr",
        link(
            page=mexico, children=(link(page=site_tree.country["fr", "BR"], label="Voisin"), link(url="https://a.org"))
        ),
        link(url="https://b.org/x", label="Ailleurs"),
    )
    answer = menu()
    assert (answer["location"], answer["requestedLocale"], answer["locale"]) == ("HEADER", "FR", "FR")
    assert answer["isFallback"] is False
    first, second = answer["items"]
    assert (first["id"], second["id"]) == (f"{stored.pk}:fr:0", f"{stored.pk}:fr:1")
    assert (first["label"], first["path"]) == ("Mexique", "/fr/amerique/mexique/")
    assert first["page"] == {"__typename": "Country", "title": "Mexique", "locale": "FR"}
    assert [(child["label"], child["path"], child["children"]) for child in first["children"]] == [
        ("Voisin", "/fr/amerique/bresil/", []),
        ("https://a.org", None, []),
    ]
    assert first["children"][1]["url"] == "https://a.org"
    assert second == {
        "id": f"{stored.pk}:fr:1",
        "label": "Ailleurs",
        "path": None,
        "url": "https://b.org/x",
        "page": None,
        "children": [],
    }


def test_a_menu_without_entries_falls_back_and_its_pages_do_not(site_tree: SiteTree) -> None:
    only_french = StandardPageFactory(parent=site_tree.home["fr"], title="Visas", slug="visas")
    menu_store(site_tree, "ar")
    mexico = site_tree.country["fr", "MX"]
    menu_store(site_tree, "fr", link(page=mexico, label="Le Mexique"), link(page=only_french, label="Vos visas"))
    answer = menu("location: HEADER, locale: AR")
    assert (answer["requestedLocale"], answer["locale"], answer["isFallback"]) == ("AR", "FR", True)
    # A French label is of no use for an Arabic page; it is for a French one.
    assert [(item["label"], item["page"]["locale"]) for item in answer["items"]] == [
        (site_tree.country["ar", "MX"].title, "AR"),
        ("Vos visas", "FR"),
    ]


def test_a_menu_of_the_readers_language_keeps_its_labels(site_tree: SiteTree) -> None:
    only_french = StandardPageFactory(parent=site_tree.home["fr"], title="Visas", slug="visas")
    menu_store(site_tree, "ar", link(page=only_french, label="تأشيرات"))
    [item] = menu("location: HEADER, locale: AR")["items"]
    assert (item["label"], item["path"], item["page"]["locale"]) == ("تأشيرات", "/fr/visas/", "FR")


def test_who_refuses_fallback_gets_an_empty_menu(site_tree: SiteTree) -> None:
    menu_store(site_tree, "ar")
    answer = menu("location: HEADER, locale: AR, fallback: []")
    assert (answer["locale"], answer["isFallback"], answer["items"]) == ("AR", False, [])


def test_where_there_is_no_menu_there_are_no_entries(site_tree: SiteTree) -> None:
    NavigationMenu.objects.all().delete()
    answer = menu("location: FOOTER, locale: ES")
    assert (answer["location"], answer["locale"], answer["items"]) == ("FOOTER", "ES", [])


def test_entries_that_nobody_may_follow_are_left_out_with_those_below(site_tree: SiteTree) -> None:
    draft = StandardPageFactory(parent=site_tree.home["fr"], title="Brouillon", live=False)
    below = StandardPageFactory(parent=draft, title="Dessous")
    mexico = site_tree.country["fr", "MX"]
    menu_store(
        site_tree,
        "fr",
        link(page=draft, label="x", children=(link(page=mexico),)),
        link(page=mexico, children=(link(page=below, label="y"),)),
    )
    [item] = menu()["items"]
    assert (item["label"], item["children"]) == ("Mexique", [])


def test_damaged_entries_harm_no_other(site_tree: SiteTree) -> None:
    menu_store(site_tree, "fr", link(page=site_tree.country["fr", "MX"]))
    values = [
        "x",
        {},
        {"page": "7", "url": "javascript:alert(1)", "label": "x"},
        {"page": site_tree.country["fr", "MX"].pk, "children": "x"},
    ]
    raw = json.dumps([None, 3, {"type": "item"}, *({"type": "item", "value": value} for value in values)])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE home_navigationmenu SET items = %s WHERE location = 'header' AND locale_id = %s",
            [raw, site_tree.locale["fr"].pk],
        )
    assert [item["label"] for item in menu()["items"]] == ["Mexique"]


def test_each_site_has_its_own(site_tree: SiteTree) -> None:
    other = Site.objects.create(hostname="localhost", root_page=site_tree.home["es"])
    elsewhere = link(url="https://b.org", label="Ailleurs")
    stored = NavigationMenu(site=other, locale=site_tree.locale["fr"], location="header")
    stored.items = [{"type": "item", "value": elsewhere, "id": "1"}]
    stored.save()
    SiteSettings.objects.create(site=other, locale=site_tree.locale["fr"], ministry_name="L'autre")
    query = {"query": "{ siteSettings { ministryName } navigation(location: HEADER) { items { label } } }"}
    here = body_of(post(query))["data"]
    there = body_of(post(query, host="localhost"))["data"]
    assert there == {
        "siteSettings": {"ministryName": "L'autre"},
        "navigation": {"items": [{"label": "Ailleurs"}]},
    }
    assert here["siteSettings"]["ministryName"] != "L'autre"
    assert "Ailleurs" not in [item["label"] for item in here["navigation"]["items"]]


def test_a_location_that_is_none(site_tree: SiteTree) -> None:
    assert codes_of(post({"query": "{ navigation(location: SIDE) { locale } }"})) == ["GRAPHQL_VALIDATION_FAILED"]
    assert codes_of(post({"query": "{ navigation(location: null) { locale } }"})) == ["GRAPHQL_VALIDATION_FAILED"]


@pytest.fixture
def french_settings(site_tree: SiteTree) -> SiteSettings:
    SiteSettings.objects.all().delete()
    settings = SiteSettings.objects.create(
        site=site_tree.site,
        locale=site_tree.locale["fr"],
        ministry_name="Ministère",
        tagline="Des affaires étrangères",
        footer=f'<p>Rabat, <a linktype="page" id="{site_tree.country["fr", "MX"].pk}">Mexique</a></p>',
    )
    SocialLink.objects.create(settings=settings, network="other", url="https://social.org/x", sort_order=2)
    SocialLink.objects.create(settings=settings, network="x", url="https://x.com/m", sort_order=1)
    SocialLink.objects.create(
        settings=settings, network="youtube", url="https://y.org", label="Nos films", sort_order=3
    )
    return settings


SETTINGS = """
  requestedLocale locale isFallback ministryName tagline contactEmail
  footer { html plainText } socialLinks { network url label }
"""


def test_site_settings(french_settings: SiteSettings) -> None:
    assert ask(f"{{ siteSettings {{ {SETTINGS} }} }}")["siteSettings"] == {
        "requestedLocale": "FR",
        "locale": "FR",
        "isFallback": False,
        "ministryName": "Ministère",
        "tagline": "Des affaires étrangères",
        "contactEmail": None,
        "footer": {
            "html": '<p>Rabat, <a href="/fr/amerique/mexique/">Mexique</a></p>',
            "plainText": "Rabat, Mexique",
        },
        "socialLinks": [
            {"network": "X", "url": "https://x.com/m", "label": "X"},
            {"network": "OTHER", "url": "https://social.org/x", "label": "social.org"},
            {"network": "YOUTUBE", "url": "https://y.org", "label": "Nos films"},
        ],
    }


def test_site_settings_fall_back_as_a_whole_and_their_links_do_not(french_settings: SiteSettings) -> None:
    query = "{ siteSettings(locale: AR) { requestedLocale locale isFallback footer { html } } }"
    assert ask(query)["siteSettings"] == {
        "requestedLocale": "AR",
        "locale": "FR",
        "isFallback": True,
        "footer": {"html": '<p>Rabat, <a href="/ar/amerique/mexique/">Mexique</a></p>'},
    }


def test_site_settings_of_no_language_of_the_chain(french_settings: SiteSettings) -> None:
    assert ask("{ siteSettings(locale: AR, fallback: [ES]) { locale } }") == {"siteSettings": None}


def test_the_menu_is_that_of_the_header_unless_another_is_asked_for(site_tree: SiteTree) -> None:
    menu_store(site_tree, "fr", link(page=site_tree.country["fr", "MX"]))
    answer = ask("{ navigation { location items { label } } }")["navigation"]
    assert answer == {"location": "HEADER", "items": [{"label": "Mexique"}]}


@pytest.mark.parametrize(
    "address",
    [
        "/fr/secret/",
        "/fr/secret",
        "/FR/Secret/?x=1#y",
        "/fr/secret/dessous/",
        "/fr/secret/nulle-part/",
        "/fr/x/../secret/",
        "/fr/%73ecret/",
        "http://testserver/fr/secret/",
        "https://testserver:8000/fr/secret/",
        "/fr\\secret",
        "/fr/secret/?next=https://example.org/",
    ],
)
def test_a_typed_path_of_a_hidden_page_is_not_told(site_tree: SiteTree, address: str) -> None:
    hidden = StandardPageFactory(parent=site_tree.home["fr"], title="Secret", live=False)
    StandardPageFactory(parent=hidden, title="Dessous")
    other = link(url="/fr/ailleurs/", label="x", children=(link(url=address, label="y"),))
    menu_store(site_tree, "fr", link(url=address, label="x", children=(link(url="https://a.org", label="z"),)), other)
    [item] = menu()["items"]
    assert (item["url"], item["children"]) == ("/fr/ailleurs/", [])
    hidden.live = True
    hidden.save()
    first, second = menu()["items"]
    assert (first["url"], len(first["children"]), len(second["children"])) == (address, 1, 1)


def test_typed_addresses_of_other_websites_cost_nothing_and_stay(site_tree: SiteTree) -> None:
    StandardPageFactory(parent=site_tree.home["fr"], title="Secret", live=False)
    addresses = ["https://example.org/fr/secret/", "mailto:a@example.org", "#fr", "/media/secret.pdf", "/secret/"]
    menu_store(site_tree, "fr", *(link(url=address, label="x") for address in addresses))
    assert [item["url"] for item in menu()["items"]] == addresses
