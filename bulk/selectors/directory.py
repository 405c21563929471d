"""The missions that the public may see, with all that a directory says of them, in a language and its chain.

A number of statements that does not grow with the missions. Texts that are empty are those of the source page.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from home.language.collation import collation_key
from home.models import BasePage
from home.selectors.keys import key_of
from home.selectors.locales import locale_chain
from home.selectors.pages import page_rows_by_keys
from home.selectors.records import record_queryset_shown
from home.selectors.visibility import Gate
from missions.models import (
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
    OrganisationPage,
    PersonPage,
)
from missions.models.choices import HEAD_POSTS
from missions.schedules import StatusOfDay, status_of_day
from regions.models import CountryPage

_TEXTS = ("title", "city", "address_text", "district")
_FACTS = (
    "id", "translation_key", "record_key", "direction", "kind", "status", "status_since", "status_precision",
    "status_until", "address", "latitude", "longitude", "time_zone", "working_languages", "last_published_at", *_TEXTS,
)  # fmt: skip
_NAMED = {
    "host_country": CountryPage,
    "sending_country": CountryPage,
    "sending_organisation": OrganisationPage,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which missions: whose, of what kind, in or of which country (ISO alpha-2), and the one with a key."""

    direction: str = ""
    kind: str = ""
    country: str = ""
    key: str = ""

    def condition(self, *, gate: Gate, chain: Sequence[str]) -> Q:
        """The condition on source pages. A country that the public may not see finds nothing: its code is not told."""
        found = Q()
        if self.direction:
            found &= Q(direction=self.direction)
        if self.kind:
            found &= Q(kind=self.kind)
        if self.country:
            shown = CountryPage.objects.filter(gate.visible(), locale_code__in=chain).values("translation_key")
            found &= Q(host_country__code=self.country, host_country__translation_key__in=shown) | Q(
                sending_country__code=self.country, sending_country__translation_key__in=shown
            )
        if self.key:
            found &= Q(record_key=self.key)
        return found


@dataclass(frozen=True, slots=True)
class Service:
    """What a mission does for people."""

    kind: str
    conditions: str
    booking_url: str


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which a mission is closed, both included; ``uid`` stays the same."""

    uid: str
    starts_on: date
    ends_on: date
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours of a day of the week, of one service or (empty) of the mission."""

    service: str
    weekday: int
    opens: time
    closes: time


