"""Rich text as Markdown: read by a CommonMark parser it is what the HTML is."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from api.rich_text.markdown import tree_as_markdown
from api.rich_text.render import LinkTarget, PictureTarget, Targets, tree_as_html
from api.rich_text.tree import Element, Tree, rich_text_tree

NOWHERE = Targets({}, {}, {})
SOMEWHERE = Targets(
    pages={1: LinkTarget("/ar/x/"), 2: LinkTarget("/fr/y/", "fr")},
    documents={3: LinkTarget("https://h/documents/3/a(b).pdf?x=1&copy;=2")},
    images={4: PictureTarget("https://h/i", "https://h/i 640w", 960, 540)},
)
COMMONMARK = MarkdownIt("commonmark").enable("strikethrough")
TEXTS = [
    "a",
    "é",
    "ال",
    " ",
    "*",
    "**",
    "_",
    "`",
    "~~",
    "[x]",
    "](y)",
    "!",
    "\\",
    "#",
    "# ",
    "1. ",
    "- ",
    "+ ",
    "===",
    "---",
]
TEXTS += [
    "&lt;b&gt;",
    "&amp;amp;",
    "&lt;!--",
    "|",
    ": ",
    "    ",
    "\n",
    "\n\n",
    "http://e.org",
    "2) ",
    "&nbsp;",
    "!",
    "&gt; ",
]
TAGS = ["p", "h2", "strong", "em", "s", "sup", "code", "li", "ul", "ol", "blockquote"]
PIECES = TEXTS + [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["<br>", "<hr>", "</a>"]
PIECES += ['<a linktype="page" id="1">', '<a linktype="page" id="9">', '<a href="https://e.org/?a=1&amp;b=2">']


def markdown(source: str, targets: Targets = NOWHERE) -> str:
    return tree_as_markdown(rich_text_tree(source), targets)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "<p>Le <b>Royaume</b> et le <i>Mexique</i>, 2<sup>e</sup></p>",
            "Le **Royaume** et le *Mexique*, 2<sup>e</sup>",
        ),
        ("<h2>Titre</h2><p>un<br>deux</p><hr><p>x</p>", "## Titre\n\nun\\\ndeux\n\n___\n\nx"),
        ("<ul><li>un</li><li>deux<ol><li>a</li></ol></li></ul>", "- un\n- deux\n  1. a"),
        ("<ul><li>un</li></ul><ul><li>deux</li></ul>", "- un\n\n* deux"),
        ("<ul><li><p>un</p><p>deux</p></li></ul>", "- un\n\n  deux"),
        ("<blockquote>dit<p>et</p></blockquote>", "> dit\n>\n> et"),
        ("<p>x <b> y </b>z</p>", "x **y** z"),
        ("<p><b>« y »</b></p>", "<strong>« y »</strong>"),
        ("<p><b>x <i>y</i> z</b></p>", "**x <em>y</em> z**"),
        ("<p><s>x</s> <code>a*b</code></p>", "~~x~~ `a*b`"),
        ("<p>النص العربي</p>", "النص العربي"),
        ("<p>1. x</p><p>- y</p><p># z</p>", "1\\. x\n\n\\- y\n\n\\# z"),
        ("<p>[x](javascript:a) &lt;script&gt; &amp;lt;</p>", "\\[x\\](javascript:a) \\<script\\> \\&lt;"),
        ("<p>Attention !<a href='/x/'>y</a></p>", "Attention \\![y](/x/)"),
        ("<p></p><h2> </h2><ul><li></li></ul>", ""),
    ],
)
def test_markdown(source: str, shown: str) -> None:
    assert markdown(source) == shown


def test_links_and_pictures_are_those_of_the_html() -> None:
    source = (
        '<p><a linktype="page" id="1">une</a> <a linktype="page" id="9">cachée</a> '
        '<a linktype="document" id="3">d</a></p>'
        '<embed embedtype="image" id="4" alt="A ] b"/><embed embedtype="image" id="9" alt="cachée"/>'
        '<embed embedtype="media" url="https://v.org/?v=1_2"/>'
    )
    assert markdown(source, SOMEWHERE) == (
        "[une](/ar/x/) cachée [d](https://h/documents/3/a%28b%29.pdf?x=1\\&copy;=2)\n\n"
        "![A \\] b](https://h/i)[https://v.org/?v=1\\_2](https://v.org/?v=1_2)"
    )


def letters(tree: Tree, around: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """Each character but spaces, with the inline elements around it."""
    for node in tree:
        if isinstance(node, str):
            yield from ((character, around) for character in node if not character.isspace())
        elif isinstance(node, Element):
            name = f"a {node.link.target}" if node.link else node.tag
            is_inline = name[0:2] == "a " or name in ("strong", "em", "s", "sup", "code")
            # A code span has no elements within, and a link no link.
            inner = around
            if is_inline and "code" not in around and not (node.link and any(each[:2] == "a " for each in around)):
                inner = around | {name}
            yield from letters(node.children, inner)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_read_as_markdown_it_says_what_the_html_says(source: str) -> None:
    shown = tree_as_html(rich_text_tree(source), SOMEWHERE)
    read = COMMONMARK.render(markdown(source, SOMEWHERE))
    assert list(letters(rich_text_tree(read))) == list(letters(rich_text_tree(shown)))
