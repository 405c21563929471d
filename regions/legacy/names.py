"""The organisations and events that the parts of an old page name, and where in its text they are to be linked."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from regions.legacy.events import EventRule, events_named
from regions.legacy.gazetteer import MentionKind, gazetteer_for
from regions.legacy.words import word_places, words_of


@dataclass(frozen=True, slots=True)
class TextLink:
    """``text[start:end]`` of a paragraph stands for ``target``: ``organisation:UN`` or ``event:<key>``."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class NamedInText:
    """What paragraphs name, each target once: ``links`` for each paragraph, in order of their places."""

    links: tuple[tuple[TextLink, ...], ...]
    organisations: tuple[str, ...]
    events: tuple[EventRule, ...]


def organisation_target(code: str) -> str:
    return f"organisation:{code}"


def event_target(rule: EventRule) -> str:
    return f"event:{rule.key}"


def names_in_text(paragraphs: Sequence[str], *, language: str, home: str) -> NamedInText:
    """Find what ``paragraphs`` name. An event wins where its words overlap with those of an organisation."""
    seen: set[str] = set()
    links: list[tuple[TextLink, ...]] = []
    organisations: dict[str, None] = {}
    rules: dict[str, EventRule] = {}
    for paragraph in paragraphs:
        places = word_places(paragraph)
        taken: list[TextLink] = []
        for named in events_named(paragraph, language=language):
            rules.setdefault(named.rule.key, named.rule)
            link = TextLink(places[named.start][0], places[named.end - 1][1], event_target(named.rule))
            if link.target not in seen and not _overlaps(link, taken):
                taken.append(link)
                seen.add(link.target)
        for start, end, code in _organisations(paragraph, language=language, home=home):
            organisations.setdefault(code)
            link = TextLink(places[start][0], places[end - 1][1], organisation_target(code))
            if link.target not in seen and not _overlaps(link, taken):
                taken.append(link)
                seen.add(link.target)
        links.append(tuple(sorted(taken, key=lambda link: link.start)))
    return NamedInText(tuple(links), tuple(organisations), tuple(rules.values()))


def events_of_title(title: str, *, language: str, date: datetime.date | None) -> tuple[EventRule, ...]:
    """The events that the title of a news item speaks of."""
    return tuple(named.rule for named in events_named(title, language=language, date=date))


def links_to(links: Sequence[Sequence[TextLink]], *, targets: Collection[str]) -> list[tuple[TextLink, ...]]:
    """Those of ``links`` that lead somewhere."""
    return [tuple(link for link in of if link.target in targets) for of in links]


def _organisations(paragraph: str, *, language: str, home: str) -> Iterator[tuple[int, int, str]]:
    for match, mention in gazetteer_for(language=language, home=home).found(words_of(paragraph)):
        if mention.kind is MentionKind.ORGANISATION:
            yield match.start, match.end, mention.codes[0]


def _overlaps(link: TextLink, taken: Sequence[TextLink]) -> bool:
    return any(link.start < other.end and other.start < link.end for other in taken)
