"""The days on which missions are closed, for calendars: iCalendar (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from bulk.directory.lines import folded, text_escaped
from bulk.selectors.directory import Closure, Entry
from missions.models.choices import ClosureKind

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def calendar(entries: Sequence[Entry], *, name: str) -> bytes:
    """The file, an event of whole days for each closure. Its ids and stamps stay while nobody publishes anything."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Diwan//Directory of missions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text_escaped(name)}",
        *(line for entry in entries for closure in entry.closures for line in _event(entry, closure)),
        "END:VCALENDAR",
    ]
    return "".join(map(folded, lines)).encode()


def _event(entry: Entry, closure: Closure) -> Iterator[str]:
    reason = closure.reason or str(ClosureKind(closure.kind).label)
    yield "BEGIN:VEVENT"
    yield f"UID:{closure.uid}"
    yield f"DTSTAMP:{(entry.published_at or _BEGINNING).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_written(closure.starts_on)}"
    # The end is the first day on which it is open again. The calendar's last day has none behind it.
    end = closure.ends_on if closure.ends_on == date.max else closure.ends_on + timedelta(days=1)
    if end > closure.starts_on:
        yield f"DTEND;VALUE=DATE:{_written(end)}"
    yield f"SUMMARY;LANGUAGE={entry.locale}:{text_escaped(f'{entry.title}: {reason}')}"
    if entry.city:
        yield f"LOCATION:{text_escaped(entry.city)}"
    yield f"CATEGORIES:{text_escaped(str(ClosureKind(closure.kind).label))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _written(day: date) -> str:
    """With four digits of the year, whatever the platform makes of ``%Y``."""
    return day.isoformat().replace("-", "")
