"""What the plain HTML pages of missions, organisations and people show."""

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Collate
from wagtail.models import Locale

from home.language.collation import collation_name
from home.models.dates import ministry_today
from home.selectors.keys import key_of
from home.selectors.locales import locale_chain
from home.selectors.record_face import (
    ShownRecord,
    record_list_of_locale,
    records_by_ids,
    records_of_sources,
    rows_in_language,
)
from home.selectors.visibility import Gate
from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionPage,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationPage,
    PersonPage,
)
from missions.models.choices import (
    HEAD_POSTS,
    MissionDirection,
    MissionKind,
    MissionStatus,
    OfficeKind,
    PostKind,
    Weekday,
)
from missions.schedules import status_changes, status_of_day
from missions.selectors.people import Held, news_people_held
from missions.statuses import status_said
from regions.models import CountryPage
from regions.selectors.plain_face import country_list_shown_by_id, news_list_shown_by_id

LIST_LIMIT = 100
_KIND_RANK = Case(
    *(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(MissionKind.values)), output_field=IntegerField()
)


def mission_list(*, locale: Locale, gate: Gate) -> QuerySet[Any]:
    """Source pages of the directory: ours abroad, then those of others here; by country as the language sorts them."""
    countries = CountryPage.objects.filter(locale=locale, translation_key=OuterRef("_country_key"))
    organisations = OrganisationPage.objects.filter(
        locale=locale, translation_key=OuterRef("sending_organisation__translation_key")
    )
    place = Coalesce(
        Subquery(countries.values("title")[:1]),
        Subquery(organisations.values("title")[:1]),
        F("sending_organisation__title"),
        Value(""),
    )
    queryset = record_list_of_locale(model=MissionPage, locale=locale, gate=gate)
    queryset = queryset.annotate(
        _country_key=Coalesce("host_country__translation_key", "sending_country__translation_key")
    )
    return queryset.annotate(_place=place).order_by(
        "direction", Collate("_place", collation_name(locale.language_code)), _KIND_RANK, "pk"
    )


def mission_groups(*, sources: Iterable[Any], locale: Locale, gate: Gate) -> list[dict[str, Any]]:
    """``{"direction", "places": [{"country", "organisation", "missions"}]}`` of a part of the directory, in order."""
    shown = records_of_sources(sources=sources, locale=locale, gate=gate)
    facts = [record.facts for record in shown]
    countries = country_list_shown_by_id(
        ids=[pk for fact in facts for pk in (fact.host_country_id, fact.sending_country_id)], locale=locale, gate=gate
    )
    organisations = records_by_ids(
        model=OrganisationPage, ids=[fact.sending_organisation_id for fact in facts], locale=locale, gate=gate
    )

    def place(record: ShownRecord) -> tuple[Any, Any]:
        fact = record.facts
        return fact.host_country_id or fact.sending_country_id, fact.sending_organisation_id

    return [
        {
            "direction": MissionDirection(direction),
            "places": [
                {
                    "country": countries.get(country_id),
                    "organisation": organisations.get(organisation_id),
                    "missions": list(missions),
                }
                for (country_id, organisation_id), missions in groupby(of_direction, key=place)
            ],
        }
        for direction, of_direction in groupby(shown, key=lambda record: record.facts.direction)
    ]


def missions_of_country(*, page: CountryPage, gate: Gate) -> dict[str, list[ShownRecord]]:
    """``ours``: our missions there; ``from_elsewhere``: accredited from another country; ``theirs``: theirs here."""
    today = ministry_today()
    key, locale = page.translation_key, page.locale
    accredited = _in_office(MissionAccreditation.objects.filter(country__translation_key=key), today=today)
    here = Q(host_country__translation_key=key) | Q(sending_country__translation_key=key)
    listed = record_list_of_locale(model=MissionPage, locale=locale, gate=gate)
    sources = listed.filter(here | Q(pk__in=accredited.values("page_id"))).annotate(
        host_key=F("host_country__translation_key"), sending_key=F("sending_country__translation_key")
    )
    shown = records_of_sources(sources=sources.order_by(_KIND_RANK, "pk")[:LIST_LIMIT], locale=locale, gate=gate)
    groups = {
        "ours": [record for record in shown if record.facts.host_key == key],
        "from_elsewhere": [record for record in shown if key not in (record.facts.host_key, record.facts.sending_key)],
        "theirs": [record for record in shown if record.facts.sending_key == key],
    }
    return groups if shown else {}


