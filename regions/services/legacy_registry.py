"""What an import of old pages asks of the apps above: pages of organisations, and records of events.

Those apps hand in their answers while they get ready; without them names are recognised and reported, and nothing more.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from wagtail.models import Locale, Page

from regions.legacy.events import EventRule
from regions.models import NewsPage


class OrganisationsOfImport(Protocol):
    """Pages of organisations, by the codes of ``regions/legacy/data/organisations.toml``."""

    def find(self, *, codes: Collection[str], locale: Locale) -> dict[str, Page]:
        """The pages that there are, drafts too; of a locale, else of the source language."""

    def link(self, *, news: NewsPage, organisations: Sequence[Page]) -> None:
        """Add rows that link a news item in memory to organisations, where it has none yet."""


class EventsOfImport(Protocol):
    """Records of events, by the keys of ``regions/legacy/data/events.toml``."""

    def find(self, *, rules: Collection[EventRule]) -> dict[str, Page]:
        """The records that there are, drafts too: by key, else by kind, date and countries."""

    def create(self, *, rule: EventRule, organisations: Mapping[str, Page]) -> Page:
        """A new record below its index, a draft without a revision. Raise ValidationError where the rule is wrong."""

    def news_ids(self, *, event: Any) -> set[int]:
        """The news items that a record in memory is linked to."""

    def link(self, *, event: Any, news: Sequence[NewsPage]) -> None:
        """Add rows that link a record in memory to news items, where it has none yet."""


_organisations: list[OrganisationsOfImport] = []
_events: list[EventsOfImport] = []


def organisations_of_import_set(source: OrganisationsOfImport) -> None:
    """Say where organisations are kept; called once, while the apps get ready."""
    _organisations[:] = [source]


def events_of_import_set(source: EventsOfImport) -> None:
    """Say where events are kept; called once, while the apps get ready."""
    _events[:] = [source]


def organisations_of_import() -> OrganisationsOfImport | None:
    return _organisations[0] if _organisations else None


def events_of_import() -> EventsOfImport | None:
    return _events[0] if _events else None