@dataclass
class Entry:
    """A mission as the directory has it; ``locale`` is the language that its title is in."""

    id: str
    key: str
    locale: str
    title: str
    direction: str
    kind: str
    now: StatusOfDay
    """The status of today, and the one that is announced."""
    city: str
    address: str
    address_text: str
    district: str
    latitude: float | None
    longitude: float | None
    time_zone: str
    languages: str
    published_at: datetime | None
    country_code: str = ""
    country: str = ""
    """The name of the country where it stands, or of whoever sends it."""
    contacts: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, purpose, value."""
    services: list[Service] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    head: str = ""
    head_post: str = ""

    @property
    def status(self) -> str:
        """The status of today."""
        return self.now.status

    @property
    def status_since(self) -> date | None:
        """The day from which it holds; None where that is not known."""
        return self.now.since

    @property
    def status_until(self) -> date | None:
        """The last day on which it holds; None where no end is known."""
        return self.now.until

    @property
    def announced(self) -> StatusOfDay | None:
        """The status that begins later."""
        return self.now.following


def directory_entries(*, gate: Gate, locale: str, filters: Filters, today: date) -> list[Entry]:
    """The missions, ordered by country and then by name, as the language orders names."""
    chain = locale_chain(locale=locale)
    named = [f"{name}__translation_key" for name in _NAMED]
    sources = list(
        record_queryset_shown(MissionPage, gate=gate, chain=chain)
        .filter(filters.condition(gate=gate, chain=chain))
        .values(*_FACTS, *named, "host_country__code", "sending_country__code")
    )
    for row in sources:
        for column in ("translation_key", *named):
            row[column] = key_of(row[column]) if row[column] else None
    texts = _rows(MissionPage, {row["translation_key"] for row in sources}, ("id", *_TEXTS), gate, chain)
    names = {
        name: _rows(model, {row[f"{name}__translation_key"] for row in sources} - {None}, ("title",), gate, chain)
        for name, model in _NAMED.items()
    }
    entries = {
        row["id"]: _entry(row, texts[row["translation_key"]], names, today)
        for row in sources
        if row["translation_key"] in texts
    }
    served = {row["id"]: texts[row["translation_key"]]["id"] for row in sources if row["id"] in entries}
    _fill(entries, served)
    _heads(entries, gate=gate, chain=chain, today=today)

    def order(entry: Entry) -> tuple[str, str]:
        return collation_key(entry.country, locale), collation_key(entry.title, locale)

    return sorted(entries.values(), key=order)


def _rows(
    model: type[BasePage], keys: Collection[Any], fields: Sequence[str], gate: Gate, chain: Sequence[str]
) -> dict[Any, dict[str, Any]]:
    if not keys:
        return {}
    wanted = ("translation_key", "locale_code", *fields)
    return page_rows_by_keys(model, keys=keys, fields=wanted, gate=gate, chain=chain)


def _entry(
    row: Mapping[str, Any], text: Mapping[str, Any], names: Mapping[str, Mapping[Any, Any]], today: date
) -> Entry:
    entry = Entry(
        id=str(row["translation_key"]),
        key=row["record_key"],
        locale=text["locale_code"],
        languages=row["working_languages"],
        published_at=row["last_published_at"],
        now=status_of_day(
            status=row["status"],
            since=row["status_since"],
            precision=row["status_precision"],
            until=row["status_until"],
            day=today,
        ),
        **{name: text[name] or row[name] for name in _TEXTS},
        **{name: row[name] for name in ("direction", "kind", "address", "latitude", "longitude", "time_zone")},
    )
    for name in _NAMED:
        found = names[name].get(row[f"{name}__translation_key"])
        if found is not None:
            entry.country = found["title"]
            # The code of a country that the public may not see is not told either.
            entry.country_code = row.get(f"{name}__code") or ""
    return entry


def _fill(entries: dict[int, Entry], served: Mapping[int, int]) -> None:
    ids = list(entries)
    for page_id, *contact in (
        MissionContact.objects.filter(page_id__in=ids)
        .order_by("sort_order", "pk")
        .values_list("page_id", "kind", "purpose", "value")
    ):
        entries[page_id].contacts.append(tuple(contact))
    for page_id, *opening in (
        MissionOpening.objects.filter(page_id__in=ids)
        .order_by("service", "weekday", "opens")
        .values_list("page_id", "service", "weekday", "opens", "closes")
    ):
        entries[page_id].openings.append(Opening(*opening))
    page_ids = {*ids, *served.values()}
    texts: dict[int, dict[Any, str]] = defaultdict(dict)
    services = list(MissionService.objects.filter(page_id__in=page_ids).order_by("sort_order", "pk"))
    closures = list(MissionClosure.objects.filter(page_id__in=page_ids).order_by("starts_on", "pk"))
    for row in (*services, *closures):
        texts[row.page_id][row.translation_key] = row.conditions if isinstance(row, MissionService) else row.reason

    def text_of(row: Any, own: str) -> str:
        return texts[served[row.page_id]].get(row.translation_key) or own

    for service in services:
        if service.page_id in entries:
            made = Service(service.kind, text_of(service, service.conditions), service.booking_url)
            entries[service.page_id].services.append(made)
    for closure in closures:
        if closure.page_id in entries:
            entries[closure.page_id].closures.append(
                Closure(
                    uid=str(closure.translation_key),
                    starts_on=closure.starts_on,
                    ends_on=closure.ends_on or closure.starts_on,
                    kind=closure.kind,
                    reason=text_of(closure, closure.reason),
                )
            )


def _heads(entries: dict[int, Entry], *, gate: Gate, chain: Sequence[str], today: date) -> None:
    """Who heads each mission today: of several posts the highest."""
    rank = {post.value: place for place, post in enumerate(HEAD_POSTS)}
    held = (
        MissionAppointment.objects.filter(page_id__in=list(entries), post__in=rank)
        .filter(Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today))
        .values_list("page_id", "post", "person__translation_key")
    )
    found = sorted(held, key=lambda row: -rank[row[1]])
    people = _rows(PersonPage, {key_of(row[2]) for row in found}, ("title", "courtesy_title"), gate, chain)
    for page_id, post, key in found:
        if person := people.get(key_of(key)):
            entries[page_id].head = f"{person['courtesy_title']} {person['title']}".strip()
            entries[page_id].head_post = post