def mission_face(*, mission: MissionPage, facts: MissionPage, gate: Gate) -> dict[str, Any]:
    """Everything about one mission, in a number of statements that does not depend on its rows."""
    locale, today = mission.locale, ministry_today()
    appointments = list(facts.appointments.all())
    accreditations = [row for row in facts.accreditations.all() if not row.ends_on or row.ends_on >= today]
    country_ids = [
        facts.host_country_id,
        facts.sending_country_id,
        *(row.country_id for row in accreditations),
    ]
    countries = country_list_shown_by_id(ids=country_ids, locale=locale, gate=gate)
    organisation_ids = [facts.sending_organisation_id, *(row.organisation_id for row in accreditations)]
    organisations = records_by_ids(model=OrganisationPage, ids=organisation_ids, locale=locale, gate=gate)
    people = records_by_ids(model=PersonPage, ids=[row.person_id for row in appointments], locale=locale, gate=gate)
    posts = [
        {"row": row, "person": people[row.person_id], "is_current": is_in_office(row, today=today)}
        for row in appointments
        if row.person_id in people
    ]
    current = sorted((post for post in posts if post["is_current"]), key=_post_rank)
    closures = rows_in_language(own=mission.closures.all(), facts=facts.closures.all())
    return {
        **_status(facts, today=today),
        "country": countries.get(facts.host_country_id or facts.sending_country_id or 0),
        "organisation": organisations.get(facts.sending_organisation_id or 0),
        "accredited": [countries[row.country_id] for row in accreditations if row.country_id in countries],
        "accredited_to": [
            organisations[row.organisation_id] for row in accreditations if row.organisation_id in organisations
        ],
        "contacts": list(facts.contacts.all()),
        "services": rows_in_language(own=mission.services.all(), facts=facts.services.all()),
        "hours": opening_hours_by_service(rows=facts.opening_hours.all()),
        "closures": sorted(
            (pair for pair in closures if (pair[0].ends_on or pair[0].starts_on) >= today),
            key=lambda pair: pair[0].starts_on,
        ),
        "posts": current,
        "former_posts": sorted(
            (post for post in posts if not post["is_current"] and post["row"].ends_on),
            key=lambda post: post["row"].ends_on,
            reverse=True,
        ),
    }


def _status(facts: MissionPage, *, today: datetime.date) -> dict[str, Any]:
    """``status_said`` of today, and ``changes`` of status until today, the earliest first.

    ``has_history``: there is more to tell than the status of today, whose day may not be known.
    """
    own: dict[str, Any] = {
        "status": facts.status,
        "since": facts.status_since,
        "precision": facts.status_precision,
        "until": facts.status_until,
    }
    earlier = list(facts.status_history.all())
    changes = [*earlier, *status_changes(**own)]
    shown = [
        {"label": MissionStatus(row.status).label, "since": row.since, "precision": row.precision}
        for row in changes
        if row.since is not None and row.since <= today
    ]
    return {
        "status_said": status_said(status_of_day(**own, day=today)),
        "changes": shown,
        "has_history": bool(earlier) or len(shown) > 1,
    }


def opening_hours_by_service(*, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """``{"service", "days": [{"first", "last", "times": [(opens, closes)]}]}``; days with the same times are one line.

    ``service`` is the name of the service, empty for the mission as a whole, which comes first.
    """
    by_service: dict[str, dict[int, list[Any]]] = {}
    names: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row.service != "", row.service, row.weekday, row.opens)):
        names[row.service] = row.get_service_display() if row.service else ""
        by_service.setdefault(row.service, {}).setdefault(row.weekday, []).append((row.opens, row.closes))
    shown = []
    for service, by_day in by_service.items():
        days: list[dict[str, Any]] = []
        for weekday, times in by_day.items():
            if days and days[-1]["times"] == times and days[-1]["number"] == weekday - 1:
                days[-1].update(last=Weekday(weekday).label, number=weekday)
            else:
                days.append({"first": Weekday(weekday).label, "last": "", "number": weekday, "times": times})
        shown.append({"service": names[service], "days": days})
    return shown


