"""A table with anything wrong in it is refused line by line, and nothing of it is written."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from wagtail.models import Page

from bulk.sheets import SheetError, SheetLimits
from bulk.sheets.xlsx import xlsx_rows
from missions.models import MissionPage, OrganisationPage
from relations.models import AgreementPage, EventPage
from tests.tables import AGREEMENT, EVENT, MISSION, csv_table, import_table, world_make, xlsx_table

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def world(site):
    return world_make(site, MissionPage, OrganisationPage, EventPage, AgreementPage)


FRENCH = {name: value for name, value in MISSION.items() if not name.endswith("_ar")}


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("key", "", "The key is missing."),
        ("key", "a b", "Latin letters, digits and . _ : / - alone, beginning with a letter or digit."),
        ("kind", "castle", "“castle” is none of: embassy, "),
        ("kind", "", "This field cannot be blank."),
        ("host_country", "Atlantis", "“Atlantis” is no country of this site."),
        ("host_country", "-", "A mission of ours stands in some country."),
        ("latitude", "95", "Ensure this value is less than or equal to 90."),
        ("latitude", "north", "“north” is no number."),
        ("latitude", "nan", "This is no number of degrees."),
        ("longitude", "", "A place has both coordinates, or none."),
        ("time_zone", "Mars/Olympus", "“Mars/Olympus” is not a time zone, such as America/Mexico_City."),
        ("contacts", "phone:12", "“12”: A number as dialled from abroad, beginning with + and the country’s code."),
        ("contacts", "hello", "“hello” is not understood; write for example: phone:+52 55 1234 5678"),
        ("services", "passports|passports", "“passports”: This service stands in the list already."),
        ("services", "a;b;c;d", "“a;b;c;d” has more than 3 parts; write \\; for a semicolon in a text."),
        ("opening_hours", "mon 12:00-09:00", "“09:00:00”: This is before the opening. Hours past midnight are two rows."),  # noqa: E501
        ("opening_hours", "mon 09:00-12:00, 11:00-13:00", "“11:00:00”: These hours overlap others of the same day."),
        ("opening_hours", "fri-mon 09:00-12:00", "“fri-mon”: the last day comes before the first."),
        ("opening_hours", "sometimes", "“sometimes” is not understood; write for example: mon-fri 09:00-12:30, 14:00-16:00"),  # noqa: E501
        ("opening_hours", "mon 25:00-26:00", "“25:00” is no time, such as 09:00."),
        ("opening_hours", "mon 9h30-12h, 14h-16h75", "“16h75” is no time, such as 09:00."),
        ("opening_hours", "mon 9h30-12h, 14h", "“14h” is no pair of times, such as 09:00-12:30."),
        ("accreditations", "MX", "This is the country that the mission stands in."),
        ("accreditations", "NATO", "“NATO” is no country and no organisation of this site."),
        ("accreditations", "BR@2015-01-01..2010-01-01", "“2010-01-01”: This is before the beginning."),
        ("accreditations", "BR@whenever", "“whenever” is no period, such as 2010-05-01..2015-06-30."),
        ("closures", "2026-02-30", "“2026-02-30” is no date, such as 2005-05-31."),
        ("appointments", "ambassador; @nobody", "There is no entry of “nobody”."),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong(world, tmp_path, column, cell, problem):
    table = csv_table({**FRENCH, column: cell}, {**FRENCH, "key": "emb-other"})
    before = Page.objects.count()
    conclusion, problems = import_table(tmp_path, table)
    assert conclusion == "1 problem: nothing was imported."
    name = "closures" if column == "closures" else column
    [told] = problems
    assert told.startswith(f"line 2, column “{name}”: {problem}")
    assert Page.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        ("events", {**EVENT, "organisations": "", "participants": "", "participants_ar": "", "ends_on": "2003"},
         "line 2, column “ends_on”: This is before the beginning."),
        ("events", {**EVENT, "organisations": "", "participants": "A|B", "participants_ar": "أ"},
         "line 2, column “participants_ar”: It names 1, and the source language has 2: give them in the same order."),
        ("events", {**EVENT, "organisations": "", "participants": "", "participants_ar": "", "starts_on": "05/2004"},
         "line 2, column “starts_on”: “05/2004” is no date, such as 2005-05-31."),
        ("agreements", {**AGREEMENT, "parties": ""},
         "line 2, column “parties”: Name at least one party besides us."),
        ("agreements", {**AGREEMENT, "parties": "MX", "stages": "signed@2001|in_force@1999"},
         "line 2, column “stages”: “1999-01-01”: “In force” stands before “Signed”."),
        ("agreements", {**AGREEMENT, "parties": "MX", "stages": "signed"},
         "line 2, column “stages”: “signed” has no date; write for example: signed@1999-05-31"),
        ("agreements", {**AGREEMENT, "parties": "MX", "links": "amends; acc-1"},
         "line 2, column “links”: That instrument does the same to this one, by itself or through others."),
        ("agreements", {**AGREEMENT, "parties": "MX|MX"},
         "line 2, column “parties”: This party stands in the list already."),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_itself(world, tmp_path, kind, row, problem):
    conclusion, problems = import_table(tmp_path, csv_table(row), kind=kind)
    assert problems == [problem]
    assert conclusion.endswith("nothing was imported.")


def test_keys_that_stand_twice_and_columns_that_nobody_knows(world, tmp_path):
    assert import_table(tmp_path, csv_table(FRENCH, FRENCH)) == (
        "1 problem: nothing was imported.",
        ["line 3, column “key”: Line 2 has the same key."],
    )
    assert import_table(tmp_path, csv_table({**FRENCH, "Couleur": "x", "title_de": "y"}))[1] == [
        "line 1, column “Couleur”: Nobody knows this column: map it to one of ours, or leave it out.",
        "line 1, column “title_de”: Nobody knows this column: map it to one of ours, or leave it out.",
    ]
    assert import_table(tmp_path, csv_table({"title": "x"}))[1] == [
        "line 1, column “key”: The column with the stable key is missing: without it nothing is found again."
    ]
    assert import_table(tmp_path, csv_table(FRENCH), "--map", "city=town")[1] == [
        "line 1, column “city”: There is no column “town” to read it as."
    ]
    assert import_table(tmp_path, csv_table({**FRENCH, "Ville": "x"}), "--map", "Ville=city")[1] == [
        "line 1, column “Ville”: It would be read as city, and so would “city”."
    ]
    assert import_table(tmp_path, csv_table(FRENCH), "--map", "Nope=city")[1] == [
        "line 1, column “Nope”: The table has no column of this name."
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file: The file is empty."),
        (b"  \n \n", "the file: The file is empty."),
        (b"PK\x03\x04broken", "the file: This workbook is damaged, or no XLSX."),
        (b"\xd0\xcf\x11\xe0old", "the file: This is a workbook of the old format (.xls), or locked by a password: save it as .xlsx."),  # noqa: E501
        (b"key,title\nx,\x00\x01", "the file: This is no text, and no XLSX either."),
        (b'key,title\nx,"never closed\n', "line 2: The text cannot be read as a table: unexpected end of data."),
        ("key,title\nx,Réunion".encode("cp1252"), "the file: The text is not in UTF-8. Save it as “CSV UTF-8”, or say which encoding it is in; it looks like windows-1252."),  # noqa: E501
        ("key,title\nx,السفارة".encode("cp1256"), "the file: The text is not in UTF-8. Save it as “CSV UTF-8”, or say which encoding it is in; it looks like windows-1256."),  # noqa: E501
        (b"key,title\nx,a,b", "line 2, column “title”: It has 3 cells, and the first line has 2."),
        (b"key,title,title\nx,a,b", "line 1, column “title”: Two columns have this name."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table(world, tmp_path, data, problem):
    _conclusion, problems = import_table(tmp_path, data)
    assert problems[0] == problem


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found_out_or_named(world, tmp_path, encoding):
    options = ("--encoding", "windows-1252") if encoding == "cp1252" else ()
    assert import_table(tmp_path, csv_table(FRENCH, encoding=encoding), *options)[1] == []
    assert MissionPage.objects.get().title == "Ambassade à Mexico"


def test_arabic_of_windows_is_read_when_it_is_named(world, tmp_path):
    row = {**FRENCH, "title": "السفارة", "services": "", "closures": "", "opening_hours": ""}
    assert import_table(tmp_path, csv_table(row, encoding="cp1256"), "--encoding", "windows-1256")[1] == []
    assert MissionPage.objects.get().title == "السفارة"


def test_formulas_and_errors_of_a_workbook(world, tmp_path):
    data = xlsx_table(("key", "title", "kind"), ("a", '=HYPERLINK("x")', "embassy"), ("b", "#REF!", "embassy"))
    assert import_table(tmp_path, data)[1] == [
        "line 2, column “title”: It is a formula: paste its value in its place.",
        "line 3, column “title”: It is an error of the spreadsheet: #REF!",
    ]


def test_rows_and_cells_far_from_the_others_are_not_passed_over(world, tmp_path):
    book = Workbook()
    book.active.append(["key", "title"])
    book.active.append(["a", "A"])
    book.active.cell(3, 1, "b")
    book.active.cell(3, 120, "far")
    problem = "line 3, column “title”: It has 120 cells, and the first line has 2."
    assert problem in import_table(tmp_path, _saved(book))[1]
    book.active.cell(10_010, 1, "c")
    assert import_table(tmp_path, _saved(book))[1] == [
        "line 10004: More than 10000 rows in a row are empty: delete them, and those below the table."
    ]


def test_columns_without_a_name_that_hold_something(world, tmp_path):
    data = b"key,title,,,,kind\na,A,,x,,embassy\nb,B,,,y,embassy\n"
    assert import_table(tmp_path, data)[1][:2] == [
        f"line 1, column “{number}”: Nobody knows this column: map it to one of ours, or leave it out."
        for number in (4, 5)
    ]


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _workbook_with(name: str, content: bytes) -> bytes:
    """A workbook in which one part is another."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_table(("key",), ("a",)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'.encode("utf-16"),
        b"<!-- " + b"x" * 200_000 + b" --><!DOCTYPE x><worksheet/>",
    ],
)
def test_a_workbook_with_entities(world, tmp_path, content):
    data = _workbook_with("xl/worksheets/sheet1.xml", content)
    assert import_table(tmp_path, data)[1] == [
        "the file: The workbook holds XML with a document type, which is not accepted."
    ]


