"""Missions over HTTP: the facts and texts of one, whom it is accredited to, who works there, when it is open."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from wagtail.models import PageViewRestriction

from api.choices import label_of
from missions.models import MissionAppointment, MissionPage, MissionService
from missions.models.choices import MissionKind, PostKind, ServiceKind, Weekday
from tests.asking import ask, body_of, codes_of, post
from tests.factories.missions import Missions, hours, mission_make, missions_make, path_of
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db


@pytest.fixture
def missions(site_tree: SiteTree) -> Missions:
    return missions_make(site_tree)


def mission(page: Any, fields: str, locale: str = "FR") -> dict[str, Any]:
    """Some fields of a mission, asked for by the text of its title's first word and its id."""
    data = ask(f'{{ route(path: "{path_of(page)}", locale: {locale}) {{ ... on Mission {{ {fields} }} }} }}')
    found: dict[str, Any] = data["route"]
    return found


def test_facts_are_the_same_in_every_language_and_texts_are_the_readers(missions: Missions) -> None:
    fields = """title missionDirection missionKind missionStatus statusSince hostCountry { name }
      sendingCountry { name } sendingOrganisation { title } city address addressText district
      coordinates { latitude longitude } timeZone workingLanguages { code name }"""
    french, arabic = mission(missions.embassy, fields), mission(missions.embassy_in_arabic, fields, "AR")
    assert french == {
        "title": "Ambassade à Mexico",
        "missionDirection": "ABROAD",
        "missionKind": "EMBASSY",
        "missionStatus": "OPEN",
        "statusSince": "1962-10-31",
        "hostCountry": {"name": "Mexique"},
        "sendingCountry": None,
        "sendingOrganisation": None,
        "city": "Mexico",
        "address": "Av. Ejemplo 1\n11000 Ciudad de México",
        "addressText": "1, avenue de l’Exemple, 11000 Mexico",
        "district": "Tout le Mexique.",
        "coordinates": {"latitude": 19.43, "longitude": -99.2},
        "timeZone": "America/Mexico_City",
        "workingLanguages": [
            {"code": "fr", "name": "français"},
            {"code": "ar", "name": "arabe"},
            {"code": "es", "name": "espagnol"},
        ],
    }
    assert arabic == french | {
        "title": "السفارة بمكسيكو",
        "hostCountry": {"name": "المكسيك"},
        "city": "مكسيكو",
        "addressText": "شارع المثال 1، مكسيكو",
        "district": None,
        "workingLanguages": [
            {"code": "fr", "name": "الفرنسية"},
            {"code": "ar", "name": "العربية"},
            {"code": "es", "name": "الإسبانية"},
        ],
    }


def test_an_address_for_readers_is_that_of_the_place_where_editors_wrote_none(site_tree: SiteTree) -> None:
    page = mission_make(site_tree, "Ambassade", address="Av. Ejemplo 1", time_zone="")
    fields = "address addressText city coordinates { latitude } timeZone workingLanguages { code } isOpen nextOpening"
    assert mission(page, fields) == {
        "address": "Av. Ejemplo 1",
        "addressText": "Av. Ejemplo 1",
        "city": None,
        "coordinates": None,
        "timeZone": None,
        "workingLanguages": [],
        "isOpen": None,
        "nextOpening": None,
    }


def test_contacts_and_those_for_emergencies(missions: Missions) -> None:
    found = mission(missions.embassy, "contacts { kind purpose value } emergencyContacts { value }")
    assert found == {
        "contacts": [
            {"kind": "PHONE", "purpose": "GENERAL", "value": "+52 55 5000 0000"},
            {"kind": "PHONE", "purpose": "EMERGENCY", "value": "+52 55 5000 0001"},
            {"kind": "EMAIL", "purpose": "CONSULAR", "value": "consulat@example.org"},
        ],
        "emergencyContacts": [{"value": "+52 55 5000 0001"}],
    }


