"""What stands in one cell is read as it was written."""

import csv
import datetime
import io
import re
import string

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bulk.columns.grammar import (
    CellError,
    dated_join,
    dated_split,
    day_read_precise,
    day_write_precise,
    hours_read,
    hours_write,
    items_join,
    items_split,
    parts_join,
    parts_split,
    period_read,
    period_write,
)
from bulk.directory.lines import folded, text_escaped
from bulk.sheets import CsvWriter, SheetLimits, XlsxWriter, sheet_read, sheet_write
from home.formulas import cell_keep, cell_protect, cell_text, cell_unprotect
from tests.tables import xlsx_table

pytestmark = pytest.mark.once

_texts = st.text(alphabet=string.printable + "é|;\\العربية", min_size=1).map(str.strip).filter(bool)
_days = st.dates(min_value=datetime.date(1000, 1, 1))


@given(st.lists(_texts))
def test_items(items):
    assert items_split(items_join(items)) == items


@given(st.lists(_texts.filter(lambda text: not text.endswith("\\")), min_size=1, max_size=4))
def test_parts_within_items(parts):
    [item] = items_split(items_join([parts_join(*parts)]))
    assert parts_split(item) == parts


@given(_texts)
def test_protection(text):
    assert cell_unprotect(cell_protect(text)) == text


@given(_texts.filter(lambda text: text not in ("-", "'-") and "\r\n" not in text))
def test_texts_of_any_file(text):
    assert cell_text(cell_protect(text)) == cell_text(cell_keep(text)) == text


@pytest.mark.parametrize("number", ["-34.6037", "-58.0", "-7", "-1e-05", "19.43"])
def test_numbers_below_zero_are_no_formulas(number):
    assert cell_protect(number) == number


@pytest.mark.parametrize("formula", ["-1+cmd", "-A1", "+5", "--1", "-1.", "-1\n=A1", "-٣"])
def test_what_only_begins_as_a_number_is_protected(formula):
    assert cell_protect(formula) == f"'{formula}"


@pytest.mark.parametrize("writer", [CsvWriter, XlsxWriter])
def test_tables_come_back_as_they_were_and_when_a_spreadsheet_has_saved_them_as_a_workbook(writer):
    cells = ["@alaoui; Ministre", "+212 5", "=1+1", "-34.6037", "'@x", "''=y", "-5 m", "'tis", "a"]
    data = sheet_write(writer(), header=[f"c{number}" for number in range(len(cells))], rows=[cells])
    assert sheet_read(data=data, limits=SheetLimits()).rows[0].cells == cells
    if writer is CsvWriter:
        saved = xlsx_table(*csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert sheet_read(data=saved, limits=SheetLimits()).rows[0].cells == cells


@given(st.none() | _days, st.none() | _days)
def test_periods(start, end):
    assert period_read(period_write(start, end)) == (start, end)


@given(_texts.filter(lambda text: "@" not in text), st.sampled_from(["", "2005-05..", "2005"]))
def test_dates_behind_names(name, dates):
    assert dated_split(dated_join(name, dates)) == (name, dates)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [("2005-05-31", (2005, 5, 31), "day"), ("2005-05", (2005, 5, 1), "month"), ("2005", (2005, 1, 1), "year")],
)
def test_precision(text, day, precision):
    assert day_read_precise(text) == (datetime.date(*day), precision)
    assert day_write_precise(datetime.date(*day), precision) == text


@pytest.mark.parametrize(
    "text", ["05/2005", "2005-13", "2005-00", "0000", "2005-02-30", "20050531", "2005-5-1", "٢٠٠٥-٠١-٠١x"]
)
def test_no_dates(text):
    with pytest.raises(CellError):
        day_read_precise(text)


def test_hours():
    cell = "mon-tue 09:00-12:30, 14:00-00:00; passports wed 09:00-11:00"
    rows = hours_read(cell)
    assert rows[0] == ("", 1, datetime.time(9), datetime.time(12, 30))
    assert rows[-1] == ("passports", 3, datetime.time(9), datetime.time(11))
    assert hours_write(rows) == cell
    assert hours_write(hours_read("1,3 9:00-12:00\nsun 10:00-24:00")) == (
        "mon 09:00-12:00; wed 09:00-12:00; sun 10:00-00:00"
    )


@pytest.mark.parametrize(
    ("times", "written"),
    [
        ("9h30-12h, 14h-16h30", "09:30-12:00, 14:00-16:30"),
        ("9.30 – 12.30", "09:30-12:30"),
        ("9-12,14-16", "09:00-12:00, 14:00-16:00"),
        ("9,30-12,30", "09:30-12:30"),
        ("9,30-12,30, 14,15-16", "09:30-12:30, 14:15-16:00"),
        ("9,30-12,30,14,15-16", "09:30-12:30, 14:15-16:00"),
        ("930-1230", "09:30-12:30"),
        ("9 am-12:30 p.m., 2 PM-4 pm", "09:00-12:30, 14:00-16:00"),
        ("٩:٣٠-١٢, ٢ م-٤ م", "09:30-12:00, 14:00-16:00"),
        ("20-24", "20:00-00:00"),
    ],
)
def test_hours_in_the_spellings_of_the_forms(times, written):
    assert hours_write(hours_read(f"mon {times}")) == f"mon {written}"


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ("9", "“9” is no pair of times, such as 09:00-12:30."),
        ("9-", "“9-” is no pair of times, such as 09:00-12:30."),
        ("9-12, 14", "“14” is no pair of times, such as 09:00-12:30."),
        ("9-12, 30, 14-16", "“30” is no pair of times, such as 09:00-12:30."),
        ("9-12, 14:00", "“14:00” is no pair of times, such as 09:00-12:30."),
        ("9-12-14", "“12” is no pair of times, such as 09:00-12:30."),
        ("9-12, 25h-26h", "“25h” is no time, such as 09:00."),
        ("9-12h75, 14-16", "“12h75” is no time, such as 09:00."),
        ("9:5-12", "“9:5” is no time, such as 09:00."),
        ("13 pm-4 pm", "“13 pm” is no time, such as 09:00."),
        ("9-12,13,14-16", "“12,13,14” may be read in several ways: write times as 09:00."),
        ("9-12,99,14-16", "“12,99,14” is no pair of times, such as 09:00-12:30."),
    ],
)
def test_no_hours(times, message):
    with translation.override("en"), pytest.raises(CellError, match=f"^{re.escape(message)}$"):
        hours_read(f"mon {times}")


_times = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@given(st.lists(st.tuples(st.sampled_from(["", "visas"]), st.integers(1, 7), _times, _times), unique=True))
def test_any_hours(rows):
    assert sorted(hours_read(hours_write(rows))) == sorted(rows)


@given(st.text())
def test_lines_are_folded_between_characters(text):
    line = f"NOTE:{text_escaped(text)}"
    written = folded(line)
    assert all(len(part.encode()) <= 75 for part in written.split("\r\n"))
    assert written.replace("\r\n ", "").removesuffix("\r\n") == line
    assert "\n" not in line
