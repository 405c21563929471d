"""The demonstration's pictures, PDF and markup are made by the project and always come out the same."""

import hashlib
import re

import pytest

from regions.demo.bodies import BodyBuilder
from regions.demo.drawing import picture_draw
from regions.demo.markup import to_html
from regions.demo.pdf import pdf_make
from regions.demo.reader import LANGUAGES, country_facts, country_texts, media_facts, news_facts, news_texts, page_texts

IMAGES = media_facts()["images"]


@pytest.mark.parametrize("key", IMAGES)
def test_drawings(key: str) -> None:
    arguments = IMAGES[key].get("arguments", {})
    first, second = (picture_draw(drawing=IMAGES[key]["drawing"], size=(96, 60), arguments=arguments) for _ in "ab")
    assert (first.size, first.mode) == ((96, 60), "RGB")
    assert hashlib.sha256(first.tobytes()).digest() == hashlib.sha256(second.tobytes()).digest()
    # A picture, and not a plain surface.
    assert len(first.getcolors(96 * 60) or []) > 200


def test_no_two_drawings_are_alike() -> None:
    pictures = {
        hashlib.sha256(
            picture_draw(drawing=facts["drawing"], size=(96, 60), arguments=facts.get("arguments", {})).tobytes()
        ).digest()
        for facts in IMAGES.values()
    }
    assert len(pictures) == len(IMAGES) == 16


def test_markup() -> None:
    html = to_html(
        "One **bold** & *italic*\nline:\u00a0a [link](country:MX).\n\n### Title\n\n- first\n- <second>",
        resolve=lambda target: f'linktype="page" id="{target}"',
    )
    assert html == (
        '<p>One <b>bold</b> &amp; <i>italic</i> line:\u00a0a <a linktype="page" id="country:MX">link</a>.</p>'
        "<h3>Title</h3><ul><li>first</li><li>&lt;second&gt;</li></ul>"
    )


def test_links_that_lead_nowhere_are_errors() -> None:
    builder = BodyBuilder(page_ids={"country:MX": 7}, media_ids={"document:brief": 3})
    assert builder.html("[a](country:MX) [b](document:brief) [c](https://example.org/?a=1&b=2)") == (
        '<p><a linktype="page" id="7">a</a> <a linktype="document" id="3">b</a> '
        '<a href="https://example.org/?a=1&amp;b=2">c</a></p>'
    )
    with pytest.raises(KeyError):
        builder.html("[a](country:XX)")


def test_pdf_is_well_formed() -> None:
    content = pdf_make(title="Repères (1)", paragraphs=["Un deux trois. " * 30, "Éà – œ"])
    assert content.startswith(b"%PDF-1.4\n")
    assert content.endswith(b"%%EOF\n")
    start = int(re.search(rb"startxref\n(\d+)\n", content)[1])
    assert content[start:].startswith(b"xref\n0 8\n")
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n ", content[start:])]
    assert [content[offset:].split(b" ", 1)[0] for offset in offsets] == [b"%d" % number for number in range(1, 8)]
    length = int(re.search(rb"/Length (\d+) >>", content)[1])
    stream = content.split(b"stream\n", 1)[1].split(b"\nendstream")[0]
    assert len(stream) == length
    assert "(Repères \\(1\\)) Tj".encode("cp1252") in stream
    with pytest.raises(UnicodeEncodeError):
        pdf_make(title="المغرب", paragraphs=[])


def test_content_files_fit_together() -> None:
    keys: dict[str, set[str]] = {code: set(news_texts(code)) for code in LANGUAGES}
    assert {key for found in keys.values() for key in found} == set(news_facts())
    assert {code: len(found) for code, found in keys.items()} == {"fr": 30, "ar": 17, "es": 18}
    # Translations of one another, and items in one language only.
    assert len(keys["fr"] & keys["ar"] & keys["es"]) == 9
    assert len(keys["fr"] - keys["ar"] - keys["es"]) == 8
    assert keys["ar"] - keys["fr"] - keys["es"] == {"doha-2009", "journee-langue-arabe"}
    assert keys["es"] - keys["fr"] - keys["ar"] == {"dia-del-espanol", "cervantes-marruecos"}
    assert len(country_facts()) == 35
    for code in LANGUAGES:
        assert all(facts["formal"][code] and facts["capital"][code] for facts in country_facts().values())
        for text in (*news_texts(code).values(), *page_texts(code)["standard"].values()):
            assert text["title"]
            assert text["introduction"]
        assert {"MX", "BR", "CU", "AR"} <= set(country_texts(code))


def test_arabic_is_arabic() -> None:
    for text in news_texts("ar").values():
        assert re.search(r"[\u0621-\u064a]", text["title"])
        assert not re.search(r"[éèàçñ]", text["title"] + text["introduction"] + text["text"])