def test_services_say_the_language_of_their_text_and_their_hours(missions: Missions) -> None:
    fields = "services { kind conditions locale bookingUrl openingHours { weekday opens closes service } }"
    general = [
        {"weekday": day, "opens": "09:00", "closes": "12:30", "service": None}
        for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")
    ]
    own = [{"weekday": "TUESDAY", "opens": "14:00", "closes": "24:00", "service": "VISAS"}]
    passports = {"kind": "PASSPORTS", "bookingUrl": "https://rdv.example.org/", "openingHours": general}
    visas = {"kind": "VISAS", "bookingUrl": None, "conditions": None, "locale": None, "openingHours": own}
    french = {"services": [passports | {"conditions": "Sur rendez-vous.", "locale": "FR"}, visas]}
    assert mission(missions.embassy, fields) == french
    arabic = {"services": [passports | {"conditions": "بموعد.", "locale": "AR"}, visas]}
    assert mission(missions.embassy_in_arabic, fields, "AR") == arabic
    # A condition that nobody has translated is said in the next language of the chain.
    MissionService.objects.filter(page=missions.embassy_in_arabic).update(conditions="")
    assert mission(missions.embassy_in_arabic, fields, "AR") == french


def test_facts_of_services_are_those_of_the_source(missions: Missions) -> None:
    MissionService.objects.filter(page=missions.embassy_in_arabic).update(booking_url="https://old.example.org/")
    MissionService.objects.filter(page=missions.embassy, kind="passports").update(booking_url="")
    found = mission(missions.embassy_in_arabic, "services { bookingUrl conditions }", "AR")
    assert found["services"][0] == {"bookingUrl": None, "conditions": "بموعد."}


def test_closures_say_the_language_of_their_reason(missions: Missions) -> None:
    found = mission(missions.embassy_in_arabic, "closures { startsOn endsOn kind reason locale }", "AR")
    assert found["closures"] == [
        {
            "startsOn": "2026-07-30",
            "endsOn": "2026-07-30",
            "kind": "PUBLIC_HOLIDAY",
            "reason": "عيد العرش",
            "locale": "AR",
        },
        {"startsOn": "2026-12-24", "endsOn": "2026-12-26", "kind": "EXCEPTIONAL", "reason": "Travaux", "locale": "FR"},
    ]


def test_names_of_values_come_from_the_catalogues_of_the_readers_language(missions: Missions) -> None:
    class Kind(TextChoices):
        COUNTRY = "country", gettext_lazy("country")

    assert [label_of(Kind, "country", code) for code in ("fr", "ar", "es")] == ["pays", "بلد", "país"]
    fields = """missionKindLabel missionStatusLabel contacts { label purposeLabel } services { label }
      openingHours { weekdayLabel serviceLabel } closures { label } head { label }"""
    found = mission(missions.embassy_in_arabic, fields, "AR")
    with translation.override("ar"):
        assert found["missionKindLabel"] == str(MissionKind.EMBASSY.label)
        assert found["services"] == [{"label": str(kind.label)} for kind in (ServiceKind.PASSPORTS, ServiceKind.VISAS)]
        assert found["head"] == {"label": str(PostKind.AMBASSADOR.label)}
        assert found["openingHours"][1] == {
            "weekdayLabel": str(Weekday.TUESDAY.label),
            "serviceLabel": None,
        }


HEAD = "head { person { title } post startsOn endsOn isCurrent credentialsCopyOn credentialsOn }"


def test_the_head_is_who_holds_the_highest_post_today(missions: Missions) -> None:
    expected = {
        "person": {"title": "Amina Exemple"},
        "post": "AMBASSADOR",
        "startsOn": "2020-02-01",
        "endsOn": None,
        "isCurrent": True,
        "credentialsCopyOn": "2020-02-10",
        "credentialsOn": "2020-03-03",
    }
    assert mission(missions.embassy, HEAD) == {"head": expected}
    today = timezone.localdate()
    ambassador = MissionAppointment.objects.filter(post="ambassador")
    # The last day counts; on the next, the consul is the highest.
    ambassador.update(ends_on=today)
    assert mission(missions.embassy, "head { post }") == {"head": {"post": "AMBASSADOR"}}
    ambassador.update(ends_on=today - timedelta(days=1))
    assert mission(missions.embassy, "head { post }") == {"head": {"post": "CONSUL"}}
    ambassador.update(starts_on=today + timedelta(days=1), ends_on=None)
    assert mission(missions.embassy, "head { post }") == {"head": {"post": "CONSUL"}}
    MissionAppointment.objects.filter(post="consul").update(post="counsellor")
    assert mission(missions.embassy, "head { post } staff { post }") == {
        "head": None,
        "staff": [{"post": "COUNSELLOR"}],
    }


