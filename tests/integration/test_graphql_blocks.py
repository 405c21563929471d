"""The blocks of a body, one by one, in every state that they can be stored in."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Page

from home.models import StandardPage
from regions.models import NewsPage
from tests.asking import ask
from tests.bodies import BODY, block, body_store, items, private_collection
from tests.factories import DocumentFactory, ImageFactory, SiteTree, StandardPageFactory

QUERY = "query Q($path: String!) { route(path: $path) { ... on StandardPage {" + BODY + "} } }"


@pytest.fixture
def page(site_tree: SiteTree) -> StandardPage:
    page: StandardPage = StandardPageFactory(parent=site_tree.home["fr"], title="Le ministère", slug="ministere")
    return page


def shown(page: Page, *blocks: Any) -> list[dict[str, Any]]:
    """What is answered of a body; ids and type names are left out where a test is not about them."""
    body_store(page, list(blocks))
    answer = ask(QUERY, {"path": "/fr/ministere/"})["route"]["body"]
    assert len({item["id"] for item in answer}) == len(answer)
    return [{name: value for name, value in item.items() if name not in ("id", "__typename")} for item in answer]


def test_each_block_has_its_type_and_an_id_of_page_and_language(page: StandardPage) -> None:
    body_store(
        page, [block("heading", {"text": "Un", "level": "2"}, "abc"), {"type": "rich_text", "value": "<p>a</p>"}]
    )
    answer = ask(QUERY, {"path": "/fr/ministere/"})["route"]["body"]
    assert [(item["__typename"], item["id"]) for item in answer] == [
        ("HeadingBlock", f"{page.pk}:fr:abc"),
        ("RichTextBlock", f"{page.pk}:fr:1"),
    ]


def test_heading(page: StandardPage) -> None:
    levels = ["2", "3", 3, "", None, "99"]
    answer = shown(page, *(block("heading", {"text": " Un ", "level": level}) for level in levels))
    assert answer == [{"text": "Un", "level": number} for number in (2, 3, 3, 2, 2, 2)]


def test_rich_text(page: StandardPage) -> None:
    assert shown(page, block("rich_text", "<p>Un <b>deux</b></p>")) == [
        {"content": {"html": "<p>Un <strong>deux</strong></p>", "plainText": "Un deux"}}
    ]


def test_picture(page: StandardPage) -> None:
    image = ImageFactory(credit="The archive")
    use = {"image": image.pk, "decorative": False, "alt_text": "Deux ministres"}
    answer = shown(
        page,
        block("picture", {"image": use, "caption": "À Rabat", "credit": ""}),
        block("picture", {"image": image.pk}),
    )
    size = {"credit": "The archive", "width": 640, "height": 400}
    assert answer == [
        {"caption": "À Rabat", "image": {"alt": "Deux ministres", **size}},
        {"caption": "", "image": {"alt": "", **size}},
    ]


def test_picture_that_is_decoration_has_no_alternative_text_and_its_own_credit_wins(page: StandardPage) -> None:
    use = {"image": ImageFactory(credit="The archive").pk, "decorative": True, "alt_text": "left over"}
    [answer] = shown(page, block("picture", {"image": use, "caption": "", "credit": "A. B."}))
    assert (answer["image"]["alt"], answer["image"]["credit"]) == ("", "A. B.")


def test_quote(page: StandardPage) -> None:
    value = {"text": "Nous agirons.", "attribution": "X", "role": ""}
    assert shown(page, block("quote", value)) == [value]


def test_key_figures_are_read_with_and_without_ids(page: StandardPage) -> None:
    figure = {"value": "5 M", "label": "hispanophones", "note": ""}
    answer = shown(
        page,
        block("key_figures", {"title": "En chiffres", "figures": items(figure)}),
        block("key_figures", {"title": "", "figures": [figure]}),
    )
    assert answer == [{"title": "En chiffres", "figures": [figure]}, {"title": "", "figures": [figure]}]


def test_timeline(page: StandardPage) -> None:
    events = items(
        {"date": "2004-11-21", "precision": "day", "title": "Tournée", "text": "<p>royale</p>"},
        {"date": "2005-01-01", "precision": "year", "title": "Sommet", "text": ""},
        {"date": "1999-05-01", "precision": "decade", "title": "Accord"},
    )
    assert shown(page, block("timeline", {"title": "", "events": events})) == [
        {
            "title": "",
            "events": [
                {"date": "2004-11-21", "precision": "DAY", "title": "Tournée", "text": {"plainText": "royale"}},
                {"date": "2005-01-01", "precision": "YEAR", "title": "Sommet", "text": None},
                {"date": "1999-05-01", "precision": "DAY", "title": "Accord", "text": None},
            ],
        }
    ]


@pytest.mark.parametrize(("label", "words"), [("Télécharger", "Télécharger"), ("", "Rapport")])
def test_document(page: StandardPage, label: str, words: str) -> None:
    document = DocumentFactory(title="Rapport")
    document.file_size = 12
    document.save()
    assert shown(page, block("document", {"document": document.pk, "label": label})) == [
        {
            "label": words,
            "document": {
                "id": str(document.pk),
                "title": "Rapport",
                "url": f"http://testserver/documents/{document.pk}/{document.filename}",
                "size": 12,
                "extension": "txt",
                "contentType": "text/plain",
            },
        }
    ]


def test_a_document_is_fetched_from_its_address(page: StandardPage, settings: Any, tmp_path: Path) -> None:
    # Files in memory have no path, which Wagtail's view of documents wants.
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    [answer] = shown(page, block("document", {"document": DocumentFactory().pk, "label": ""}))
    response = Client().get(answer["document"]["url"].removeprefix("http://testserver"))
    assert b"".join(response.streaming_content) == b"A document.\n"


def test_page_links_bear_the_title_unless_labelled(page: StandardPage, site_tree: SiteTree) -> None:
    mexico, brazil = site_tree.country["ar", "MX"], site_tree.country["fr", "BR"]
    links = items({"page": mexico.pk, "label": ""}, {"page": brazil.pk, "label": "Notre voisin"})
    [answer] = shown(page, block("page_links", {"title": "Voir", "links": links}))
    assert answer["title"] == "Voir"
    assert [(link["label"], link["path"], link["page"]) for link in answer["links"]] == [
        ("Mexique", "/fr/amerique/mexique/", {"title": "Mexique", "locale": "FR"}),
        ("Notre voisin", "/fr/amerique/bresil/", {"title": "Brésil", "locale": "FR"}),
    ]
    assert answer["links"][0]["url"].endswith("/fr/amerique/mexique/")


def test_page_links_to_an_item_without_a_date_are_left_out(page: StandardPage, site_tree: SiteTree) -> None:
    dated, undated = site_tree.news("Une visite"), site_tree.news("Sans date")
    NewsPage.objects.filter(pk=undated.pk).update(date=None)
    links = items({"page": undated.pk, "label": "x"}, {"page": dated.pk, "label": ""})
    [answer] = shown(page, block("page_links", {"title": "", "links": links}))
    assert [link["label"] for link in answer["links"]] == ["Une visite"]


def test_video_with_and_without_what_its_service_says(page: StandardPage) -> None:
    url, silent = "https://www.youtube.com/watch?v=1", "https://www.youtube.com/watch?v=2"
    Embed.objects.create(
        url=url,
        hash=get_embed_hash(url),
        type="video",
        html="<iframe src='https://y'></iframe>",
        title="Visite",
        provider_name="YouTube",
        width=200,
        height=113,
    )
    answer = shown(
        page,
        block("video", {"video": url, "title": "La visite", "caption": ""}),
        block("video", {"video": silent, "title": "Une autre", "caption": "en 2005"}),
    )
    assert answer == [
        {
            "url": url,
            "title": "La visite",
            "caption": "",
            "embed": {
                "html": "<iframe src='https://y'></iframe>",
                "title": "Visite",
                "provider": "YouTube",
                "thumbnailUrl": None,
                "width": 200,
                "height": 113,
            },
        },
        {"url": silent, "title": "Une autre", "caption": "en 2005", "embed": None},
    ]


def test_callout(page: StandardPage) -> None:
    tones = {"info": "INFO", "warning": "WARNING", "success": "SUCCESS", "loud": "INFO"}
    value = {"title": "Visas", "text": "<p>Fermé</p>"}
    assert shown(page, *(block("callout", {**value, "tone": tone}) for tone in tones)) == [
        {"tone": name, "title": "Visas", "content": {"html": "<p>Fermé</p>"}} for name in tones.values()
    ]


def test_table(page: StandardPage) -> None:
    table = {
        "data": [["An", "Visites"], ["2004", 3, "de trop"], [None, "x"]],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_caption": "Par an",
    }

    def row(*cells: str, header: bool = False) -> dict[str, Any]:
        return {"cells": [{"text": cell, "isHeader": header} for cell in cells]}

    assert shown(page, block("table", {"title": "Visites", "table": table})) == [
        {
            "title": "Visites",
            "caption": "Par an",
            "rows": [row("An", "Visites", "", header=True), row("2004", "3", "de trop"), row("", "x", "")],
        }
    ]


def test_table_with_headings_on_both_sides(page: StandardPage) -> None:
    table = {"data": [["a", "b"], ["c", "d"]], "table_header_choice": "both"}
    [answer] = shown(page, block("table", {"title": "", "table": table}))
    headers = [[cell["isHeader"] for cell in row["cells"]] for row in answer["rows"]]
    assert headers == [[True, True], [True, False]]


DAMAGED: list[Any] = [
    None,
    "text",
    12,
    [],
    {},
    {"type": "heading"},
    {"value": {"text": "no type"}},
    {"type": 7, "value": {}},
    block("unknown", {"text": "x"}),
    block("heading", None),
    block("heading", "a string"),
    block("heading", {"text": "", "level": "2"}),
    block("heading", {"text": ["x"]}),
    block("rich_text", None),
    block("rich_text", {"x": 1}),
    block("rich_text", "<p> </p>"),
    block("picture", {"image": None}),
    block("picture", {"image": {"image": None, "alt_text": "x"}}),
    block("picture", {"image": {"image": 999_999}}),
    block("picture", {"image": {"image": True}}),
    block("picture", {"image": {"image": 2**80}}),
    block("picture", {"image": "7"}),
    block("quote", {"attribution": "nobody"}),
    block("key_figures", {"figures": []}),
    block("key_figures", {"figures": {"a": 1}}),
    block("key_figures", {"figures": [None, 3, {"label": "without a value"}]}),
    block("timeline", {"events": [{"date": "yesterday", "title": "x"}, {"date": "2004-11-21"}, {"date": None}]}),
    block("document", {"document": None}),
    block("document", {"document": 999_999, "label": "x"}),
    block("page_links", {"links": []}),
    block("page_links", {"links": [{"page": None}, {"page": 999_999}, "x"]}),
    block("video", {"video": "", "title": "x"}),
    block("video", {"video": "javascript:alert(1)", "title": "x"}),
    block("callout", {"tone": "info", "text": ""}),
    block("table", {"title": "x", "table": None}),
    block("table", {"title": "x", "table": {"data": [[None, ""], []]}}),
    block("table", {"title": "x", "table": {"data": "x"}}),
]


def test_damaged_blocks_are_left_out_and_their_siblings_are_not(page: StandardPage) -> None:
    sound = [block("heading", {"text": f"Titre {number}", "level": "2"}) for number in range(len(DAMAGED))]
    answer = shown(page, *(item for pair in zip(sound, DAMAGED, strict=True) for item in pair))
    assert answer == [{"text": f"Titre {number}", "level": 2} for number in range(len(DAMAGED))]


def test_a_body_that_is_no_stream_is_an_empty_one(page: StandardPage) -> None:
    for body in ("[]", '""', "{}", "null", '"plain text of long ago"', "12", "[[1, 2]]", "[null]"):
        body_store(page, body)
        assert ask(QUERY, {"path": "/fr/ministere/"})["route"] == {"body": []}, body


def test_pictures_and_documents_below_a_private_collection_vanish(page: StandardPage) -> None:
    collection = private_collection()
    image, document = ImageFactory(collection=collection), DocumentFactory(collection=collection)
    body = [
        block("picture", {"image": {"image": image.pk, "alt_text": "x"}}),
        block("document", {"document": document.pk, "label": "x"}),
        block("rich_text", f'<p>a <a linktype="document" id="{document.pk}">b</a></p>'),
        block("rich_text", f'<p>c</p><embed embedtype="image" id="{image.pk}"/>'),
    ]
    assert shown(page, *body) == [
        {"content": {"html": "<p>a b</p>", "plainText": "a b"}},
        {"content": {"html": "<p>c</p>", "plainText": "c"}},
    ]


def test_links_to_pages_that_the_public_may_not_see_vanish(page: StandardPage, site_tree: SiteTree) -> None:
    draft = StandardPageFactory(parent=site_tree.home["fr"], title="Brouillon", live=False)
    below = StandardPageFactory(parent=draft, title="Dessous")
    links = items({"page": draft.pk, "label": "x"}, {"page": below.pk}, {"page": site_tree.home["fr"].pk, "label": "y"})
    answer = shown(
        page,
        block("page_links", {"links": links}),
        block("page_links", {"links": links[:2]}),
        block("rich_text", f'<p><a linktype="page" id="{below.pk}">b</a></p>'),
    )
    assert [link["label"] for link in answer[0]["links"]] == ["y"]
    assert answer[1:] == [{"content": {"html": "<p>b</p>", "plainText": "b"}}]


def test_links_lead_to_the_readers_language_then_along_the_chain(page: StandardPage, site_tree: SiteTree) -> None:
    only_french = StandardPageFactory(parent=site_tree.home["fr"], title="Visas", slug="visas")
    mexico = site_tree.country["fr", "MX"]
    arabic = StandardPageFactory(
        parent=site_tree.home["ar"], title="الوزارة", slug="ministere", translation_key=page.translation_key
    )
    text = f'<a linktype="page" id="{mexico.pk}">a</a> <a linktype="page" id="{only_french.pk}">b</a>'
    body_store(arabic, [block("rich_text", text), block("page_links", {"links": [{"page": only_french.pk}]})])
    query = "query Q($path: String!) { route(path: $path) { ... on StandardPage {" + BODY + "} } }"
    rich, links = ask(query, {"path": "/ar/ministere/"})["route"]["body"]
    assert rich["content"]["html"] == '<a href="/ar/amerique/mexique/">a</a> <a href="/fr/visas/" hreflang="fr">b</a>'
    assert [(link["label"], link["path"], link["page"]["locale"]) for link in links["links"]] == [
        ("Visas", "/fr/visas/", "FR")
    ]


def test_key_facts_of_a_country(site_tree: SiteTree) -> None:
    facts = [
        block("fact", {"label": "Monnaie", "value": "Peso"}),
        block("fact", {"label": "", "value": "x"}),
        block("fact", None),
        block("other", {"label": "a", "value": "b"}),
        "x",
    ]
    body_store(site_tree.country["fr", "MX"], facts, field="key_facts")
    answer = ask('{ country(code: "MX") { keyFacts { label value } } }')
    assert answer == {"country": {"keyFacts": [{"label": "Monnaie", "value": "Peso"}]}}
