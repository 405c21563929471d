"""What the files say, letter by letter where tools depend on it, and what other tools may do to them."""

from dataclasses import replace

import pytest

from tests.unit.exchange.schemas import XLIFF_2, XLIFF_12, assert_valid
from tests.unit.exchange.test_inline import document, read
from translations.exchange.errors import ExchangeError
from translations.exchange.files import document_write, documents_read, file_name
from translations.exchange.inline import inline_decode, inline_encode
from translations.exchange.units import Format, ReadSegment, Segment, State, segment_key
from translations.exchange.xml import XmlLimits

SOURCE = 'Un <b>mot</b> et <a id="a1">lien</a>.<br/>x &amp; y'
CODES = inline_encode(SOURCE).codes
SEGMENTS = (
    Segment("title", "Accord", "اتفاق", State.FINAL, label="Titre", notes=("Court.",), max_length=255),
    Segment("introduction", "Chapeau", "مقدمة", State.TRANSLATED, in_review=True),
    Segment("body.1", SOURCE, links=(('<a id="a1">', '<a href="https://x.example/?a=1&b=2">'),)),
)


def written(form: Format) -> str:
    return document_write(document=document(*SEGMENTS), form=form).decode()


def test_xliff_12() -> None:
    text = written(Format.XLIFF12)
    assert_valid(text.encode(), XLIFF_12)
    key = segment_key(path="body.1", source=SOURCE)
    assert f'<trans-unit id="{key}" resname="body.1" xml:space="preserve">' in text
    assert (
        '<source xml:lang="fr">Un <g id="1" ctype="bold">mot</g> et <g id="2" ctype="link">lien</g>.'
        '<x id="3" ctype="lb"/>x &amp; y</source>'
    ) in text
    assert '<target xml:lang="ar" state="final">اتفاق</target>' in text
    assert '<target xml:lang="ar" state="needs-review-translation">مقدمة</target>' in text
    assert 'approved="yes"' in text
    assert 'maxwidth="255" size-unit="char"' in text
    assert '<external-file href="https://cms.example.org/admin/preview/?a=1&amp;b=2" uid="preview"/>' in text
    assert "<note>Court.</note>" in text
    assert text.count("<target") == 2


def test_xliff_21() -> None:
    text = written(Format.XLIFF21)
    assert_valid(text.encode(), XLIFF_2)
    assert (
        'Un <pc id="1" dataRefStart="d1" dataRefEnd="d2" type="fmt" subType="xlf:b">mot</pc> et '
        '<pc id="2" dataRefStart="d3" dataRefEnd="d4" type="link">lien</pc>.'
        '<ph id="3" dataRef="d5" type="fmt" subType="xlf:lb"/>x &amp; y</source>'
    ) in text
    assert '<data id="d3">&lt;a href="https://x.example/?a=1&amp;b=2"&gt;</data>' in text
    assert '<segment state="final">' in text
    assert '<segment state="translated" subState="diwan:in-review">' in text
    assert '<segment state="initial">' in text
    assert 'version="2.1" srcLang="fr" trgLang="ar"' in text
    assert 'srcDir="ltr"' in text
    assert 'trgDir="rtl"' in text


@pytest.mark.parametrize("form", list(Format))
def test_a_file_leads_back_to_its_page(form: Format) -> None:
    found = read(document_write(document=document(*SEGMENTS), form=form))
    assert found.record == document().record
    assert found.exported_at == document().exported_at
    assert found.target_language == "ar"
    assert [(segment.key, segment.path) for segment in found.segments] == [
        (segment.key, segment.path) for segment in SEGMENTS
    ]
    assert file_name(document=document(), form=form) == f"ar/fr-actualites-accord-19d85a4c.{form.extension}"


def unit_12(target: str) -> ReadSegment:
    text = written(Format.XLIFF12)
    at = text.rindex("</source>") + len("</source>")
    return read((text[:at] + target + text[at:]).encode()).segments[2]


@pytest.mark.parametrize(
    "target",
    [
        '<target>A <g id="2">B</g> <g id="1">C</g><x id="3"/></target>',
        '<target>A <bx id="8" rid="2"/>B<ex id="9" rid="2"/> <bx id="1"/>C<ex id="1" rid="1"/><x id="3"/></target>',
        '<target>A <bpt id="2">[a]</bpt>B<ept id="2">[/a]</ept> <bpt id="1"/>C<ept id="1"/><ph id="3">br</ph></target>',
        '<target><mrk mtype="seg" mid="1">A <g id="2">B</g> </mrk>'
        '<mrk mtype="seg" mid="2"><g id="1">C</g><x id="3"/></mrk></target>',
        '<target><!-- x -->A <g id="2">B</g> <?y z?><g id="1">C</g><x id="3"/></target>',
    ],
)
def test_codes_as_other_tools_write_them_12(target: str) -> None:
    found = unit_12(target).target
    assert isinstance(found, tuple)
    assert inline_decode(parts=found, codes=CODES) == 'A <a id="a1">B</a> <b>C</b><br/>'


@pytest.mark.parametrize(
    ("attributes", "unfinished"),
    [
        ('state="needs-translation"', True),
        ('state="new"', True),
        ('state="translated" state-qualifier="fuzzy-match"', True),
        ('state="translated"', False),
        ('state="signed-off"', False),
        ("", False),
    ],
)
def test_states_12(attributes: str, unfinished: bool) -> None:
    assert unit_12(f"<target {attributes}>A</target>").is_unfinished is unfinished