def test_of_two_who_hold_one_post_the_later_one_heads(missions: Missions) -> None:
    MissionAppointment.objects.filter(post="consul").update(post="ambassador", starts_on=date(2024, 5, 1))
    assert mission(missions.embassy, "head { startsOn }") == {"head": {"startsOn": "2024-05-01"}}
    MissionAppointment.objects.filter(starts_on=date(2024, 5, 1)).update(starts_on=None)
    assert mission(missions.embassy, "head { startsOn }") == {"head": {"startsOn": "2020-02-01"}}


def test_staff_now_and_at_other_times(missions: Missions) -> None:
    fields = "now: staff { post } past: staff(current: false) { post isCurrent } all: staff(current: null) { post }"
    assert mission(missions.embassy, fields) == {
        "now": [{"post": "AMBASSADOR"}, {"post": "CONSUL"}],
        "past": [{"post": "CHARGE_D_AFFAIRES", "isCurrent": False}],
        "all": [{"post": "CHARGE_D_AFFAIRES"}, {"post": "AMBASSADOR"}, {"post": "CONSUL"}],
    }


def test_a_hidden_person_holds_no_post(missions: Missions) -> None:
    PageViewRestriction.objects.create(page=missions.ambassador, restriction_type="login")
    found = mission(missions.embassy, "head { post person { title } } staff(current: null) { post }")
    assert found == {
        "head": {"post": "CONSUL", "person": {"title": "Driss Échantillon"}},
        "staff": [{"post": "CHARGE_D_AFFAIRES"}, {"post": "CONSUL"}],
    }


def test_a_person_in_no_language_of_the_reader_is_not_named(missions: Missions) -> None:
    query = """{ missions(locale: AR, fallback: []) { nodes { title head { post person { title } } } } }"""
    assert ask(query)["missions"]["nodes"] == [
        {"title": "السفارة بمكسيكو", "head": {"post": "AMBASSADOR", "person": None}}
    ]


def test_accreditations_that_hold_and_those_that_held(missions: Missions, site_tree: SiteTree) -> None:
    fields = "accreditations { country { name } organisation { title } startsOn endsOn isCurrent }"
    cuba = {
        "country": {"name": "Cuba"},
        "organisation": None,
        "startsOn": "2017-04-21",
        "endsOn": None,
        "isCurrent": True,
    }
    assert mission(missions.embassy, fields) == {"accreditations": [cuba]}
    past = mission(missions.embassy, "accreditations(current: false) { country { code } endsOn isCurrent }")
    assert past["accreditations"] == [{"country": {"code": "JM"}, "endsOn": "2010-12-31", "isCurrent": False}]
    assert mission(missions.permanent, "accreditations { country { name } organisation { title } }") == {
        "accreditations": [{"country": None, "organisation": {"title": "Organisation des Nations unies"}}]
    }
    # What is hidden is not named, and leaves no gap.
    PageViewRestriction.objects.create(page=site_tree.country["fr", "CU"], restriction_type="login")
    assert mission(missions.embassy, "accreditations { startsOn }") == {"accreditations": []}


def test_open_by_the_clock_of_the_place_and_by_the_hours_of_a_service(missions: Missions) -> None:
    # On 1 December 2026, a Tuesday, Mexico City is six hours behind UTC.
    moments = {"before": "2026-12-01T14:59:00Z", "open": "2026-12-01T09:00:00-06:00", "noon": "2026-12-01T18:30:00Z"}
    asked = " ".join(f'{name}: isOpen(at: "{at}")' for name, at in moments.items())
    services = 'visas: isOpen(at: "2026-12-02T05:59:59Z", service: VISAS) none: isOpen(service: NOTARIAL)'
    found = mission(missions.embassy, f'{asked} {services} holiday: isOpen(at: "2026-12-24T16:00:00Z")')
    assert found == {
        "before": False,
        "open": True,
        "noon": False,
        "visas": True,
        "none": False,
        "holiday": False,
    }


