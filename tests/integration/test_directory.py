"""The public directory of missions: GeoJSON, CSV, vCard, iCalendar, and a sheet to print."""

import csv
import datetime
import io
import json
import re

import pytest
from django.utils import translation
from django.utils.translation import gettext
from icalendar.parser import Contentlines

from missions.models import (
    MissionClosure,
    MissionPage,
    PersonPage,
)
from missions.models.choices import ClosureKind, MissionKind, PostKind
from tests.integration.directory_world import consulate_make, embassy_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def embassy(site):
    return embassy_make(site)


@pytest.fixture
def consulate(site):
    return consulate_make(site)


def unfolded(response):
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def test_geojson(client, embassy, consulate):
    response = client.get("/directory/missions.ar.geojson")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Language"] == "ar"
    assert "Vary" not in response.headers
    data = json.loads(response.content)
    by_key = {feature["properties"]["key"]: feature for feature in data["features"]}
    mexico = by_key[embassy.record_key]
    assert mexico["geometry"] == {"type": "Point", "coordinates": [-99.2, 19.43]}
    assert mexico["properties"] == {
        "key": embassy.record_key,
        "locale": "ar",
        "title": "السفارة بمكسيكو",
        "direction": "abroad",
        "kind": "embassy",
        "status": "open",
        "statusSince": None,
        "statusUntil": None,
        "announcedStatus": "",
        "announcedFrom": None,
        "announcedUntil": None,
        "country": "المكسيك",
        "countryCode": "MX",
        "city": "مكسيكو",
        "address": "Paseo de la Reforma 1\nMexico",
        "addressText": "",
        "district": "",
        "timeZone": "America/Mexico_City",
        "workingLanguages": ["fr", "es"],
        "head": "Mme Amina Alaoui",
        "contacts": [
            {"kind": "phone", "purpose": "emergency", "value": "+52 55 5000 0000"},
            {"kind": "email", "purpose": "general", "value": "mexico@example.org"},
            {"kind": "facebook", "purpose": "general", "value": "https://facebook.com/x"},
        ],
        "services": [{"kind": "passports", "conditions": "بموعد.", "bookingUrl": ""}],
        "openingHours": "mon-tue 09:00-12:30",
    }
    brazil = by_key[consulate.record_key]
    assert brazil["geometry"] is None
    assert (brazil["properties"]["locale"], brazil["properties"]["country"]) == ("fr", "البرازيل")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("direction=abroad", ["embassy"]),
        ("direction=here", ["consulate"]),
        ("kind=consulate", ["consulate"]),
        ("country=mx", ["embassy"]),
        ("country=BR", ["consulate"]),
        ("country=AR", []),
        ("country=MX&kind=consulate", []),
    ],
)
def test_filters(client, embassy, consulate, query, found):
    data = json.loads(client.get(f"/directory/missions.fr.geojson?{query}").content)
    assert [feature["properties"]["kind"] for feature in data["features"]] == found


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kind=castle", "kind: one of embassy, "),
        ("direction=up", "direction: one of abroad, here."),
        ("country=MEX", "country: an ISO 3166-1 alpha-2 code"),
        ("country=%00%00", "country: an ISO 3166-1 alpha-2 code"),
        ("key=a%20b", "key: the stable key"),
        ("page=2", "Unknown parameter. Known are: country, direction, key, kind."),
    ],
)
def test_a_filter_that_is_none_is_refused(client, site, query, message):
    response = client.get(f"/directory/missions.fr.geojson?{query}")
    assert response.status_code == 400
    assert response.content.decode().startswith(message)


@pytest.mark.parametrize(
    "path", ["missions.de.geojson", "missions.fr.pdf", "closures.fr.geojson", "missions.fr.ics", "", "missions.FR.csv"]
)
def test_what_is_not_there_is_not_found(client, site, path):
    assert client.get(f"/directory/{path}").status_code == 404


def test_only_reading(client, site):
    assert client.post("/directory/missions.fr.csv").status_code == 405
    assert client.head("/directory/missions.fr.csv").content == b""


def test_csv(client, embassy):
    response = client.get("/directory/missions.fr.csv")
    assert response["Content-Disposition"] == 'attachment; filename="missions.fr.csv"'
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert row["title"] == "Ambassade à Mexico; \\ bureau"
    assert row["longitude"] == "-99.2"
    assert row["contacts"] == "phone:+52 55 5000 0000|email:mexico@example.org|facebook:https://facebook.com/x"


