"""Bytes of saved pages: encodings told apart, damage refused."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.legacy.reading import ENCODINGS, Limits, UnreadableFileError, file_read, lines_of, text_decode

FRENCH = "L’Équateur reçoit à Noël\nune délégation : « où ? »\n"
ARABIC = "يستقبل الوزير سفير البرازيل\nبالرباط، اليوم؟\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding", "is_assumed"),
    [
        (FRENCH, "utf-8", "utf-8", False),
        (FRENCH, "utf-8-sig", "utf-8", False),
        (FRENCH, "utf-16", "utf-16", False),
        (FRENCH, "cp1252", "windows-1252", True),
        (ARABIC, "utf-8", "utf-8", False),
        (ARABIC, "cp1256", "windows-1256", True),
        # French lower-case letters stand at the same bytes in both encodings.
        ("une délégation reçue à l'hôtel\n", "cp1252", "windows-1252", True),
        ("une délégation reçue à l'hôtel\n", "cp1256", "windows-1252", True),
    ],
)
def test_the_encoding_is_detected_and_a_guess_is_declared(text, codec, encoding, is_assumed):
    source = text_decode(data=text.encode(codec))
    assert (source.text, source.encoding) == (text, encoding)
    assert bool(source.assumption) is is_assumed
    if is_assumed:
        assert f"assumed {encoding}" in source.assumption


def test_a_forced_encoding_wins_and_is_declared():
    source = text_decode(data="الوزير".encode("iso8859_6"), encoding="iso-8859-6")
    assert (source.text, source.assumption) == ("الوزير", "forced by --encoding")


def test_iso_8859_1_pages_use_windows_1252_punctuation():
    assert text_decode(data="l’été".encode("cp1252"), encoding="iso-8859-1").text == "l’été"


def test_every_encoding_offered_can_be_forced():
    for name, codec in ENCODINGS.items():
        assert text_decode(data="abc def".encode(codec), encoding=name).text == "abc def"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf \n", "no letter"),
        (b"12 34\n--\n", "no letter"),
        (b"abc\x00def", "NUL bytes"),
        (b"abc\x01\x02 def", "control characters in line 1"),
        (b"%PDF-1.4 abc", "a PDF"),
        (b"PK\x03\x04abc", "Word document"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"<!DOCTYPE html><p>abc", "HTML"),
        (b"\n  <html>abc", "HTML"),
        ("bon\njour \ufffd".encode(), "lost (U+FFFD) in line 2"),
        ("été".encode().decode("cp1252").encode(), "decoded twice"),
        ("الوزير".encode().decode("cp1252").encode(), "decoded twice"),
        ("une\ndélégation à l'été".encode()[:-1], "damaged UTF-8: byte 0xC3 at offset 25 (line 2)"),
    ],
)
def test_damage_is_refused_with_its_reason(data, message):
    with pytest.raises(UnreadableFileError) as refusal:
        text_decode(data=data)
    assert message in str(refusal.value)


@pytest.mark.parametrize("text", ["face à\u00a0« l'été »", "OÙ\u00a0? « ÉTÉ\u00a0»", "MARCHÉ »", "à\u00a0» b", "Â la"])
def test_good_french_is_not_taken_for_text_decoded_twice(text):
    assert text_decode(data=text.encode()).text == text


def test_a_forced_encoding_that_does_not_fit_is_refused():
    with pytest.raises(UnreadableFileError, match="byte 0xE9 at offset 1"):
        text_decode(data="hé là".encode("cp1252"), encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="Unknown encoding"):
        text_decode(data=b"abc", encoding="ebcdic")


def test_control_characters_that_were_punctuation_are_mended_and_reported():
    source = text_decode(data="l\u0092été".encode())
    assert source.text == "l’été"
    assert len(source.warnings) == 1


def test_composed_letters_are_stored_whatever_the_file_holds():
    assert text_decode(data="e\u0301te\u0301".encode()).text == "été"


def test_limits_are_kept_before_everything_is_read(tmp_path):
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.write(b"abc\n")
        file.truncate(1 << 40)  # a sparse terabyte: reading it all would never end
    with pytest.raises(UnreadableFileError, match=r"larger than 1,000 bytes.*DIWAN_IMPORT_MAX_BYTES"):
        file_read(path=path, limits=Limits(bytes=1_000))


@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        ("a\n" * 11, Limits(lines=10), "11 lines, more than 10"),
        ("ab\nabcdef\n", Limits(line_length=5), "Line 2 has 6 characters, more than 5"),
    ],
)
def test_lines_are_limited(tmp_path, text, limits, message):
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=message):
        file_read(path=path, limits=limits)


def test_a_file_at_its_limits_is_read(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"abcde\n" * 10)
    assert file_read(path=path, limits=Limits(bytes=60, lines=10, line_length=5)).text == "abcde\n" * 10


def test_what_is_no_plain_file_is_refused(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path, message in [
        (tmp_path / "none.txt", "does not exist"),
        (tmp_path, "a folder"),
        (fifo, "not a plain file"),
    ]:
        with pytest.raises(UnreadableFileError, match=message):
            file_read(path=Path(path), limits=Limits())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", ["a", "b"]),
        ("a\r\nb\rc\n", ["a", "b", "c"]),
        ("a\n\n", ["a", ""]),
        ("a\u2028b\x0cc", ["a\u2028b\x0cc"]),
    ],
)
def test_lines(text, lines):
    assert lines_of(text) == lines


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        source = text_decode(data=data)
    except UnreadableFileError:
        return
    assert source.encoding in ENCODINGS
    assert any(character.isalpha() for character in source.text)


@given(
    st.text(alphabet="abcdéèêàçôûœ’« »ÉÀÔ.,: \n", min_size=1, max_size=200).filter(
        lambda text: any(map(str.isalpha, text))
    )
)
def test_french_in_windows_1252_comes_back_whole(text):
    data = text.encode("cp1252")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert text_decode(data=data, encoding="windows-1252").text == text
