"""Tags become numbered codes and come back as they were, through every format."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.exchange.schemas import XLIFF_2, XLIFF_12, assert_valid
from translations.exchange.files import document_write, documents_read
from translations.exchange.inline import (
    Code,
    InlineError,
    Part,
    inline_decode,
    inline_difference,
    inline_encode,
    inline_normalise,
)
from translations.exchange.units import Document, Format, ReadDocument, Segment, State
from translations.exchange.xml import XmlLimits

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from(list("<>&\"' \n\t\r\u00a0\x0b\u200f")),
    min_size=1,
    max_size=12,
).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
PAIRS = st.sampled_from(["b", "i", "em", "strong", "abbr", "acronym", "code"])


def _fragment(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.tuples(PAIRS, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
        st.tuples(st.integers(1, 9), inner).map(lambda pair: f'<a id="a{pair[0]}">{pair[1]}</a>'),
    )


HTML = st.recursive(
    WORDS | st.just("<br/>") | st.just("<!-- remark -->") | st.just("<b></b>"), _fragment, max_leaves=12
).map(inline_normalise)


def document(*segments: Segment) -> Document:
    return Document(
        record="19d85a4c-53c8-448e-b0ea-7f29ce83a166",
        translation_key="00000000-0000-0000-0000-000000000001",
        title="Accord & <entente>",
        path="/fr/actualites/accord/",
        source_language="fr",
        target_language="ar",
        source_direction="ltr",
        target_direction="rtl",
        exported_at=datetime(2026, 11, 25, 3, 1, 18, 100133, tzinfo=UTC),
        segments=segments,
        preview_url="https://cms.example.org/admin/preview/?a=1&b=2",
        edit_url="https://cms.example.org/admin/edit/",
    )


def read(data: bytes) -> ReadDocument:
    (found,) = documents_read(data=data, limits=XmlLimits())
    return found


@given(HTML)
@settings(deadline=None)
def test_codes_and_back(html: str) -> None:
    assert inline_encode(html).decode() == html
    assert inline_difference(source=html, target=html) == ([], [])


@pytest.mark.parametrize(("form", "schema"), [(Format.XLIFF12, XLIFF_12), (Format.XLIFF21, XLIFF_2)])
def test_every_text_passes_through_xliff(form: Format, schema: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(HTML, HTML)
    def check(source: str, target: str) -> None:
        data = document_write(
            document=document(Segment("body.1", source, target, State.TRANSLATED, label="Texte", max_length=9)),
            form=form,
        )
        assert_valid(data, schema)
        (segment,) = read(data).segments
        assert inline_decode(parts=tuple(segment.source), codes=inline_encode(source).codes) == source  # type: ignore[arg-type]
        if target:
            codes = {**inline_encode(source).codes, **inline_encode(target, like=inline_encode(source).codes).codes}
            assert inline_decode(parts=tuple(segment.target or ()), codes=codes) == target  # type: ignore[arg-type]

    check()


@given(HTML, HTML)
@settings(max_examples=60, deadline=None)
def test_every_text_passes_through_po(source: str, target: str) -> None:
    if not source.strip() or "\x00" in source + target:
        return
    (segment,) = read(document_write(document=document(Segment("body.1", source, target)), form=Format.PO)).segments
    assert (segment.source, segment.target) == (source, target)


def test_a_target_uses_the_numbers_of_its_source() -> None:
    source = inline_encode('<b>un</b> <a id="a1">deux</a> <b>trois</b><br/>')
    target = inline_encode('<a id="a1">2</a> <b>1</b> <i>x</i> <b>3</b><br/>', like=source.codes)
    assert [(part.kind, part.value) for part in target.parts if part.kind in ("open", "point")] == [
        ("open", "2"),
        ("open", "1"),
        ("open", "5"),
        ("open", "3"),
        ("point", "4"),
    ]


B = {"1": Code("1", "b", "<b>", "</b>"), "2": Code("2", "br", "<br/>")}


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ([("open", "7"), ("close", "7")], "unknown"),
        ([("open", "1")], "nesting"),
        ([("close", "1")], "nesting"),
        ([("point", "1")], "nesting"),
        ([("open", "2"), ("close", "2")], "nesting"),
    ],
)
def test_codes_that_make_no_sense(parts: list[tuple[str, str]], kind: str) -> None:
    with pytest.raises(InlineError) as error:
        inline_decode(parts=tuple(Part(*part) for part in parts), codes=B)  # type: ignore[arg-type]
    assert error.value.kind == kind


def test_lost_and_added_tags_are_counted() -> None:
    difference = inline_difference(source="<b>a</b> <b>b</b><br/>", target='<b>a</b> <a id="a1">b</a>')
    assert difference == (["<b>", "<br/>"], ['<a id="a1">'])