def test_vcard(client, embassy):
    response = client.get("/directory/missions.fr.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    lines = unfolded(response)
    revised = next(line for line in lines if line.startswith("REV:"))
    with translation.override("fr"):
        embassy_named, ambassador = str(MissionKind.EMBASSY.label), str(PostKind.AMBASSADOR.label)
    assert re.fullmatch(r"REV:\d{8}T\d{6}Z", revised)
    assert lines == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"UID:urn:uuid:{embassy.translation_key}",
        r"FN;LANGUAGE=fr:Ambassade à Mexico\; \\ bureau",
        r"ORG:Ambassade à Mexico\; \\ bureau",
        f"CATEGORIES:{embassy_named}",
        r'ADR;LABEL="Paseo de la Reforma 1^nMexico":;;Paseo de la Reforma 1\nMexico;Mexico;;;Mexique',
        'TEL;VALUE=text;TYPE="work,voice";X-PURPOSE=emergency:+52 55 5000 0000',
        "EMAIL;TYPE=work:mexico@example.org",
        "SOCIALPROFILE;SERVICE-TYPE=Facebook:https://facebook.com/x",
        "GEO:geo:19.43,-99.2",
        "TZ:America/Mexico_City",
        "LANG:fr",
        "LANG:es",
        f"NOTE;LANGUAGE=fr:{ambassador}: Mme Amina Alaoui",
        revised,
        "END:VCARD",
        "",
    ]


def test_another_program_reads_the_cards_as_they_were_meant(client, embassy):
    """By the lines of RFC 5545, which those of RFC 6350 are, as a library reads them that had no part in writing."""
    title = "Ambassade; à “Mexico”, \\ bureau " + "السفارة بمكسيكو " * 9 + "\\n."
    MissionPage.objects.filter(pk=embassy.pk).update(title=title, address='Tour "A"; 1^er étage,\nMexico')
    served = client.get("/directory/missions.fr.vcf").content.decode()
    lines = [line.parts() for line in Contentlines.from_ical(served) if line]
    read = {name: value for name, _parameters, value in lines}
    parameters = {name: dict(parameters) for name, parameters, _value in lines}
    assert (read["FN"], read["ORG"], parameters["FN"]) == (title, title, {"LANGUAGE": "fr"})
    assert read["ADR"] == ';;Tour "A"; 1^er étage,\nMexico;Mexico;;;Mexique'
    assert parameters["ADR"] == {"LABEL": 'Tour "A"; 1^er étage,\nMexico'}
    assert parameters["TEL"] == {"VALUE": "text", "TYPE": "work,voice", "X-PURPOSE": "emergency"}
    assert (read["TEL"], read["SOCIALPROFILE"]) == ("+52 55 5000 0000", "https://facebook.com/x")
    assert (lines[0][0], lines[-1][0], len(lines)) == ("BEGIN", "END", 18)


def test_a_mission_that_is_closed_is_said_to_be(client, embassy):
    def told():
        [feature] = json.loads(client.get("/directory/missions.fr.geojson").content)["features"]
        [row] = csv.DictReader(io.StringIO(client.get("/directory/missions.fr.csv").content.decode("utf-8-sig")))
        lines = unfolded(client.get("/directory/missions.fr.vcf"))
        return (
            (feature["properties"]["status"], feature["properties"]["statusSince"]),
            (row["status"], row["status_since"]),
            [line for line in lines if line.startswith(("CATEGORIES", "NOTE"))],
        )

    with translation.override("fr"):
        kind = str(MissionKind.EMBASSY.label)
        head = f"NOTE;LANGUAGE=fr:{PostKind.AMBASSADOR.label}: Mme Amina Alaoui"
    MissionPage.objects.update(status="closed", status_since=None)
    assert told() == (
        ("closed", None),
        ("closed", ""),
        [f"CATEGORIES:{kind},Fermée", "NOTE;LANGUAGE=fr:Fermée", head],
    )
    MissionPage.objects.update(status_since=datetime.date(2024, 3, 5))
    assert told() == (
        ("closed", "2024-03-05"),
        ("closed", "2024-03-05"),
        [f"CATEGORIES:{kind},Fermée", "NOTE;LANGUAGE=fr:Fermée depuis le 5 mars 2024", head],
    )
    # Announced: until that day it is open.
    MissionPage.objects.update(status_since=datetime.date(2199, 3, 5))
    assert told() == (("open", None), ("open", ""), [f"CATEGORIES:{kind}", head])


