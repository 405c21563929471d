"""TMX and TBX: what is written can be read, by the specification's structure, and what others write is understood."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.exchange.schemas import TBX, TMX, assert_valid
from translations.exchange.errors import ExchangeError
from translations.exchange.inline import inline_normalise
from translations.exchange.tbx import TbxTerm, tbx_read, tbx_write
from translations.exchange.tmx import TmxUnit, tmx_read, tmx_write
from translations.exchange.xml import XmlLimits, local_name, xml_events, xml_forget

UNITS = [
    TmxUnit(
        source_language="fr",
        target_language="ar",
        source='Un <b>mot</b> et <a id="a1">lien</a>.<br/>x &amp; y',
        target='كلمة <a id="a1">رابط</a> و<b>أخرى</b>.<br/>x &amp; y',
        origin="/fr/accord/ & suite",
        translator="leila",
        note="Vérifié",
        uses=3,
        created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        changed_at=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    ),
    TmxUnit("fr", "ar", "Accord", "اتفاق"),
    TmxUnit("fr", "ar", "Visite", "زيارة", is_machine=True),
]


def tmx(units: list[TmxUnit]) -> bytes:
    stream = io.BytesIO()
    assert tmx_write(stream=stream, units=iter(units), source_language="fr") == len(units)
    return stream.getvalue()


def units_of(data: bytes, **kwargs: XmlLimits) -> list[TmxUnit]:
    return list(tmx_read(stream=io.BytesIO(data), source_language="fr", target_language="ar", **kwargs))


def test_a_memory_comes_back_as_it_was() -> None:
    data = tmx(UNITS)
    assert_valid(data, TMX)
    assert '<bpt i="1" x="1" type="bold">&lt;b&gt;</bpt>mot<ept i="1">&lt;/b&gt;</ept>' in data.decode()
    assert units_of(data) == UNITS
    assert_valid(tmx([]), TMX)


TAGS = st.sampled_from(["<b>", "</b>", '<a id="a1">', "</a>", "<br/>", "x", "é &amp; &lt;", "م", "\u00a0"])


@given(st.lists(TAGS, min_size=1, max_size=8).map("".join).map(inline_normalise))
@settings(max_examples=60, deadline=None)
def test_every_text_passes_through_a_memory(html: str) -> None:
    html = f"a{html}b"
    data = tmx([TmxUnit("fr", "ar", html, html)])
    assert_valid(data, TMX)
    assert [(unit.source, unit.target) for unit in units_of(data)] == [(html, html)]


FOREIGN = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>
<tu><tuv lang="FR-fr">
<seg>Un <bpt i="1">{\\b </bpt>mot<ept i="1">}</ept> <hi>ici</hi> <it pos="begin">&lt;b&gt;</it>&lt;u></seg></tuv>
<tuv xml:lang="ar-MA"><seg>كلمة<ph>&lt;script&gt;</ph></seg></tuv><tuv xml:lang="de"><seg>Wort</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Seul</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg> </seg></tuv><tuv xml:lang="ar"><seg>x</seg></tuv></tu>
</body></tmx>"""


def test_a_memory_of_another_tool() -> None:
    (unit,) = units_of(FOREIGN.encode())
    assert (unit.source, unit.target) == ("Un mot ici <b>&lt;u&gt;</b>", "كلمة")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FOREIGN.replace('"tmx14.dtd"', '"tmx14.dtd" [<!ENTITY a "b">]').encode(), "DTD"),
        (FOREIGN.encode()[:-12], "cut off"),
        (b"<tbx/>", "<tbx>"),
        (b"", "XML"),
        (b"PK\x03\x04", "XML"),
    ],
)
def test_what_is_no_memory(data: bytes, said: str) -> None:
    with pytest.raises(ExchangeError, match=said):
        units_of(data)


def test_a_large_memory_does_not_stay_in_memory() -> None:
    unit = '<tu><tuv xml:lang="fr"><seg>Texte {n}</seg></tuv><tuv xml:lang="ar"><seg>نص {n}</seg></tuv></tu>'
    body = "".join(unit.replace("{n}", str(n)) for n in range(4_000))
    stream = io.BytesIO(f"<tmx version='1.4'><header/><body>{body}</body></tmx>".encode())
    units = tmx_read(stream=stream, source_language="fr", target_language="ar")
    assert next(units).source == "Texte 0"
    assert stream.tell() < len(stream.getvalue()) / 2
    assert sum(1 for _unit in units) == 3_999

    stream.seek(0)
    kept = 0
    for event, element in xml_events(stream, limits=XmlLimits()):
        if event == "end" and local_name(element) == "tu":
            body_so_far = element.getparent()
            xml_forget(element)
            kept = max(kept, len(body_so_far))
    # What one portion of the file holds, never more.
    assert kept < 1_000

    stream.seek(0)
    with pytest.raises(ExchangeError, match="1000") as error:
        list(tmx_read(stream=stream, source_language="fr", target_language="ar", limits=XmlLimits(elements=1000)))
    assert error.value.segment.startswith("Texte")


TERMS = [
    TbxTerm(
        "fr", "ar", "Ministère & Cie", "وزارة", ("وزاره", "ديوان"), "institution", match_case=True, note="Officiel"
    ),
    TbxTerm("fr", "es", "Ministère & Cie", "Ministerio", (), "institution", match_case=True),
    TbxTerm("fr", "ar", "accord", "اتفاق"),
]


def terms_of(data: bytes) -> list[TbxTerm]:
    return list(tbx_read(stream=io.BytesIO(data), source_language="fr", target_languages=["ar", "es"]))


def test_a_glossary_comes_back_as_it_was() -> None:
    stream = io.BytesIO()
    assert tbx_write(stream=stream, terms=TERMS, title="Glossaire") == 2
    assert_valid(stream.getvalue(), TBX)
    assert terms_of(stream.getvalue()) == TERMS


OLD = """<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="1"><descripGrp><descrip type="subjectField">title</descrip></descripGrp><note>n</note>
<langSet xml:lang="fr"><ntig><termGrp><term>ambassadeur</term></termGrp></ntig><tig><term>Amb.</term></tig></langSet>
<langSet xml:lang="ar"><tig><term>سفير</term></tig><tig><term>السفير</term></tig>
<tig><term>مبعوث</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""


def test_a_glossary_of_an_older_version() -> None:
    first, second = terms_of(OLD.encode())
    assert (first.source_term, second.source_term) == ("ambassadeur", "Amb.")
    assert (first.target_term, first.forbidden, first.kind, first.note) == (
        "سفير",
        ("مبعوث",),
        "title",
        "n\nAlso: السفير",
    )


def test_what_is_no_glossary() -> None:
    for data, said in ((b"<tmx/>", "<tmx>"), (OLD.encode()[:-9], "cut off")):
        with pytest.raises(ExchangeError, match=said):
            terms_of(data)