def unit_21(target: str, state: str = "translated") -> ReadSegment:
    text = written(Format.XLIFF21)
    head, tail = text[: text.rindex("<segment")], text[text.rindex("<segment") :]
    tail = tail.replace('state="initial"', f'state="{state}"').replace("</source>", f"</source>{target}")
    return read((head + tail).encode()).segments[2]


@pytest.mark.parametrize(
    "target",
    [
        '<target>A <pc id="2">B</pc> <pc id="1">C</pc><ph id="3"/></target>',
        '<target>A <sc id="2"/>B<ec startRef="2"/> <sc id="1"/>C<ec startRef="1"/><ph id="3"/></target>',
        '<target><mrk id="m1" type="generic">A <pc id="2">B</pc></mrk> <sm id="m2"/><pc id="1">C</pc>'
        '<em startRef="m2"/><ph id="3"/></target>',
    ],
)
def test_codes_as_other_tools_write_them_21(target: str) -> None:
    found = unit_21(target).target
    assert isinstance(found, tuple)
    assert inline_decode(parts=found, codes=CODES) == 'A <a id="a1">B</a> <b>C</b><br/>'


def test_states_21() -> None:
    same = written(Format.XLIFF21)
    words = same[same.rindex("<source") : same.rindex("</source>")].partition(">")[2]
    assert unit_21(f"<target>{words}</target>", state="initial").is_unfinished
    assert not unit_21("<target>A</target>", state="initial").is_unfinished
    assert not unit_21("<target>A</target>").is_unfinished


def test_a_unit_cut_into_segments_is_one_text() -> None:
    text = written(Format.XLIFF21)
    at = text.rindex("<segment")
    pieces = (
        '<segment state="translated"><source>Un </source><target>A</target></segment>'
        "<ignorable><source> - </source></ignorable>"
        '<segment state="translated"><source>mot</source><target>B</target></segment></unit></file></xliff>'
    )
    found = read((text[:at] + pieces).encode()).segments[2]
    assert isinstance(found.target, tuple)
    assert "".join(part.value for part in found.target) == "A - B"
    half = pieces.replace("<target>B</target>", "")
    assert read((text[:at] + half).encode()).segments[2].is_unfinished


def problem(data: bytes, *, elements: int = 500_000) -> ExchangeError:
    with pytest.raises(ExchangeError) as error:
        list(documents_read(data=data, limits=XmlLimits(elements=elements)))
    return error.value


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize("form", [Format.XLIFF12, Format.XLIFF21])
def test_hostile_xml(form: Format) -> None:
    text = written(form)
    root = text[text.index("<xliff") :]
    for subset in (
        LAUGHS,
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;',
        "",
    ):
        for encoding in ("utf-8", "utf-16"):
            data = f"<!DOCTYPE xliff [{subset}]>{root.replace('Accord', '&l9;')}".encode(encoding)
            assert "DTD" in str(problem(data)), (subset, encoding)
    assert "DTD" in str(problem(f'<!DOCTYPE xliff SYSTEM "http://127.0.0.1/x.dtd">{root}'.encode()))
    assert "damaged" in str(problem(root.replace("Chapeau", "&unknown;").encode()))
    assert "<root>" in str(problem(b"<root/>"))
    assert "<xliff>" in str(problem(root.replace("oasis", "other").encode()))
    assert "<html>" in str(problem(b"<html><body>Session expired</body></html>"))
    assert "no first element" in str(problem(b"<!-- " + b"x" * 200_000))
    assert "1000" in str(problem(root.replace("Chapeau", "<x/>" * 2000).encode(), elements=1000))
    assert "damaged" in str(
        problem(("<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2'>" + "<g>" * 100_000).encode())
    )
    for control in (b"\x00", b"\x0b", b"\xff\xfe\xfa"):
        assert problem(root.encode().replace(b"Chapeau", control))
    foreign = problem(root.replace("Chapeau", "<sub>x</sub>Chapeau").encode())
    assert ("<sub>" in str(foreign), foreign.segment) == (True, "xChapeau")


@pytest.mark.parametrize("form", [Format.XLIFF12, Format.XLIFF21])
def test_a_file_cut_off_anywhere_is_refused_and_names_the_last_text(form: Format) -> None:
    data = written(form).encode()
    for end in range(60, len(data.rstrip()) - 1, 97):
        problem(data[:end])
    cut = problem(data[: data.index("مقدمة".encode()) + 2])
    assert ("cut off" in str(cut), cut.segment) == (True, "Accord")


def test_utf_16_is_read() -> None:
    text = written(Format.XLIFF12).replace("encoding='UTF-8'", "encoding='UTF-16'")
    assert len(read(text.encode("utf-16")).segments) == 3


@pytest.mark.parametrize("form", [Format.XLIFF12, Format.XLIFF21])
def test_names_and_notes_lose_what_xml_cannot_hold(form: Format) -> None:
    """A title that was pasted from a word processor does not keep a selection from being exported."""
    segment = Segment("title", "Acc\x0bord", label="Ti\x0btre", notes=("No\x0bte.",))
    made = replace(document(segment), title="Acc\x0bord", path="/fr/acc\x0bord/")
    data = document_write(document=made, form=form)
    assert_valid(data, XLIFF_12 if form is Format.XLIFF12 else XLIFF_2)
    for text in ("Titre", "Note.", "/fr/accord/"):
        assert text in data.decode()
    [read] = documents_read(data=data, limits=XmlLimits())
    assert read.segments[0].key == segment.key
