"""How several things stand in one cell: a bar between them, dates with their precision, days and hours."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from home.language.times import time_read as clock_read

SEPARATOR = "|"
# A thing that says nothing, where the place of the others counts.
NOTHING = ";"
_SPLIT = re.compile(r"\\([\\|])|\|")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_YEAR = re.compile(r"\d{4}\Z")
_ITEM_PERIOD = re.compile(r"(?P<start>[0-9-]*)(?:\.\.(?P<end>[0-9-]*))?\Z")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun|[1-7])"
_HOURS = re.compile(
    rf"(?:(?P<service>[^\s]+)\s+)??(?P<days>{_DAY}(?:\s*[-,]\s*{_DAY})*)\s+(?P<times>\d.*)\Z", re.IGNORECASE
)
_TO = re.compile("[-–]")


class CellError(Exception):
    """The cell cannot be understood; the message says why."""


def items_split(cell: str) -> list[str]:
    """The things in a cell, without space around them. ``\\|`` separates nothing, ``\\\\`` is a backslash."""
    items, current, place = [], "", 0
    for match in _SPLIT.finditer(cell):
        current += cell[place : match.start()]
        place = match.end()
        if match[1]:
            current += match[1]
        else:
            items.append(current)
            current = ""
    items.append(current + cell[place:])
    return [stripped for item in items if (stripped := item.strip())]


def items_join(items: Iterable[str]) -> str:
    """The cell that ``items_split`` reads."""
    return SEPARATOR.join(item.replace("\\", "\\\\").replace(SEPARATOR, "\\|") for item in items)


def day_read(text: str) -> date:
    """A whole date, as ISO 8601 has it; the time of a spreadsheet's date is left out."""
    try:
        if len(text) > 10:
            return datetime.fromisoformat(text).date()
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise CellError(_("“%(text)s” is no date, such as 2005-05-31.") % {"text": text[:40]}) from error


def day_read_precise(text: str) -> tuple[date, str]:
    """A date and how much of it is known: ``2005-05-31`` day, ``2005-05`` month, ``2005`` year."""
    try:
        if _YEAR.match(text):
            return date(int(text), 1, 1), "year"
        if found := _MONTH.match(text):
            return date(int(found[1]), int(found[2]), 1), "month"
    except ValueError as error:
        raise CellError(_("“%(text)s” is no date, such as 2005-05-31.") % {"text": text[:40]}) from error
    return day_read(text), "day"


def day_write_precise(day: date | None, precision: str) -> str:
    """The text that ``day_read_precise`` reads."""
    if day is None:
        return ""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def period_read(text: str) -> tuple[date | None, date | None]:
    """``2010-05-01..2015-06-30``; either side may be missing."""
    found = _ITEM_PERIOD.match(text.strip())
    if found is None:
        raise CellError(_("“%(text)s” is no period, such as 2010-05-01..2015-06-30.") % {"text": text[:60]})
    start, end = found["start"], found["end"]
    return (day_read(start) if start else None), (day_read(end) if end else None)


def period_write(start: date | None, end: date | None) -> str:
    """The text that ``period_read`` reads; empty where both are unknown."""
    if start is None and end is None:
        return ""
    return f"{start.isoformat() if start else ''}..{end.isoformat() if end else ''}"


def time_read(text: str) -> time:
    """A time as the forms read it; ``24:00`` is midnight."""
    found = clock_read(text)
    if found is None:
        raise CellError(_("“%(text)s” is no time, such as 09:00.") % {"text": text[:20]})
    return time.fromisoformat(found)


def hours_read(cell: str) -> list[tuple[str, int, time, time]]:
    """Service (empty: the mission), day of the week from 1, opening and closing, in the order of the cell.

    ``mon-fri 09:00-12:30, 14:00-16:00; passports mon 9h-11h``: times in any spelling that the forms take.
    """
    found: list[tuple[str, int, time, time]] = []
    for item in re.split(r"[;|\n]", cell):
        text = item.strip()
        if not text:
            continue
        match = _HOURS.match(text)
        if match is None:
            message = _("“%(text)s” is not understood; write for example: mon-fri 09:00-12:30, 14:00-16:00")
            raise CellError(message % {"text": text[:80]})
        for opens, closes in _pairs(match["times"]):
            found.extend((match["service"] or "", day, opens, closes) for day in _days(match["days"]))
    return found