def test_a_workbook_that_is_a_bomb(world, tmp_path, settings):
    data = _workbook_with("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>")
    assert len(data) < 100_000
    assert import_table(tmp_path, data)[1] == ["the file: The workbook is too large when unpacked."]


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/workbook.xml", "xl/theme/theme1.xml", "docProps/core.xml"])
def test_a_part_of_which_a_tree_would_be_made_is_small(name):
    """Each byte of such a part takes forty in memory: twenty megabytes of styles took 900."""
    content = b"<a>" + b"".join(b'<b c="%d"/>' % number for number in range(200_000)) + b"</a>"
    assert 2_000_000 < len(content) < 5_000_000
    with pytest.raises(SheetError, match=_TOO_LARGE):
        _cells(_workbook_with(name, content))


_TOO_LARGE = "The workbook is too large when unpacked|Le classeur"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _noise(count: int) -> bytes:
    return b"".join(b'<a b="%d"/>' % (number * number) for number in range(count))


@pytest.mark.parametrize(
    "content",
    [
        b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_MAIN, _noise(200_000)),
        b"<worksheet %s><sheetData><row>%s</row></sheetData></worksheet>" % (_MAIN, _noise(300_000)),
        b"<worksheet><sheetData>%s</sheetData></worksheet>" % (b"<row>%s</row>" % _noise(100) * 2_000),
    ],
    ids=["between rows", "in a row", "rows of another language"],
)
def test_a_sheet_that_is_a_tree_rather_than_rows(content):
    with pytest.raises(SheetError, match=_TOO_LARGE):
        _cells(_workbook_with("xl/worksheets/sheet1.xml", content))