def test_closures_as_a_calendar(client, embassy):
    response = client.get("/directory/closures.ar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    lines = unfolded(response)
    throne, christmas = embassy.closures.order_by("starts_on")
    stamp = f"DTSTAMP:{embassy.last_published_at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    with translation.override("ar"):
        name, kind = gettext("Closures of missions"), str(ClosureKind(throne.kind).label)
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Diwan//Directory of missions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=ar:السفارة بمكسيكو: عيد العرش",
        "DTSTART;VALUE=DATE:20990730",
        "DTEND;VALUE=DATE:20990731",
        stamp,
        f"UID:{throne.translation_key}",
        f"CATEGORIES:{kind}",
        "LOCATION:مكسيكو",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        f"SUMMARY;LANGUAGE=ar:السفارة بمكسيكو: {kind}",
        "DTSTART;VALUE=DATE:20991224",
        "DTEND;VALUE=DATE:20991227",
        stamp,
        f"UID:{christmas.translation_key}",
        f"CATEGORIES:{kind}",
        "LOCATION:مكسيكو",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert client.get("/directory/closures.ar.ics").content == response.content


def test_what_no_line_of_a_calendar_may_have(client, embassy):
    embassy.closures.filter(reason="Fête du Trône").update(reason="Fête\x0b; du\r\nTrône, \\ \x7f")
    lines = unfolded(client.get("/directory/closures.fr.ics"))
    assert next(line for line in lines if line.startswith("SUMMARY")) == (
        r"SUMMARY;LANGUAGE=fr:Ambassade à Mexico\; \\ bureau: Fête\; du\nTrône\, \\ "
    )


@pytest.mark.parametrize(
    ("first", "last", "lines"),
    [
        ((9999, 12, 30), (9999, 12, 31), ["DTSTART;VALUE=DATE:99991230", "DTEND;VALUE=DATE:99991231"]),
        # Without an end it is that one day.
        ((9999, 12, 31), None, ["DTSTART;VALUE=DATE:99991231"]),
        ((1, 1, 1), None, ["DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010102"]),
    ],
)
def test_a_closure_at_the_end_of_the_calendar(client, embassy, first, last, lines):
    """Forms and imports refuse it; whatever is stored breaks the calendar of nobody else."""
    embassy.closures.all().delete()
    MissionClosure.objects.create(
        page=embassy, starts_on=datetime.date(*first), ends_on=last and datetime.date(*last), locale=embassy.locale
    )
    response = client.get("/directory/closures.fr.ics")
    assert [line for line in unfolded(response) if line.startswith(("DTSTART", "DTEND"))] == lines


def test_a_sheet_to_print(client, embassy, consulate):
    response = client.get(f"/directory/missions.ar.html?key={embassy.record_key}")
    text = response.content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert "<h1><bdi>السفارة بمكسيكو</bdi></h1>" in text
    assert '<bdi dir="ltr">+52 55 5000 0000</bdi>' in text
    assert '<bdi dir="ltr">09:00–12:30</bdi>' in text
    assert "بموعد." in text
    assert "Consulat du Brésil" not in text
    of_country = client.get("/directory/missions.fr.html?country=BR").content.decode()
    assert "<h1><bdi>Consulat du Brésil</bdi></h1>" in of_country


def test_a_copy_that_is_current_is_not_sent_again(client, embassy):
    response = client.get("/directory/missions.fr.geojson")
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Surrogate-Key"].split()[:2] == ["diwan", "t-Mission"]
    again = client.get("/directory/missions.fr.geojson", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    embassy.title = "Ambassade"
    embassy.save_revision().publish()
    changed = client.get("/directory/missions.fr.geojson", headers={"if-none-match": response["ETag"]})
    assert changed.status_code == 200
    assert json.loads(changed.content)["features"][0]["properties"]["title"] == "Ambassade"


@pytest.mark.parametrize(
    "path", ["missions.ar.geojson", "missions.ar.csv", "missions.ar.vcf", "closures.ar.ics", "missions.ar.html"]
)
def test_what_is_hidden_stands_in_no_file(client, embassy, path):
    assert "السفارة" in client.get(f"/directory/{path}").content.decode().replace("\r\n ", "")
    embassy.unpublish()
    text = client.get(f"/directory/{path}").content.decode()
    assert "السفارة" not in text
    assert "+52" not in text
    assert embassy.record_key not in text


def test_a_person_and_a_country_that_are_hidden_are_not_named(client, embassy, site):
    PersonPage.objects.get().unpublish()
    site.country["fr", "MX"].unpublish()
    site.country["ar", "MX"].unpublish()
    site.country["es", "MX"].unpublish()
    text = client.get("/directory/missions.fr.geojson").content.decode()
    [feature] = json.loads(text)["features"]
    assert (feature["properties"]["head"], feature["properties"]["country"]) == ("", "")
    assert feature["properties"]["countryCode"] == ""
    assert "Alaoui" not in text


def test_the_command_writes_the_same_files(client, embassy, tmp_path):
    from django.core.management import call_command

    for form, path in (("geojson", "missions.ar.geojson"), ("vcard", "missions.ar.vcf"), ("ics", "closures.ar.ics")):
        call_command("export_records", "missions", "--format", form, "--locale", "ar", "--output", str(tmp_path / form))
        assert (tmp_path / form).read_bytes() == client.get(f"/directory/{path}").content