def _pairs(text: str) -> list[tuple[time, time]]:
    """Openings with their closings: ``09:00-12:30, 14:00-16:00``.

    A comma may stand before minutes, too (``9,30-12,30``). One that a space follows parts two pairs; so does, between
    two hyphens, the one on both sides of which a time stands.
    """
    times: list[time] = []
    for part in re.split(r",\s+", text):
        first, *others = _TO.split(part)
        if not others:
            raise _no_pair(part)
        *between, last = others
        of_part = [first, *(each for piece in between for each in _closing_and_opening(piece)), last]
        if not all(map(str.strip, of_part)):
            raise _no_pair(part)
        times.extend(time_read(each.strip()) for each in of_part)
    return list(zip(times[::2], times[1::2], strict=True))


def _closing_and_opening(text: str) -> tuple[str, str]:
    commas = [match.start() for match in re.finditer(",", text)]
    ways = [(text[:place], text[place + 1 :]) for place in commas]
    if len(ways) == 1:
        return ways[0]
    ways = [way for way in ways if all(map(clock_read, way))]
    if len(ways) > 1:
        raise CellError(
            _("“%(text)s” may be read in several ways: write times as 09:00.") % {"text": text.strip()[:40]}
        )
    if not ways:
        raise _no_pair(text)
    return ways[0]


def _no_pair(text: str) -> CellError:
    return CellError(_("“%(text)s” is no pair of times, such as 09:00-12:30.") % {"text": text.strip()[:40]})


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.lower().split(","):
        first, _hyphen, last = (side.strip() for side in part.partition("-"))
        start = _day(first)
        end = _day(last) if last else start
        if end < start:
            raise CellError(_("“%(text)s”: the last day comes before the first.") % {"text": part.strip()})
        days.extend(range(start, end + 1))
    return days


def _day(text: str) -> int:
    return int(text) if text.isdigit() else DAYS.index(text) + 1


def hours_write(rows: Iterable[tuple[str, int, time, time]]) -> str:
    """The cell that ``hours_read`` reads; days that follow each other and have the same hours stand together."""
    by_day: dict[str, dict[int, list[str]]] = {}
    for service, day, opens, closes in rows:
        times = f"{opens.isoformat(timespec='minutes')}-{closes.isoformat(timespec='minutes')}"
        by_day.setdefault(service, {}).setdefault(day, []).append(times)
    parts = []
    for service, days in by_day.items():
        runs: list[tuple[int, int, str]] = []
        for day in sorted(days):
            times = ", ".join(days[day])
            if runs and runs[-1][1] == day - 1 and runs[-1][2] == times:
                runs[-1] = (runs[-1][0], day, times)
            else:
                runs.append((day, day, times))
        for first, last, times in runs:
            named = DAYS[first - 1] if first == last else f"{DAYS[first - 1]}-{DAYS[last - 1]}"
            parts.append(f"{service} {named} {times}".strip())
    return "; ".join(parts)


_PARTS = re.compile(r"\\([\\;])|;")


def parts_split(item: str) -> list[str]:
    """What stands in one thing of a cell, semicolons between: a name, its dates … ``\\;`` separates nothing."""
    parts, current, place = [], "", 0
    for match in _PARTS.finditer(item):
        current += item[place : match.start()]
        place = match.end()
        if match[1]:
            current += match[1]
        else:
            parts.append(current.strip())
            current = ""
    return [*parts, (current + item[place:]).strip()]


def parts_join(*parts: str) -> str:
    """The item that ``parts_split`` reads; empty parts at the end are left out."""
    written = [part.replace("\\", "\\\\").replace(";", "\\;") for part in parts]
    while written and not written[-1]:
        written.pop()
    return "; ".join(written)


def dated_split(text: str) -> tuple[str, str]:
    """``GT@2010-05-01..`` as the name and the date; the date empty where there is none."""
    name, sign, dates = text.rpartition("@")
    return (name.strip(), dates.strip()) if sign and name.strip() else (text.strip(), "")


def dated_join(name: str, dates: str) -> str:
    """The text that ``dated_split`` reads."""
    return f"{name}@{dates}" if dates else name
