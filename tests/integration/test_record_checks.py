"""What records refuse, whoever saves them: forms, importers, scripts. Each names the field and the reason."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.record_checks import record_clean, record_faults
from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from relations.models import (
    AgreementLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    EventContinentLink,
    EventCountryLink,
    EventPage,
    EventParticipant,
)
from relations.models.checks import links_cycles
from tests.factories.records import record_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def hours(weekday: int, opens: str, closes: str, service: str = "") -> MissionOpening:
    opened, closed = datetime.time.fromisoformat(opens), datetime.time.fromisoformat(closes)
    return MissionOpening(weekday=weekday, opens=opened, closes=closed, service=service)


def mission(site: Any, **changes: Any) -> MissionPage:
    rows = {name: changes.pop(name, []) for name in (*MissionPage.fact_relations, "services", "closures")}
    fields = {
        "title": "Ambassade à Mexico", "slug": "ambassade-a-mexico", "kind": "embassy",
        "host_country": site.country["fr", "MX"], "time_zone": "America/Mexico_City", **changes,
    }  # fmt: skip
    page = MissionPage(locale=site.locale["fr"], **fields)
    for name, children in rows.items():
        setattr(page, name, children)
    return page


def refused(page: Any) -> dict[str, list[str]]:
    try:
        record_clean(page)
    except ValidationError as error:
        return dict(error.message_dict)
    return {}


def test_hours_of_a_day_do_not_overlap_and_stand_the_right_way_round(site) -> None:
    for rows, expected in [
        ([hours(1, "09:00", "12:00"), hours(1, "12:00", "16:00"), hours(2, "09:00", "00:00")], None),
        ([hours(1, "09:00", "12:00"), hours(1, "11:59", "16:00")], "opens"),
        ([hours(1, "14:00", "16:00"), hours(1, "00:00", "00:00")], "opens"),
        ([hours(1, "09:00", "09:00")], "closes"),
        ([hours(1, "16:00", "09:00")], "closes"),
        ([hours(1, "09:00", "12:00"), hours(1, "10:00", "11:00", "visas")], None),
        ([hours(1, "09:00", "12:00", "passports")], "service"),
        ([hours(8, "09:00", "12:00")], "weekday"),
    ]:
        page = mission(site, services=[MissionService(kind="visas")], opening_hours=rows)
        assert [fault.field for fault in record_faults(page)] == ([expected] if expected else [])
        assert list(refused(page)) == (["opening_hours"] if expected else [])


def test_hours_need_a_time_zone_that_exists(site) -> None:
    rows = [hours(1, "09:00", "12:00")]
    assert list(refused(mission(site, opening_hours=rows, time_zone=""))) == ["time_zone"]
    assert refused(mission(site, time_zone="")) == {}
    for name in ("Mars/Olympus", "../etc/passwd", "america/mexico_city", "posix/Africa/Rabat"):
        with pytest.raises(ValidationError) as error:
            mission(site, time_zone=name).clean_fields()
        assert (
            list(error.value.message_dict) == ["time_zone", "path", "depth"] or "time_zone" in error.value.message_dict
        )


@pytest.mark.parametrize(
    ("latitude", "longitude", "fields"),
    [
        (90.0, -180.0, []),
        (None, None, []),
        (90.1, 0.0, ["latitude"]),
        (0.0, 180.5, ["longitude"]),
        (19.4, None, ["longitude"]),
        (None, -99.1, ["latitude"]),
        (float("nan"), 0.0, ["latitude"]),
        (0.0, float("inf"), ["longitude"]),
    ],
)
def test_coordinates_are_possible_and_two(site, latitude, longitude, fields) -> None:
    page = mission(site, latitude=latitude, longitude=longitude, path="00010001", depth=2)
    found: list[str] = []
    try:
        page.full_clean(exclude=["path", "depth", "slug"])
    except ValidationError as error:
        found = list(error.message_dict)
    assert found == fields


def test_closures_do_not_overlap(site) -> None:
    one_day = MissionClosure(starts_on=day("2026-05-01"))
    for other, expected in [
        (("2026-05-02", None), []),
        (("2026-04-28", "2026-04-30"), []),
        (("2026-05-01", None), ["closures"]),
        (("2026-04-28", "2026-05-02"), ["closures"]),
        (("2026-05-05", "2026-05-04"), ["closures"]),
    ]:
        closure = MissionClosure(starts_on=day(other[0]), ends_on=day(other[1]))
        assert list(refused(mission(site, closures=[one_day, closure]))) == expected


def test_a_mission_is_not_accredited_to_itself_nor_twice(site) -> None:
    mexico, brazil, morocco = (site.country["fr", code] for code in ("MX", "BR", "MA"))

    def told(*rows: tuple[Any, str | None, str | None], **changes: Any) -> list[str]:
        children = [MissionAccreditation(country=country, starts_on=day(a), ends_on=day(b)) for country, a, b in rows]
        return refused(mission(site, accreditations=children, **changes)).get("accreditations", [])

    assert told((brazil, None, None)) == []
    assert told((brazil, "2001-01-01", "2005-12-31"), (brazil, "2005-12-31", None)) == []
    assert len(told((brazil, "2001-01-01", None), (brazil, "2005-12-31", None))) == 1
    assert len(told((brazil, "2006-01-01", "2005-12-31"))) == 1
    assert len(told((mexico, None, None))) == 1
    assert len(told((morocco, None, None))) == 1
    here = {"direction": "here", "host_country": None, "sending_country": mexico}
    assert len(told((mexico, None, None), **here)) == 1
    assert len(told((morocco, None, None), **here)) == 1
    assert told((brazil, None, None), **here) == []


def test_one_ambassador_at_a_time(site) -> None:
    first, second = (
        record_make(PersonPage, home=site.home["fr"], title=name) for name in ("Nadia Sample", "Omar Sample")
    )

    def told(*rows: tuple[Any, str, str | None, str | None], kind: str = "embassy") -> list[str]:
        children = [
            MissionAppointment(person=person, post=post, starts_on=day(a), ends_on=day(b))
            for person, post, a, b in rows
        ]
        return refused(mission(site, kind=kind, appointments=children)).get("appointments", [])

    ambassador = (first, "ambassador", "2019-03-01", "2023-06-30")
    assert told(ambassador, (second, "ambassador", "2023-06-30", None)) == []
    assert len(told(ambassador, (second, "ambassador", "2023-06-29", None))) == 1
    # A beginning that is not known overlaps nothing but what lasts.
    assert told(ambassador, (second, "ambassador", None, "2018-01-01")) == []
    assert len(told((first, "ambassador", None, None), (second, "ambassador", None, None))) == 1
    # A chargé stands in; there are many secretaries; a consulate has one consul and a consulate general several.
    assert told(ambassador, (second, "charge_d_affaires", "2020-01-01", "2020-02-01")) == []
    assert told((first, "secretary", None, None), (second, "secretary", None, None)) == []
    assert len(told((first, "secretary", None, None), (first, "secretary", None, None))) == 1
    consuls = [(first, "consul", "2020-01-01", None), (second, "consul", "2021-01-01", None)]
    assert told(*consuls, kind="consulate_general") == []
    assert len(told(*consuls, kind="consulate")) == 1
    assert len(told((first, "ambassador", "2024-01-01", "2023-01-01"))) == 1


@pytest.mark.parametrize(
    ("copied", "presented", "fields"),
    [
        (None, "2020-03-01", []),
        (None, "2020-02-29", ["credentials_on"]),
        ("2019-03-01", "2020-04-01", []),
        ("2019-02-01", "2020-04-01", ["credentials_copy_on"]),
        ("1999-01-01", None, ["credentials_copy_on"]),
    ],
)
def test_credentials_belong_to_the_appointment(site, copied, presented, fields) -> None:
    person = record_make(PersonPage, home=site.home["fr"], title="Nadia Sample")
    row = MissionAppointment(person=person, post="ambassador", starts_on=day("2020-03-01"))
    row.credentials_copy_on, row.credentials_on = day(copied), day(presented)
    assert [fault.field for fault in record_faults(mission(site, appointments=[row]))] == fields
    row.starts_on = None
    assert refused(mission(site, appointments=[row])) == {}


def test_an_office_is_of_one_country_or_organisation_and_held_once_at_a_time(site) -> None:
    mexico, brazil = site.country["fr", "MX"], site.country["fr", "BR"]
    union = record_make(OrganisationPage, home=site.home["fr"], title="Union", kind="regional")
    page = PersonPage(locale=site.locale["fr"], title="Nadia Sample", slug="nadia-sample")

    def told(*rows: PersonOffice) -> list[tuple[str, str]]:
        for row in rows:
            row.locale = site.locale["fr"]
        page.offices = list(rows)
        assert bool(refused(page)) == bool(list(record_faults(page)))
        return [(fault.relation, fault.field) for fault in record_faults(page)]

    def office(kind: str = "minister", a: str | None = "2001-01-01", b: str | None = None, **rest: Any) -> PersonOffice:
        return PersonOffice(kind=kind, starts_on=day(a), ends_on=day(b), **rest)

    assert told(office(country=mexico), office("envoy", organisation=union), office("head_of_state")) == []
    assert told(office(country=mexico, organisation=union)) == [("offices", "organisation")]
    assert told(office(), office(a="2005-01-01")) == [("offices", "kind")]
    assert told(office(b="2005-01-01"), office(a="2005-01-01")) == []
    assert told(office(country=mexico), office(country=brazil)) == []
    # A minister of two things.
    assert told(office(title="Ministre de la pêche"), office(title="Ministre du commerce")) == []
    assert told(office(title="Ministre de la pêche"), office(title="ministre de la Pêche")) == [("offices", "kind")]


def test_somebody_takes_part_for_a_country_or_an_organisation(site) -> None:
    union = record_make(OrganisationPage, home=site.home["fr"], title="Union", kind="regional")
    page = EventPage(
        locale=site.locale["fr"], title="Sommet", slug="sommet", kind="summit", starts_on=day("2004-11-24")
    )
    page.country_links = [EventCountryLink(country=site.country["fr", "MX"])]
    row = EventParticipant(locale=site.locale["fr"], name="Nadia", country=site.country["fr", "MX"], organisation=union)
    page.participants = [row]
    assert [(fault.relation, fault.field) for fault in record_faults(page)] == [("participants", "organisation")]
    row.country = None
    assert refused(page) == {}


def test_services_stand_once_and_contacts_are_what_they_say(site) -> None:
    twice = [MissionService(kind="visas"), MissionService(kind="visas")]
    assert len(refused(mission(site, services=twice))["services"]) == 1
    found = refused(mission(site, contacts=[MissionContact(kind="phone", value="055 12")]))
    assert len(found["contacts"]) == 1


def test_memberships_of_a_country_do_not_overlap(site) -> None:
    page = OrganisationPage(locale=site.locale["fr"], title="Union africaine", kind="regional")
    morocco = site.country["fr", "MA"]
    left = OrganisationMember(country=morocco, starts_on=day("1963-05-25"), ends_on=day("1984-11-12"))
    page.members = [left, OrganisationMember(country=morocco, starts_on=day("2017-01-30"))]
    assert refused(page) == {}
    page.members = [left, OrganisationMember(country=morocco, starts_on=day("1980-01-01"))]
    assert list(refused(page)) == ["members"]


def stages(*given: tuple[str, str] | tuple[str, str, str]) -> list[AgreementStage]:
    return [AgreementStage(kind=kind, date=day(date), precision=(*rest, "day")[0]) for kind, date, *rest in given]


def agreement(site: Any, *rows: AgreementStage) -> AgreementPage:
    page = AgreementPage(locale=site.locale["fr"], title="Accord", slug="accord", field="trade")
    page.parties = [AgreementParty(country=site.country["fr", "MX"])]
    page.stages = list(rows)
    return page


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ([("signed", "1999-04-01"), ("in_force", "1999-04-01")], 0),
        ([("signed", "1999-04-02"), ("in_force", "1999-04-01")], 1),
        ([("in_force", "1999-04-01"), ("signed", "1999-04-02")], 1),
        ([("signed", "1999-06-01"), ("in_force", "1999-01-01", "year")], 0),
        ([("negotiated", "1999-04-01"), ("signed", "1999-03-01", "month")], 1),
        ([("signed", "1999-04-01"), ("ratified", "1998-04-01"), ("ratified", "2000-04-01")], 1),
        ([("signed", "1999-04-01"), ("signed", "1999-04-02")], 1),
        ([("in_force", "1999-04-01"), ("terminated", "1998-04-02")], 1),
        ([("in_force", "1999-04-01"), ("in_force", "2005-04-02")], 1),
        ([("in_force", "1999-04-01"), ("suspended", "2001-01-01"), ("in_force", "2005-04-02")], 0),
        ([("ratified", "2001-01-01"), ("in_force", "2000-04-02")], 0),
        ([("in_force", "1990-01-01"), ("in_force", "2000-01-01"), ("suspended", "2010-01-01")], 1),
        ([("in_force", "1990-01-01"), ("suspended", "1989-01-01"), ("in_force", "2000-01-01")], 2),
        ([("in_force", "2000-05-01"), ("suspended", "2000-01-01", "year"), ("in_force", "2000-09-01")], 0),
        ([("in_force", "2000-01-01"), ("suspended", "1995-01-01"), ("in_force", "1990-01-01")], 0),
        ([("signed", "1990-01-01"), ("suspended", "2010-01-01")], 1),
        ([("negotiated", "2000-01-01"), ("ratified", "1999-01-01")], 1),
        ([("negotiated", "2000-01-01"), ("signed", "2001-01-01"), ("ratified", "1999-01-01")], 1),
        ([("signed", "1990-01-01"), ("terminated", "2000-01-01"), ("amended", "2001-01-01")], 1),
        ([("signed", "1990-01-01"), ("terminated", "2000-01-01"), ("ratified", "2001-01-01")], 1),
        ([("signed", "1990-01-01"), ("terminated", "2000-01-01", "year"), ("ratified", "2000-06-01")], 0),
        ([("signed", "1990-01-01"), ("terminated", "2000-01-01"), ("published", "2001-01-01")], 0),
    ],
)
def test_stages_follow_each_other(site, given, count) -> None:
    assert len(refused(agreement(site, *stages(*given))).get("stages", [])) == count


def test_an_agreement_is_with_somebody_and_once(site) -> None:
    page = agreement(site)
    page.parties = []
    assert list(refused(page)) == ["parties"]
    page.parties = [AgreementParty(country=site.country["fr", "MX"]) for _ in range(2)]
    assert len(refused(page)["parties"]) == 1
    page.parties = [AgreementParty()]
    assert len(refused(page)["parties"]) == 1


def test_instruments_do_not_amend_each_other_in_a_circle(site) -> None:
    def made(title: str) -> AgreementPage:
        party = AgreementParty(country=site.country["fr", "MX"])
        rows = {"parties": [party]}
        return record_make(AgreementPage, home=site.home["fr"], title=title, field="trade", rows=rows)

    first, second, third = made("A"), made("B"), made("C")
    for page, target in ((first, second), (second, third)):
        page.links = [AgreementLink(kind="amends", agreement=target)]
        page.save()
    for target, kind, count in [
        (first, "amends", 1),
        (second, "amends", 1),
        (third, "amends", 1),
        (first, "replaces", 0),
    ]:
        third.links = [AgreementLink(kind=kind, agreement=target)]
        assert len(refused(third).get("links", [])) == count
    third.links = [AgreementLink(kind="amends", agreement=first)]
    with pytest.raises(ValidationError):
        third.save()
    assert AgreementLink.objects.filter(page=third).count() == 0


def test_cycles_among_many_links_are_found_without_asking() -> None:
    links = [(1, "amends", 2), (2, "amends", 3), (3, "replaces", 1), (4, "amends", 4)]
    assert links_cycles(links) == [[4]]
    assert links_cycles([*links, (3, "amends", 1)]) == [[1, 2, 3], [4]]
    chain = [(number, "amends", number + 1) for number in range(20_000)]
    assert links_cycles(chain) == []


def test_an_event_is_about_somebody_and_a_visit_goes_somewhere(site) -> None:
    page = EventPage(locale=site.locale["fr"], title="Visite", slug="visite", kind="visit", starts_on=day("2004-11-24"))
    assert list(refused(page)) == ["country_links"]
    page.country_links = [EventCountryLink(country=site.country["fr", "MX"])]
    assert refused(page) == {}
    page.country_links = []
    page.continent_links = [EventContinentLink(continent=site.continent["fr", "019"])]
    assert refused(page) == {}
    assert [(fault.field, fault.missing) for fault in page.column_faults()] == [("direction", True)]
    page.direction = "outgoing"
    assert list(page.column_faults()) == []
    page.kind = "summit"
    assert [fault.field for fault in page.column_faults()] == ["direction"]


def test_rows_in_memory_are_checked_without_a_statement(site) -> None:
    page = mission(
        site,
        services=[MissionService(kind="visas")],
        opening_hours=[hours(number, "09:00", "12:00") for number in range(1, 6)],
        contacts=[MissionContact(kind="phone", value="+52 55 5000 0000")],
    )
    with CaptureQueriesContext(connection) as captured:
        record_clean(page)
    assert len(captured) == 0


def test_whoever_saves_a_live_record_is_refused_what_contradicts_itself(site) -> None:
    good = [hours(1, "09:00", "12:00")]
    page = record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade à Mexico",
        kind="embassy",
        host_country=site.country["fr", "MX"],
        time_zone="America/Mexico_City",
        rows={"opening_hours": good},
    )
    page.opening_hours = [hours(1, "09:00", "12:00"), hours(1, "10:00", "13:00")]
    with pytest.raises(ValidationError) as error:
        page.save()
    assert list(error.value.message_dict) == ["opening_hours"]
    assert MissionOpening.objects.filter(page=page).count() == 1
