"""Rich text: what is let through, how it is written, what it says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.rich_text.render import LinkTarget, PictureTarget, Targets, tree_as_html, tree_as_text
from api.rich_text.tree import References, rich_text_tree, safe_address, tree_references

NOWHERE = Targets({}, {}, {})
# What a hostile text may be put together from.
PIECES = ["<", ">", "</", "<p>", "</p>", "<li>", "<em>", "</em>", "</a>", "<a href='", "'", '"', "&", "&lt;", "x", " "]
PIECES += ["<script>", "</script>", "<!--", "-->", "<svg/onload=x>", "javascript:x", "<a linktype='page' id='1'>"]
SOMEWHERE = Targets(
    pages={1: LinkTarget("/ar/x/"), 2: LinkTarget("/fr/y/", "fr")},
    documents={3: LinkTarget("https://h/documents/3/a.pdf")},
    images={4: PictureTarget("https://h/i", "https://h/i 640w, https://h/j 960w", 960, 540)},
)


def html(source: str, targets: Targets = NOWHERE) -> str:
    return tree_as_html(rich_text_tree(source), targets)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Le <strong>Royaume</strong> et le <em>Mexique</em>, 2<sup>e</sup> session</p>",
        "<h2>Titre</h2><ul><li>un</li><li>deux<br>trois</li></ul><hr><blockquote>dit</blockquote>",
        "<p>5 &lt; 6 &amp; 7</p>",
        "<p>النص العربي</p>",
    ],
)
def test_what_editors_write_comes_out_as_it_is(source: str) -> None:
    assert html(source) == source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<b>a</b><i>b</i>", "<strong>a</strong><em>b</em>"),
        ("<script>alert(1)</script>x", "x"),
        ("<style>p{}</style><svg onload=x><p>in</p></svg>x", "x"),
        ("<iframe src=//evil>no</iframe>x", "x"),
        ('<p onclick="x" style="y" class="z">a</p>', "<p>a</p>"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<font><marquee>a</marquee></font>", "a"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p>a<a href='javascript:x'>b<font><p>c", "<p>ab</p><p>c</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<strong>a<p>b</strong>c", "<strong>a<p>b</p></strong>c"),
        ("a</p></div>b", "ab"),
        ("<!-- secret --><?php secret ?><![CDATA[x]]>a", "a"),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_everything_else_leaves_its_words_at_most(source: str, shown: str) -> None:
    assert html(source) == shown


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://x.org/a?b=1&c=2", "https://x.org/a?b=1&c=2"),
        ("HTTP://x.org", "HTTP://x.org"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("tel:+212", "tel:+212"),
        ("/fr/a/", "/fr/a/"),
        ("#notes", "#notes"),
        ("https://x.org/a b", "https://x.org/a%20b"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("//evil.org", None),
        ("/\\evil.org", None),
        ("\\\\evil.org", None),
        ("relative", None),
        ("http://[broken", None),
        ("\x01", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_that_a_link_may_lead_to(address: str | None, safe: str | None) -> None:
    assert safe_address(address) == safe


def test_links_lead_to_what_the_reader_is_shown() -> None:
    source = (
        '<a linktype="page" id="1">une</a> <a id="2" linktype="page">deux</a> <a linktype="document" id="3">doc</a> '
        '<a href="https://x.org/?a=1&amp;b=%22">dehors</a>'
    )
    assert html(source, SOMEWHERE) == (
        '<a href="/ar/x/">une</a> <a href="/fr/y/" hreflang="fr">deux</a> '
        '<a href="https://h/documents/3/a.pdf">doc</a> <a href="https://x.org/?a=1&amp;b=%22">dehors</a>'
    )
    assert html(source) == 'une deux doc <a href="https://x.org/?a=1&amp;b=%22">dehors</a>'


@pytest.mark.parametrize("id_", ["", "x", "-1", "1.5", "9" * 19, "٣", "1 OR 1=1"])
def test_links_without_an_id_leave_their_words(id_: str) -> None:
    source = f'<p><a linktype="page" id="{id_}">a <strong>b</strong></a></p>'
    assert html(source, SOMEWHERE) == "<p>a <strong>b</strong></p>"
    assert tree_references(rich_text_tree(source)) == References(frozenset(), frozenset(), frozenset())


def test_pictures_and_videos_within_text() -> None:
    source = '<embed embedtype="image" id="4" alt="A &quot;b&quot;" format="left"/>'
    assert html(source, SOMEWHERE) == (
        '<img src="https://h/i" srcset="https://h/i 640w, https://h/j 960w" width="960" height="540"'
        ' alt="A &quot;b&quot;">'
    )
    assert html(source) == ""
    video = '<embed embedtype="media" url="https://v.org/?v=1&amp;t=2"/>'
    assert html(video) == '<a href="https://v.org/?v=1&amp;t=2">https://v.org/?v=1&amp;t=2</a>'
    assert html('<embed embedtype="media" url="javascript:x"/>') == ""


def test_references_are_those_of_the_whole_tree() -> None:
    source = (
        '<ul><li><a linktype="page" id="1">a</a></li></ul><a linktype="document" id="3">b</a>'
        '<p><embed embedtype="image" id="4"/></p><a linktype="page" id="2">c</a>'
        '<p><a href="/fr/">d</a><a href="javascript:e">e</a></p>'
    )
    assert tree_references(rich_text_tree(source)) == References(
        frozenset({1, 2}), frozenset({3}), frozenset({4}), frozenset({"/fr/"})
    )


def test_plain_text_has_a_line_for_each_block() -> None:
    source = (
        "<h2>Titre</h2><p>Un   <strong>deux</strong>\n trois<br>quatre</p><ul><li>a</li><li>b</li></ul><p></p>&nbsp;"
    )
    assert tree_as_text(rich_text_tree(source)) == "Titre\nUn deux trois\nquatre\na\nb"


def test_nesting_is_bounded_and_no_word_is_lost() -> None:
    shown = html("<em>" * 5_000 + "x")
    assert shown.count("<em>") == 39
    assert tree_as_text(rich_text_tree("<blockquote>" * 5_000 + "x")) == "x"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=25,
    ).map("".join)
)
def test_whatever_is_stored_the_output_parses_to_itself_and_holds_nothing_foreign(source: str) -> None:
    shown = html(source, SOMEWHERE)
    assert html(shown, SOMEWHERE) == shown
    for foreign in ("<script", "<svg", "<!--", "onload=x>", 'href="javascript'):
        assert foreign not in shown
