"""The days on which missions are closed, for calendars: iCalendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from bulk.directory.lines import without_controls
from bulk.selectors.directory import Closure, Entry
from missions.models.choices import ClosureKind

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def calendar(entries: Sequence[Entry], *, name: str) -> bytes:
    """The file, an event of whole days for each closure. Its ids and stamps stay while nobody publishes anything."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Diwan//Directory of missions//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.calendar_name = name
    for entry in entries:
        for closure in entry.closures:
            made.add_component(_event(entry, closure))
    return made.to_ical()


def _event(entry: Entry, closure: Closure) -> Event:
    kind = str(ClosureKind(closure.kind).label)
    event = Event()
    event.add("uid", closure.uid)
    event.add("dtstamp", (entry.published_at or _BEGINNING).astimezone(UTC))
    event.add("dtstart", closure.starts_on)
    # The end is the first day on which it is open again. The calendar's last day has none behind it.
    end = closure.ends_on if closure.ends_on == date.max else closure.ends_on + timedelta(days=1)
    if end > closure.starts_on:
        event.add("dtend", end)
    summary = without_controls(f"{entry.title}: {closure.reason or kind}")
    event.add("summary", summary, parameters={"LANGUAGE": entry.locale})
    if entry.city:
        event.add("location", without_controls(entry.city))
    event.add("categories", [kind])
    event.add("transp", "TRANSPARENT")
    return event