def organisation_face(*, organisation: OrganisationPage, facts: OrganisationPage, gate: Gate) -> dict[str, Any]:
    """Everything about one organisation, in a number of statements that does not depend on its rows."""
    locale, today = organisation.locale, ministry_today()
    members = list(facts.members.all())
    ids = [facts.seat_country_id, *(row.country_id for row in members)]
    countries = country_list_shown_by_id(ids=ids, locale=locale, gate=gate)
    accredited = _in_office(
        MissionAccreditation.objects.filter(organisation__translation_key=facts.translation_key), today=today
    )
    listed = record_list_of_locale(model=MissionPage, locale=locale, gate=gate).filter(
        Q(sending_organisation__translation_key=facts.translation_key) | Q(pk__in=accredited.values("page_id"))
    )
    missions = records_of_sources(sources=listed.order_by(_KIND_RANK, "pk")[:LIST_LIMIT], locale=locale, gate=gate)
    news = NewsOrganisationLink.objects.filter(organisation__translation_key=facts.translation_key).order_by(
        "-page__date", "-page_id"
    )[:20]
    return {
        "seat": countries.get(facts.seat_country_id or 0),
        "members": [
            {"row": row, "country": countries[row.country_id]} for row in members if row.country_id in countries
        ],
        "offices_here": [record for record in missions if record.facts.sending_organisation_id],
        "our_missions": [record for record in missions if not record.facts.sending_organisation_id],
        "news": news_list_shown_by_id(ids=news.values_list("page_id", flat=True), locale=locale, gate=gate),
    }


def person_face(*, person: PersonPage, facts: PersonPage, gate: Gate) -> dict[str, Any]:
    """Everything about one person, in a number of statements that does not depend on the rows."""
    locale, today = person.locale, ministry_today()
    offices = rows_in_language(own=person.offices.all(), facts=facts.offices.all())
    country_ids = [facts.nationality_id, *(row.country_id for row, _text in offices)]
    organisation_ids = [row.organisation_id for row, _text in offices]
    countries = country_list_shown_by_id(ids=country_ids, locale=locale, gate=gate)
    organisations = records_by_ids(model=OrganisationPage, ids=organisation_ids, locale=locale, gate=gate)
    held = MissionAppointment.objects.filter(person__translation_key=facts.translation_key).order_by("-starts_on")
    posts = list(held[:LIST_LIMIT])
    missions = records_by_ids(model=MissionPage, ids=[post.page_id for post in posts], locale=locale, gate=gate)
    news = NewsPersonLink.objects.filter(person__translation_key=facts.translation_key).order_by(
        "-page__date", "-page_id"
    )[:20]
    return {
        "nationality": countries.get(facts.nationality_id or 0),
        "offices": [
            {
                "row": row,
                "title": text.title or row.title or row.get_kind_display(),
                "country": countries.get(row.country_id or 0),
                "organisation": organisations.get(row.organisation_id or 0),
                "is_current": is_in_office(row, today=today),
            }
            for row, text in offices
        ],
        "posts": [
            {"row": row, "mission": missions[row.page_id], "is_current": is_in_office(row, today=today)}
            for row in posts
            if row.page_id in missions
        ],
        "news": news_list_shown_by_id(ids=news.values_list("page_id", flat=True), locale=locale, gate=gate),
    }


def people_and_organisations_of_news(*, page: Any, gate: Gate) -> dict[str, Any]:
    """Whom and which organisations a news item is about; of people, what they were on its day and if that is past."""
    people = records_by_ids(
        model=PersonPage, ids=[row.person_id for row in page.person_links.all()], locale=page.locale, gate=gate
    )
    organisations = records_by_ids(
        model=OrganisationPage,
        ids=[row.organisation_id for row in page.organisation_links.all()],
        locale=page.locale,
        gate=gate,
    )
    if not people and not organisations:
        return {}
    held = news_people_held(
        news_id=page.pk,
        day=page.date or ministry_today(),
        today=ministry_today(),
        gate=gate,
        chain=locale_chain(locale=page.locale.language_code),
    )
    by_key = {row["translation_key"]: each for row, each in held}
    shown = []
    for record in people.values():
        found = by_key.get(key_of(record.page.translation_key))
        office = "" if found is None else _name_of(found)
        shown.append({"record": record, "office": office, "is_past": found is not None and found.is_former})
    return {"people": shown, "organisations": list(organisations.values())}


def _name_of(held: Held) -> str:
    if held.is_post:
        return str(PostKind(held.row["post"]).label)
    return held.row["title"] or str(OfficeKind(held.row["kind"]).label)


def is_in_office(row: Any, *, today: datetime.date) -> bool:
    """Whether a dated row holds on a day."""
    return (row.starts_on is None or row.starts_on <= today) and (row.ends_on is None or row.ends_on >= today)


def _in_office(rows: QuerySet[Any], *, today: datetime.date) -> QuerySet[Any]:
    return rows.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today), Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    )


def _post_rank(post: dict[str, Any]) -> tuple[int, str]:
    posts = [*HEAD_POSTS]
    kind = post["row"].post
    return (posts.index(kind) if kind in posts else len(posts), kind)
