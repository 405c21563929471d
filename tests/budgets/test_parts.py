"""SQL statements for what pages are made of: the same for one page with one of each as for many with many."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from home.models import NavigationMenu, SiteSettings, SocialLink
from tests.asking import ask
from tests.bodies import BODY, block, items
from tests.factories import DocumentFactory, ImageFactory, SiteTree, StandardPageFactory

# Each request, whatever it asks: its site, and what the gate knows (roots of sites, closed branches).
BASE = 3


def statements(query: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        ask(query)
    return [statement["sql"] for statement in captured.captured_queries]


def news_make(tree: SiteTree, number: int) -> None:
    """A news item with one of each block, all of them referring to things of their own."""
    target = StandardPageFactory(parent=tree.home["fr"], title=f"Cible {number}")
    image, inline, main = ImageFactory(), ImageFactory(), ImageFactory()
    document, linked = DocumentFactory(), DocumentFactory()
    url = f"https://videos.example.org/{number}"
    Embed.objects.create(url=url, hash=get_embed_hash(url), type="video", html="x")
    text = (
        f'<p><a linktype="page" id="{target.pk}">a</a> <a linktype="document" id="{linked.pk}">b</a></p>'
        f'<embed embedtype="image" id="{inline.pk}" alt=""/>'
    )
    body = [
        block("rich_text", text),
        block("callout", {"tone": "info", "title": "", "text": text}),
        block("timeline", {"title": "", "events": items({"date": "2004-01-01", "title": "x", "text": text})}),
        block("picture", {"image": {"image": image.pk, "alt_text": "x"}}),
        block("document", {"document": document.pk, "label": ""}),
        block("page_links", {"title": "", "links": items({"page": target.pk, "label": ""})}),
        block("video", {"video": url, "title": "x"}),
    ]
    tree.news(f"Titre {number}", body=json.dumps(body), image=main)


def grown(site_tree: SiteTree, query: str, make: Callable[[SiteTree, int], Any]) -> tuple[int, int]:
    """Statements at one row and at seven."""
    make(site_tree, 0)
    one = len(statements(query))
    for number in range(1, 7):
        make(site_tree, number)
    return one, len(statements(query))


def test_statements_that_only_read_say_so_with_their_first_word(site_tree: SiteTree) -> None:
    """Whoever watches statements for writes looks through the whole text of all others, which takes long."""
    site_tree.news("Visite", countries=["MX"])
    news = "news(first: 3) { totalCount nodes { title } }"
    country = f"countries {{ nodes {{ {news} children {{ totalCount nodes {{ title }} }} }} }}"
    sent = statements(
        f"{{ continents {{ nodes {{ {news} {country} }} }} {news}"
        ' search(query: "visite") { totalCount nodes { title } } }'
    )
    assert len(sent) > BASE
    assert [sql for sql in sent if not sql.startswith("SELECT ")] == []


def test_bodies(site_tree: SiteTree) -> None:
    query = "{ news { nodes {" + BODY + "} } }"
    # The list, its bodies, pictures, documents, embeds, the pages linked to, and those pages whole for `page`.
    assert grown(site_tree, query, news_make) == (BASE + 7, BASE + 7)


def test_main_pictures(site_tree: SiteTree) -> None:
    query = "{ news { nodes { image { alt credit rendition { url srcSet } a: rendition(preset: HERO) { url } } } } }"
    assert grown(site_tree, query, news_make) == (BASE + 2, BASE + 2)


@pytest.mark.parametrize("field", ["html", "plainText"])
def test_rich_text(site_tree: SiteTree, field: str) -> None:
    query = "{ news { nodes { body { ... on CalloutBlock { content { " + field + " } } } } } }"
    # Blocks are looked up whole, whatever is asked of them: links, pictures and documents decide which are shown.
    assert grown(site_tree, query, news_make) == (BASE + 6, BASE + 6)


def test_typed_addresses(site_tree: SiteTree) -> None:
    def make(tree: SiteTree, number: int) -> None:
        StandardPageFactory(parent=tree.home["fr"], title=f"Page {number}", live=bool(number % 2))
        text = f'<p><a href="/fr/page-{number}/">a</a> <a href="http://testserver/ar/nulle-part-{number}/">b</a></p>'
        tree.news(f"Titre {number}", body=json.dumps([block("rich_text", text)]))

    query = "{ news { nodes { body { ... on RichTextBlock { content { html } } } } } }"
    # The list, its bodies, what stands at the addresses, and which hidden pages hold sources of records.
    assert grown(site_tree, query, make) == (BASE + 4, BASE + 4)


def menu_make(site_tree: SiteTree, number: int) -> None:
    menu = NavigationMenu.objects.get(site=site_tree.site, locale=site_tree.locale["fr"], location="header")
    page = StandardPageFactory(parent=site_tree.home["fr"], title=f"Page {number}")
    below = StandardPageFactory(parent=page, title=f"Dessous {number}")
    raw = list(menu.items.raw_data) if number else []
    raw.append(block("item", {"page": page.pk, "label": "", "children": items({"page": below.pk, "label": ""})}))
    menu.items = raw
    menu.save()


def test_menus(site_tree: SiteTree) -> None:
    fields = "{ items { label path children { label url } } }"
    query = f"{{ a: navigation(location: HEADER) {fields} b: navigation(location: FOOTER) {fields} }}"
    # Both menus, the pages of both.
    assert grown(site_tree, query, menu_make) == (BASE + 2, BASE + 2)


def test_menus_with_whole_pages(site_tree: SiteTree) -> None:
    query = "{ navigation(location: HEADER) { items { page { title updatedAt } children { page { path } } } } }"
    # As above, and the pages whole: one statement for each type of page.
    assert grown(site_tree, query, menu_make) == (BASE + 3, BASE + 3)


def test_site_settings(site_tree: SiteTree) -> None:
    settings = SiteSettings.objects.get(site=site_tree.site, locale=site_tree.locale["fr"])

    def make(tree: SiteTree, number: int) -> None:
        page = StandardPageFactory(parent=tree.home["fr"], title=f"Page {number}")
        settings.footer += f'<p><a linktype="page" id="{page.pk}">a</a></p>'
        settings.save()
        SocialLink.objects.create(settings=settings, network="x", url=f"https://x.com/{number}")

    query = "{ siteSettings { ministryName footer { html } socialLinks { url label } } }"
    # The settings, their links, the pages that the footer leads to.
    assert grown(site_tree, query, make) == (BASE + 3, BASE + 3)


@pytest.mark.parametrize(("asked", "read"), [("nodes { title }", 3), ("nodes { title } ...Ends", 4)])
def test_one_row_more_is_read_only_to_tell_whether_there_are_more(site_tree: SiteTree, asked: str, read: int) -> None:
    for number in range(5):
        site_tree.news(f"Visite {number}", countries=["MX"])
    part = f"news(first: 3) {{ {asked} }}"
    ends = "fragment Ends on NewsConnection { pageInfo { more: hasNextPage } }" if "..." in asked else ""
    query = f'{{ {part} country(code: "MX") {{ {part} }} }} {ends}'
    limits = [int(limit) for sql in statements(query) for limit in re.findall(r"LIMIT (\d+)", sql) if limit in "34"]
    assert limits
    assert set(limits) == {read}
    data = ask(query)
    for found in (data["news"], data["country"]["news"]):
        assert len(found["nodes"]) == 3
        assert found.get("pageInfo") == ({"more": True} if ends else None)