def test_when_it_opens_next(missions: Missions) -> None:
    asked = {
        "morning": 'nextOpening(after: "2026-12-01T14:59:00Z")',
        "later": 'nextOpening(after: "2026-12-01T15:00:00Z")',
        "holidays": 'nextOpening(after: "2026-12-23T20:00:00Z")',
        "visas": 'nextOpening(after: "2026-12-01T20:00:00Z", service: VISAS)',
        "none": 'nextOpening(after: "2026-12-01T20:00:00Z", service: NOTARIAL)',
    }
    found = mission(missions.embassy, " ".join(f"{name}: {field}" for name, field in asked.items()))
    assert found == {
        "morning": "2026-12-01T09:00:00-06:00",
        "later": "2026-12-02T09:00:00-06:00",
        # 24 to 26 December are closed, and the 27th is a Sunday.
        "holidays": "2026-12-28T09:00:00-06:00",
        "visas": "2026-12-08T14:00:00-06:00",
        "none": None,
    }


def test_a_mission_that_is_not_at_work_is_not_open(missions: Missions) -> None:
    fields = 'isOpen(at: "2026-12-01T16:00:00Z") nextOpening(after: "2026-12-01T16:00:00Z")'
    pages = MissionPage.objects.filter(pk=missions.embassy.pk)
    answers = {}
    for status, since in (
        ("closed", None),
        ("suspended", date(2026, 12, 1)),
        ("closed", date(2026, 12, 2)),
        ("relocated", date(2026, 12, 9)),
        ("open", date(2026, 12, 3)),
    ):
        pages.update(status=status, status_since=since)
        answers[status, since] = list(mission(missions.embassy, fields).values())
    assert answers == {
        ("closed", None): [False, None],
        ("suspended", date(2026, 12, 1)): [False, None],
        # From tomorrow on: until then it is at work.
        ("closed", date(2026, 12, 2)): [True, None],
        ("relocated", date(2026, 12, 9)): [True, "2026-12-02T09:00:00-06:00"],
        ("open", date(2026, 12, 3)): [False, "2026-12-03T09:00:00-06:00"],
    }


def test_a_mission_with_hours_of_services_alone_is_open_when_a_service_is(site_tree: SiteTree) -> None:
    rows = {
        "services": [MissionService(kind="visas"), MissionService(kind="passports")],
        "opening_hours": hours("09:00", "10:00", service="visas"),
    }
    page = mission_make(site_tree, "Ambassade", time_zone="UTC", rows=rows)
    at = '(at: "2026-12-01T09:30:00Z"'
    assert mission(page, f"a: isOpen{at}) b: isOpen{at}, service: VISAS) c: isOpen{at}, service: PASSPORTS)") == {
        "a": True,
        "b": True,
        "c": None,
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('isOpen(at: "2026-12-01T09:30:00")', "`at` needs an offset from UTC, for example 2026-11-30T09:00:00Z."),
        ('isOpen(at: "0001-01-01T00:00:00Z")', "`at` must lie in the years 1900 to 2200."),
        ('nextOpening(after: "9999-12-31T23:59:59Z")', "`after` must lie in the years 1900 to 2200."),
        ('nextOpening(after: "1900-01-01T00:00:00Z")', "`after` must be 5 years from now at most."),
        ('nextOpening(after: "2199-01-01T00:00:00Z")', "`after` must be 5 years from now at most."),
    ],
)
def test_moments_that_cannot_be_told_are_refused(missions: Missions, arguments: str, message: str) -> None:
    response = post({"query": f"{{ missions(first: 1) {{ nodes {{ title {arguments} }} }} }}"})
    assert codes_of(response) == ["BAD_USER_INPUT"]
    assert body_of(response)["errors"][0]["message"] == message
    assert body_of(response)["data"]["missions"]["nodes"][0]["title"] == "Ambassade à Mexico"
