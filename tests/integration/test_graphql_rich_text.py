"""Rich text in the forms that it is asked in."""

from typing import Any

import pytest

from tests.asking import ask
from tests.bodies import block, body_store, private_collection
from tests.factories import ImageFactory, SiteTree, StandardPageFactory

pytestmark = pytest.mark.django_db

QUERY = """
    query ($path: String!) {
      route(path: $path) {
        ... on StandardPage { body { ... on RichTextBlock { content {
          markdown
          nodes { kind parent depth text level href locale image { alt width } }
        } } } }
      }
    }
"""


def node(kind: str, parent: int | None, depth: int, **rest: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("text", "level", "href", "locale", "image"))
    return {"kind": kind, "parent": parent, "depth": depth, **empty, **rest}


def test_markdown_and_nodes_lead_to_the_readers_language(site_tree: SiteTree) -> None:
    home = site_tree.home
    only_french = StandardPageFactory(parent=home["fr"], title="Visas", slug="visas")
    draft = StandardPageFactory(parent=home["fr"], title="Brouillon", live=False)
    shown, hidden = ImageFactory(), ImageFactory(collection=private_collection())
    page = StandardPageFactory(parent=home["ar"], title="الوزارة", slug="ministere")
    text = (
        f'<h2>x</h2><p>a <a linktype="page" id="{site_tree.country["fr", "MX"].pk}"><b>b</b></a><br>'
        f'<a linktype="page" id="{only_french.pk}">c</a> <a linktype="page" id="{draft.pk}">d</a></p>'
        "<ol><li>e</li></ol>"
        f'<embed embedtype="image" id="{shown.pk}" alt="f"/><embed embedtype="image" id="{hidden.pk}" alt="g"/>'
        '<embed embedtype="media" url="https://v.org/1"/>'
    )
    body_store(page, [block("rich_text", text)])
    [answer] = ask(QUERY, {"path": "/ar/ministere/"})["route"]["body"]
    content = answer["content"]
    heading, paragraph, *_ = content["markdown"].split("\n\n")
    assert heading == "## x"
    assert paragraph == "a [**b**](/ar/amerique/mexique/)\\\n[c](/fr/visas/) d"
    assert "![f](" in content["markdown"]
    assert "![g](" not in content["markdown"]
    assert content["nodes"] == [
        node("HEADING", None, 0, level=2),
        node("TEXT", 0, 1, text="x"),
        node("PARAGRAPH", None, 0),
        node("TEXT", 2, 1, text="a "),
        node("LINK", 2, 1, href="/ar/amerique/mexique/"),
        node("STRONG", 4, 2),
        node("TEXT", 5, 3, text="b"),
        node("LINE_BREAK", 2, 1),
        node("LINK", 2, 1, href="/fr/visas/", locale="FR"),
        node("TEXT", 8, 2, text="c"),
        node("TEXT", 2, 1, text=" "),
        node("TEXT", 2, 1, text="d"),
        node("ORDERED_LIST", None, 0),
        node("LIST_ITEM", 12, 1),
        node("TEXT", 13, 2, text="e"),
        node("IMAGE", None, 0, image={"alt": "f", "width": 640}),
        node("EMBED", None, 0, href="https://v.org/1"),
    ]


def test_a_typed_address_of_a_hidden_page_leaves_its_words(site_tree: SiteTree) -> None:
    StandardPageFactory(parent=site_tree.home["fr"], title="Secret", live=False)
    typed = {"un": "/fr/secret/", "deux": "http://testserver/fr/secret/", "trois": "/fr/amerique/"}
    text = "<p>" + " ".join(f'<a href="{address}">{word}</a>' for word, address in typed.items()) + "</p>"
    country = site_tree.country["fr", "MX"]
    country.body = [{"type": "rich_text", "value": text}]
    country.save()
    query = '{ country(code: "MX") { body { ... on RichTextBlock { content { html markdown nodes { href } } } } } }'
    [block] = ask(query)["country"]["body"]
    assert block["content"]["html"] == '<p>un deux <a href="/fr/amerique/">trois</a></p>'
    assert block["content"]["markdown"] == "un deux [trois](/fr/amerique/)"
    assert [node["href"] for node in block["content"]["nodes"] if node["href"]] == ["/fr/amerique/"]