def _workbook_sharing(texts: bytes) -> bytes:
    """A workbook as Excel writes it: its one cell is the first of the texts that cells share."""
    sheet = b'<worksheet %s><sheetData><row><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>' % _MAIN
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_workbook_with("xl/worksheets/sheet1.xml", sheet))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
            new.writestr(info.filename, old.read(info).replace(b"</Types>", override))
        new.writestr("xl/sharedStrings.xml", b"<sst %s>%s</sst>" % (_MAIN, texts))
    return out.getvalue()


def test_shared_texts_have_an_end():
    assert _cells(_workbook_sharing(b"<si><t>a%s</t></si>" % (b"b" * 300) * 10_000)) == [["a" + "b" * 300]]
    for many in (b"<si/>" * 500_001, _noise(200_000), b"<si><t>%s</t></si>" % (b"ab" * 2_500_000)):
        with pytest.raises(SheetError, match=_TOO_LARGE):
            _cells(_workbook_sharing(many))


def test_a_large_sheet_is_read():
    rows = [(f"k{number}", "text " * 20) for number in range(20_000)]
    assert len(_cells(xlsx_table(("key", "title"), *rows))) == 20_001


def _cells(data: bytes) -> list[list[str]]:
    # The bytes of tests shrink more than those of any table; how often is looked at first.
    return [row.cells for row in xlsx_rows(data=data, limits=SheetLimits(ratio=10_000))]


