"""People as a reader is shown them, the offices they hold elsewhere and their posts at missions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_rows_by_keys
from home.selectors.prepared import ID, KEY, TEXT, any_of, prepared
from home.selectors.record_rows import current, text_rows
from home.selectors.records import record_facts_by_keys, record_queryset_shown
from home.selectors.visibility import Gate
from missions.models import MissionAppointment, MissionPage, NewsPersonLink, PersonOffice, PersonPage
from missions.selectors.organisations import TODAY, countries_with_codes
from missions.selectors.pages import PERSON_FACTS, PERSON_FIELDS, person_rows_by_keys

_OFFICE_FACTS = (
    "kind",
    "country__translation_key",
    "organisation__translation_key",
    "starts_on",
    "ends_on",
)


@dataclass(frozen=True, slots=True)
class PeopleCriteria:
    """What a list of people is narrowed to; None means no limit, an empty tuple lets nobody through.

    ``countries`` are ISO 3166-1 alpha-2 codes of the country whose offices people hold, ``offices`` kinds of offices
    that they hold on the day ``today``.
    """

    countries: tuple[str, ...] | None = None
    offices: tuple[str, ...] | None = None
    today: date | None = None

    @property
    def shape(self) -> tuple[bool, bool]:
        """What the criteria put into a queryset other than by parameters."""
        return (self.countries is not None, self.offices is not None)


def people_rows_shown(*, gate: Gate, chain: Sequence[str], criteria: PeopleCriteria) -> list[Row]:
    """The people that meet ``criteria``, in no order. Two statements."""

    def build() -> QuerySet[Any, Row]:
        pages = record_queryset_shown(PersonPage, gate=gate.shape, chain=chain)
        if criteria.countries is not None:
            countries = countries_with_codes(gate=gate.shape, chain=chain, name="codes")
            pages = pages.filter(nationality__translation_key__in=countries)
        if criteria.offices is not None:
            held = PersonOffice.objects.filter(current(TODAY), any_of("kind", "offices", TEXT), page=OuterRef("pk"))
            pages = pages.filter(Exists(held))
        return pages.values("id", "translation_key", *PERSON_FACTS)

    statement = prepared(("people_rows_shown", criteria.shape, tuple(chain), gate.shape), build)
    values = {"codes": criteria.countries, "offices": criteria.offices, "today": criteria.today}
    by_key = {row["translation_key"]: row for row in statement.rows({**gate.values, **values})}
    rows = page_rows_by_keys(PersonPage, keys=list(by_key), fields=PERSON_FIELDS, gate=gate, chain=chain)
    return [{**row, "facts": by_key[key]} for key, row in rows.items()]


def person_office_rows(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, list[Row]]:
    """The offices of people by translation key, in the editors' order. One statement.

    Rows: ``kind title locale_code country_key organisation_key starts_on ends_on``; where there is no ``title`` it is
    None, and so is ``locale_code``.
    """
    found = text_rows(
        PersonOffice, of=PersonPage, keys=keys, facts=_OFFICE_FACTS, texts=["title"], gate=gate, chain=chain
    )
    for row in (row for rows in found.values() for row in rows):
        row["country_key"] = row.pop("country__translation_key")
        row["organisation_key"] = row.pop("organisation__translation_key")
    return found


def person_post_rows(*, keys: Collection[Key], gate: Gate) -> dict[Key, list[Row]]:
    """The posts of people at missions by the person's translation key, the latest first. One statement.

    Rows: ``mission_key post starts_on ends_on credentials_copy_on credentials_on``.
    """
    source = locale_source()
    statement = prepared(
        ("person_post_rows", source, gate.shape),
        lambda: (
            MissionAppointment.objects.filter(
                any_of("person__translation_key", "keys", KEY),
                gate.shape.visible("page__"),
                page__locale_code=source,
            )
            .annotate(person_key=F("person__translation_key"), mission_key=F("page__translation_key"))
            .order_by("person_key", F("starts_on").desc(nulls_last=True), "id")
            .values(
                "person_key", "mission_key", "post", "starts_on", "ends_on", "credentials_copy_on", "credentials_on"
            )
        ),
    )
    return statement.groups({**gate.values, "keys": keys})


def news_person_keys(*, ids: Collection[int]) -> dict[int, list[Key]]:
    """Translation keys of the people that news items are about, in the editors' order, by item. One statement."""
    statement = prepared(
        "news_person_keys",
        lambda: (
            NewsPersonLink.objects.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", "person__translation_key")
        ),
    )
    keys: dict[int, list[Key]] = {}
    for news_id, key in statement.tuples({"ids": ids}):
        line = keys.setdefault(news_id, [])
        if key not in line:
            line.append(key)
    return keys


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody was on a day: a row of ``person_office_rows`` or ``person_post_rows``, and whether it is past."""

    row: Row
    is_post: bool
    is_former: bool


def held_on(*, offices: Sequence[Row], posts: Sequence[Row], day: date, today: date) -> Held | None:
    """The office or post that somebody held on a day, else the last one that had ended by then; None for none.

    Of several, the one that began last, and posts before offices that began with them. It is former where it has ended
    by ``today``.
    """
    every = [(row, True) for row in posts] + [(row, False) for row in offices]
    begun = [(row, is_post) for row, is_post in every if row["starts_on"] is None or row["starts_on"] <= day]
    holding = [each for each in begun if each[0]["ends_on"] is None or each[0]["ends_on"] >= day]
    found = holding or sorted(begun, key=lambda each: each[0]["ends_on"])[-1:]
    if not found:
        return None
    row, is_post = max(found, key=lambda each: (each[0]["starts_on"] or date.min, each[1]))
    return Held(row, is_post, row["ends_on"] is not None and row["ends_on"] < today)


def news_people_held(
    *, news_id: int, day: date, today: date, gate: Gate, chain: Sequence[str]
) -> list[tuple[Row, Held | None]]:
    """The people that a news item is about, each with what they were on a day; in the editors' order.

    Six statements at most.
    """
    keys = news_person_keys(ids=[news_id]).get(news_id, [])
    people = person_rows_by_keys(keys=keys, gate=gate, chain=chain) if keys else {}
    if not people:
        return []
    offices = person_office_rows(keys=list(people), gate=gate, chain=chain)
    posts = person_post_rows(keys=list(people), gate=gate)
    missions = {row["mission_key"] for rows in posts.values() for row in rows}
    shown = record_facts_by_keys(MissionPage, keys=missions, facts=[], gate=gate) if missions else {}
    found = []
    for key in (key for key in keys if key in people):
        at_missions = [row for row in posts.get(key, []) if row["mission_key"] in shown]
        held = held_on(offices=offices.get(key, []), posts=at_missions, day=day, today=today)
        found.append((people[key], held))
    return found
