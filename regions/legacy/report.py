"""What became of each line of a saved page, for people and for machines."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from regions.legacy.lines import tidy
from regions.legacy.page import Fate, PageLine

_TEXT_WIDTH = 72


class Outcome(StrEnum):
    """What the import did with a part of the page; in a dry run, what it would do."""

    CREATED = "created"
    UPDATED = "updated"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    DUPLICATE = "duplicate"
    NO_RECORD = "no record"


@dataclass(frozen=True, slots=True)
class PartReport:
    """The continent's page, or a news item's. ``reason`` says why a page was kept or an item left out."""

    outcome: Outcome
    page_id: int | None
    is_live: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewsReport(PartReport):
    """A news item: its kind and the words that told it, its links, and the names recognised but not linked.

    ``date_in_file`` tells a date that the file states from one given with ``--date`` or by an editor;
    ``countries`` are linked (ISO 3166-1 alpha-2); ``without_page`` are countries that the site has no page for;
    ``organisations`` are recognised, ``organisations_linked`` those of them that have a page; ``continent`` says that
    the item is linked to the page's continent because no country brings it there.
    """

    number: int = 0
    title: str = ""
    kind: str = ""
    kind_because: str = ""
    date: datetime.date | None = None
    date_in_file: bool = False
    countries: tuple[str, ...] = ()
    without_page: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    organisations_linked: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    continent: bool = False


@dataclass(frozen=True, slots=True)
class EventReport(PartReport):
    """An event that was recognised: its key, and the ``paragraphs`` and ``news`` that speak of it, from 1."""

    key: str = ""
    title: str = ""
    paragraphs: tuple[int, ...] = ()
    news: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationReport:
    """An organisation that the text names; ``page_id`` is None where it has no page."""

    code: str
    page_id: int | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The whole report. Every line of the file is in ``lines`` once, in order."""

    file: str
    encoding: str
    encoding_assumption: str
    locale: str
    continent_code: str
    dry_run: bool
    publish: bool
    date: datetime.date | None
    lines: tuple[PageLine, ...]
    continent: PartReport
    news: tuple[NewsReport, ...]
    warnings: tuple[str, ...] = field(default=())
    organisations: tuple[OrganisationReport, ...] = ()
    events: tuple[EventReport, ...] = ()

    def part_of(self, line: PageLine) -> PartReport | None:
        """The part of the page that ``line`` went into, or None."""
        if line.fate in (Fate.NEWS_ITEM, Fate.NEWS_DATE) and line.part:
            return self.news[line.part - 1]
        if line.fate in (Fate.MENU_LABEL, Fate.HEADING, Fate.PARAGRAPH):
            return self.continent
        return None

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON types."""
        return {
            "file": self.file,
            "encoding": {"name": self.encoding, "assumption": self.encoding_assumption},
            "locale": self.locale,
            "continent": {"code": self.continent_code, **_part_dict(self.continent)},
            "dryRun": self.dry_run,
            "publish": self.publish,
            "date": self.date.isoformat() if self.date else None,
            "news": [_news_dict(item) for item in self.news],
            "organisations": [{"code": each.code, "pageId": each.page_id} for each in self.organisations],
            "events": [
                {
                    "key": each.key,
                    **_part_dict(each),
                    "paragraphs": list(each.paragraphs),
                    "news": list(each.news),
                }
                for each in self.events
            ],
            "lines": [
                {
                    "line": line.number,
                    "fate": line.fate.value,
                    "part": line.part,
                    "outcome": part.outcome.value if (part := self.part_of(line)) else None,
                    "note": line.note,
                    "text": line.raw,
                }
                for line in self.lines
            ],
            "summary": {
                "lines": dict(Counter(line.fate.value for line in self.lines)),
                "news": dict(Counter(item.outcome.value for item in self.news)),
                "undated": sum(item.date is None for item in self.news),
            },
            "warnings": list(self.warnings),
        }

    def as_text(self) -> str:
        """The report as an aligned table, a remark below the line that it is about, and a summary at the end."""
        return "\n".join([*self._header(), "", *self._table(), "", *self._summary()])

    def _header(self) -> Iterator[str]:
        assumption = f" ({self.encoding_assumption})" if self.encoding_assumption else ""
        yield f"File       {self.file}, {self.encoding}{assumption}"
        yield f"Into       continent {self.continent_code}, locale {self.locale}"
        if self.dry_run:
            yield "Dry run    nothing is written; the report says what would happen"

    def _table(self) -> Iterator[str]:
        rows: list[tuple[str, ...]] = [("line", "taken for", "outcome", "kind", "date", "links", "text")]
        rows += [self._row(line) for line in self.lines]
        widths = [max(len(row[column]) for row in rows) for column in range(6)]
        for index, row in enumerate(rows):
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            cells[0] = row[0].rjust(widths[0])
            yield "  ".join([*cells, row[6]]).rstrip()
            if index:
                for remark in self._remarks(self.lines[index - 1]):
                    yield f"{'':{widths[0]}}  └ {remark}"

    def _row(self, line: PageLine) -> tuple[str, ...]:
        taken_for = f"{line.fate.value} {line.part}" if line.part else line.fate.value
        part = self.part_of(line)
        text = tidy(line.raw)
        if len(text) > _TEXT_WIDTH:
            text = text[: _TEXT_WIDTH - 1] + "…"
        outcome = part.outcome.value if part else ""
        if line.fate is Fate.UNRECOGNISED:
            outcome = "NOT IMPORTED"
        if not isinstance(part, NewsReport):
            return (str(line.number), taken_for, outcome, "", "", "", text)
        links = ",".join([*part.countries, *([self.continent_code] if part.continent else [])])
        date = part.date.isoformat() if part.date else "undated"
        return (str(line.number), taken_for, outcome, part.kind, date, links, text)

    def _remarks(self, line: PageLine) -> Iterator[str]:
        if line.note:
            yield line.note
        part = self.part_of(line)
        if not isinstance(part, NewsReport) or line.note == "continued" or line.fate is Fate.NEWS_DATE:
            return
        if part.reason:
            yield f"{part.outcome.value}: {part.reason}"
        if part.organisations_linked:
            yield f"linked to: {', '.join(part.organisations_linked)}"
        if without_page := [code for code in part.organisations if code not in part.organisations_linked]:
            yield f"recognised, no pages yet: {', '.join(without_page)}"
        if part.without_page:
            yield f"no page in this locale: {', '.join(part.without_page)}"
        if part.ambiguous:
            yield f"may mean several things, not linked: {', '.join(part.ambiguous)}"

    def _summary(self) -> Iterator[str]:
        fates = Counter(line.fate.value for line in self.lines)
        yield f"Lines      {len(self.lines)}: {_counted(fates)}"
        reason = f": {self.continent.reason}" if self.continent.reason else ""
        yield f"Continent  {self._written(self.continent.outcome.value)}{reason}{_place(self.continent)}"
        outcomes = Counter(self._written(item.outcome.value) for item in self.news)
        yield f"News       {len(self.news)}: {_counted(outcomes) or 'none'}"
        if kinds := Counter(item.kind for item in self.news):
            yield f"Kinds      {_counted(kinds)}"
        if self.news:
            yield f"Dates      {self._dates()}"
        if self.organisations:
            named = [each.code if each.page_id else f"{each.code} (no page yet)" for each in self.organisations]
            yield f"Named      {', '.join(named)}"
        for event in self.events:
            outcome = self._written(event.outcome.value) if event.page_id or self.dry_run else event.outcome.value
            reason = f": {event.reason}" if event.reason else ""
            yield f"Event      {event.key}, {_spoken_of(event)}: {outcome}{reason}{_place(event)}"
        if not_imported := fates[Fate.UNRECOGNISED.value]:
            yield f"Attention  {not_imported} lines were not recognised and not imported"
        for warning in self.warnings:
            yield f"Warning    {warning}"

    def _dates(self) -> str:
        in_file = sum(item.date_in_file for item in self.news)
        undated = sum(item.date is None for item in self.news)
        said = f"the file states {in_file or 'none'} for {len(self.news)} items"
        if undated:
            return f"{said}; {undated} have no date yet, --date YYYY-MM-DD gives them one"
        return said

    def _written(self, outcome: str) -> str:
        if outcome not in (Outcome.CREATED, Outcome.UPDATED):
            return outcome
        return f"{outcome} live" if self.publish else f"{outcome} as draft"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def _spoken_of(event: EventReport) -> str:
    """``paragraph 3, news 13``: where the file speaks of the event."""
    parts = [("paragraph", event.paragraphs), ("news", event.news)]
    return "; ".join(f"{name} {', '.join(map(str, numbers))}" for name, numbers in parts if numbers)


def _place(part: PartReport) -> str:
    if part.page_id is None:
        return ""
    return f" (page {part.page_id}, {'live' if part.is_live else 'not live'})"


def _part_dict(part: PartReport) -> dict[str, Any]:
    return {
        "outcome": part.outcome.value,
        "pageId": part.page_id,
        "isLive": part.is_live,
        "reason": part.reason,
    }


def _news_dict(item: NewsReport) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        **_part_dict(item),
        "kind": item.kind,
        "kindBecause": item.kind_because,
        "date": item.date.isoformat() if item.date else None,
        "dateInFile": item.date_in_file,
        "countries": list(item.countries),
        "continent": item.continent,
        "withoutPage": list(item.without_page),
        "organisations": list(item.organisations),
        "organisationsLinked": list(item.organisations_linked),
        "ambiguous": list(item.ambiguous),
    }


def codes_in_order(codes: Sequence[str]) -> tuple[str, ...]:
    """``codes`` once each, in the order in which they first appear."""
    return tuple(dict.fromkeys(codes))