@pytest.mark.parametrize(
    ("limit", "problem"),
    [
        ({"upload_bytes": 100}, "The file is larger than 1 MB."),
        ({"rows": 1}, "the file: The table has more than 1 rows: divide it."),
        ({"columns": 2}, "line 1: The table has more than 2 columns."),
        ({"cell": 10}, "line 2, column “title”: It is longer than 10 characters."),
    ],
)
def test_tables_that_are_too_large(world, tmp_path, settings, limit, problem):
    settings.DIWAN_SHEET_LIMITS = {**settings.DIWAN_SHEET_LIMITS, **limit}
    conclusion, problems = import_table(tmp_path, csv_table(FRENCH, {**FRENCH, "key": "b"}))
    assert problem in (conclusion, *problems)
    assert not MissionPage.objects.exists()


_ALONE = {"organisations": "", "participants": "", "participants_ar": ""}
_YEAR = "Years from 1000 to 2200 are taken."


@pytest.mark.parametrize(
    ("kind", "row", "cells", "problem"),
    [
        ("missions", FRENCH, {"closures": "2026-07-30..9999-12-31"}, f"column “closures”: “9999-12-31”: {_YEAR}"),
        ("missions", FRENCH, {"status": "closed", "status_since": "0999-12-31"}, f"column “status_since”: {_YEAR}"),
        (
            "missions",
            FRENCH,
            {"accreditations": "BR@2010-05-01..9999-12-31"},
            f"column “accreditations”: “9999-12-31”: {_YEAR}",
        ),
        (
            "agreements",
            AGREEMENT,
            {"stages": "signed@9999-12", "parties": "MX"},
            f"column “stages”: “9999-12-01”: {_YEAR}",
        ),
        ("events", EVENT, {**_ALONE, "starts_on": "9999-12"}, f"column “starts_on”: {_YEAR}"),
        ("events", EVENT, {**_ALONE, "starts_on": "9999", "ends_on": "9999-12"}, f"column “starts_on”: {_YEAR}"),
    ],
)
def test_a_day_at_the_end_of_the_calendar(world, tmp_path, kind, row, cells, problem):
    table = csv_table({**row, **cells})
    assert f"line 2, {problem}" in import_table(tmp_path, table, kind=kind)[1]
