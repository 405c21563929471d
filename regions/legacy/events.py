"""Events that a text speaks of, told by their wording (``data/events.toml``)."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from regions.legacy.data_files import events
from regions.legacy.words import Phrases, words_of

# A communiqué of the day before, or a report some weeks after, speaks of the same event.
_SLACK = datetime.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class EventRule:
    """An event of the data file. Dates are ``2004``, ``2004-11`` or ``2004-11-26``; codes as in the file."""

    key: str
    kind: str
    direction: str
    number: int | None
    starts: str
    ends: str
    countries: tuple[str, ...]
    continents: tuple[str, ...]
    organisations: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]

    @property
    def first_day(self) -> datetime.date:
        """The first day that may be meant."""
        return _day(self.starts, last=False)

    @property
    def last_day(self) -> datetime.date:
        """The last day that may be meant."""
        return _day(self.ends or self.starts, last=True)

    def fits(self, date: datetime.date | None) -> bool:
        """Whether a news item of ``date`` may speak of the event; one without a date may."""
        return date is None or self.first_day - _SLACK <= date <= self.last_day + _SLACK


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """An event that a text speaks of; the words from ``start`` up to, not including, ``end`` stand for it."""

    rule: EventRule
    start: int
    end: int


def events_named(text: str, *, language: str, date: datetime.date | None = None) -> tuple[NamedEvent, ...]:
    """The events that ``text`` speaks of, each once, in the order of the data file.

    ``date``, where it is known, is the day of the text: an event of another time is not meant.
    """
    words = words_of(text)
    found = []
    for rule, wordings in _wordings(language):
        for phrases in wordings:
            places = [next(phrase.find(words), None) for phrase in phrases]
            if rule.fits(date) and all(places) and places[0]:
                found.append(NamedEvent(rule, places[0].start, places[0].end))
                break
    return tuple(found)


@cache
def event_rules() -> tuple[EventRule, ...]:
    """The events of the data file, in order."""
    return tuple(_rule(entry) for entry in events())


@cache
def _wordings(language: str) -> tuple[tuple[EventRule, tuple[tuple[Phrases[bool], ...], ...]], ...]:
    return tuple(_of_language(language))


def _of_language(language: str) -> Iterator[tuple[EventRule, tuple[tuple[Phrases[bool], ...], ...]]]:
    for rule, entry in zip(event_rules(), events(), strict=True):
        wordings = entry.get(language, [])
        yield rule, tuple(tuple(Phrases([(phrase, True)]) for phrase in phrases) for phrases in wordings)


def _rule(entry: dict[str, Any]) -> EventRule:
    return EventRule(
        key=entry["key"],
        kind=entry["kind"],
        direction=entry.get("direction", ""),
        number=entry.get("number"),
        starts=entry["from"],
        ends=entry.get("until", ""),
        countries=tuple(entry.get("countries", ())),
        continents=tuple(entry.get("continents", ())),
        organisations=tuple(entry.get("organisations", ())),
        titles=tuple(entry["title"].items()),
    )


def _day(spelled: str, *, last: bool) -> datetime.date:
    year, *rest = map(int, spelled.split("-"))
    month = rest[0] if rest else (12 if last else 1)
    day = rest[1] if len(rest) > 1 else (calendar.monthrange(year, month)[1] if last else 1)
    return datetime.date(year, month, day)
