"""The plain HTML pages of missions, organisations, people, events and agreements."""

import datetime
import re

import pytest
from wagtail.models import PageViewRestriction

from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionIndexPage,
    MissionOpening,
    MissionPage,
    MissionService,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from relations.models import (
    AgreementPage,
    AgreementParty,
    AgreementStage,
    EventCountryLink,
    EventPage,
    EventParticipant,
)
from tests.factories import SiteTree
from tests.factories.records import record_make
from tests.plain import html_of, words_of

pytestmark = [pytest.mark.once, pytest.mark.django_db]
D = datetime.date


@pytest.fixture
def site(site_tree: SiteTree) -> SiteTree:
    return site_tree


@pytest.fixture
def person(site: SiteTree) -> PersonPage:
    made: PersonPage = record_make(
        PersonPage,
        home=site.home["fr"],
        title="Amina Alami",
        courtesy_title="Mme",
        rows={
            "offices": [
                PersonOffice(kind="minister", title="Ministre du Plan", starts_on=D(2010, 1, 1), ends_on=D(2012, 1, 1))
            ]
        },
    )
    return made


@pytest.fixture
def organisation(site: SiteTree) -> OrganisationPage:
    made: OrganisationPage = record_make(
        OrganisationPage,
        home=site.home["fr"],
        title="Communauté des Caraïbes",
        acronym="CARICOM",
        kind="sub_regional",
        seat_city="Georgetown",
        founded_on=D(1973, 7, 4),
        website="https://caricom.org",
        rows={"members": [OrganisationMember(country=site.country["fr", "BR"], starts_on=D(2002, 7, 2))]},
    )
    return made


@pytest.fixture
def embassy(site: SiteTree, person: PersonPage, organisation: OrganisationPage) -> MissionPage:
    made: MissionPage = record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade à Mexico",
        kind="embassy",
        host_country=site.country["fr", "MX"],
        city="Mexico",
        address="Calle 1\n11000 Ciudad de México",
        time_zone="America/Mexico_City",
        working_languages="es, fr",
        rows={
            "accreditations": [
                MissionAccreditation(country=site.country["fr", "BR"]),
                MissionAccreditation(organisation=organisation),
                MissionAccreditation(country=site.country["fr", "US"], ends_on=D(2001, 1, 1)),
            ],
            "contacts": [MissionContact(kind="phone", purpose="emergency", value="+52 55 5000 0000")],
            "services": [MissionService(kind="passports", conditions="Sur rendez-vous.")],
            "opening_hours": [
                *(MissionOpening(weekday=day, opens=datetime.time(9), closes=datetime.time(16)) for day in (1, 2, 3)),
                MissionOpening(weekday=5, opens=datetime.time(9), closes=datetime.time(12)),
            ],
            "closures": [MissionClosure(starts_on=D(2099, 7, 30), reason="Fête du Trône")],
            "appointments": [
                MissionAppointment(person=person, post="ambassador", starts_on=D(2024, 1, 1)),
            ],
        },
    )
    return made


def translated(embassy: MissionPage, site: SiteTree, *, code: str = "ar") -> MissionPage:
    """The embassy in Arabic; its columns of facts are wrong, as those of translations may be."""
    [service], [closure] = embassy.services.all(), embassy.closures.all()
    made: MissionPage = record_make(
        MissionPage,
        home=site.home[code],
        title="السفارة بمكسيكو",
        slug=embassy.slug,
        translation_key=embassy.translation_key,
        kind="consulate",
        city="مكسيكو",
        rows={
            "services": [MissionService(kind="visas", conditions="بموعد.", translation_key=service.translation_key)],
            "closures": [
                MissionClosure(starts_on=D(2001, 1, 1), reason="عيد", translation_key=closure.translation_key)
            ],
        },
    )
    return made


def test_a_mission_shows_its_facts(client, site, embassy):
    html = html_of(client, embassy)
    words = words_of(html)
    for part in (
        "Mexico",
        "Calle 1",
        "11000 Ciudad de México",
        "espagnol, français",
        "Sur rendez-vous.",
        "Amina Alami",
    ):
        assert part in words
    assert '<a href="tel:+525550000000" dir="ltr">+52 55 5000 0000</a>' in html
    # Days with the same hours are one line.
    assert len(re.findall(r'<bdi dir="ltr">09:00–16:00</bdi>', html)) == 1
    assert '<bdi dir="ltr">09:00–12:00</bdi>' in html
    assert "30 juillet 2099" in words
    assert f'href="{site.country["fr", "BR"].get_url()}"' in html
    assert "CARICOM" not in words
    assert "Communauté des Caraïbes" in words
    # An accreditation that has ended is not shown.
    assert f'href="{site.country["fr", "US"].get_url()}"' not in html[html.index("<main") :]


def test_a_translation_shows_its_texts_and_the_facts_of_the_source(client, site, embassy):
    arabic = translated(embassy, site)
    html = html_of(client, arabic)
    words = words_of(html)
    assert '<html lang="ar" dir="rtl">' in html
    for part in ("السفارة بمكسيكو", "مكسيكو", "بموعد.", "عيد", "30 يوليو 2099", "الإسبانية"):
        assert part in words, part
    assert '<address dir="auto">Calle 1<br>11000 Ciudad de México</address>' in html
    assert "2001" not in words
    assert "Sur rendez-vous" not in words
    # The person has no Arabic page: the French one, marked as French.
    assert 'lang="fr" dir="ltr">Amina Alami</a>' in html
    # A number that is corrected on the source is right in every language at once.
    contact = embassy.contacts.get()
    contact.value = "+52 55 5000 9999"
    contact.save()
    assert "+52 55 5000 9999" in words_of(html_of(client, arabic))


def test_a_hidden_source_hides_the_record_in_every_language(client, site, embassy):
    arabic = translated(embassy, site)
    PageViewRestriction.objects.create(page=embassy, restriction_type="login")
    assert client.get(arabic.get_url()).status_code == 404
    index = MissionIndexPage.objects.get(locale_code="ar")
    assert "السفارة بمكسيكو" not in words_of(html_of(client, index))
    assert "السفارة بمكسيكو" not in words_of(html_of(client, site.country["ar", "MX"]))


def test_the_directory_is_by_country_and_fifty_a_page(client, site, embassy):
    for number in range(50):
        record_make(
            MissionPage,
            home=site.home["fr"],
            title=f"Consulat {number:02}",
            kind="consulate",
            host_country=site.country["fr", "BR"],
        )
    record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade du Brésil",
        kind="embassy",
        direction="here",
        sending_country=site.country["fr", "BR"],
    )
    index = MissionIndexPage.objects.get(locale_code="fr")
    first = words_of(html_of(client, index))
    assert len(re.findall(r"Consulat \d\d", first)) == 50
    assert "Ambassade" not in first
    response = client.get(index.get_url() + "?page=2")
    second = words_of(re.sub(r"\s+", " ", response.content.decode()))
    assert (
        second.index("Mexique")
        < second.index("Ambassade à Mexico")
        < second.index("Brésil")
        < second.index("Ambassade du Brésil")
    )
    # In Arabic the same missions stand there in French, marked as such.
    arabic = html_of(client, MissionIndexPage.objects.get(locale_code="ar"))
    assert 'lang="fr" dir="ltr">Consulat 00</a>' in arabic


def test_a_country_shows_missions_of_both_sides_agreements_and_its_timeline(client, site, embassy):
    record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade mexicaine",
        kind="embassy",
        direction="here",
        sending_country=site.country["fr", "MX"],
    )
    record_make(
        AgreementPage,
        home=site.home["fr"],
        title="Accord culturel",
        kind="agreement",
        field="culture",
        rows={
            "parties": [AgreementParty(country=site.country["fr", "MX"])],
            "stages": [AgreementStage(kind="signed", date=D(2004, 11, 1), precision="month")],
        },
    )
    record_make(
        EventPage,
        home=site.home["fr"],
        title="Visite ancienne",
        kind="visit",
        direction="outgoing",
        starts_on=D(1999, 1, 1),
        starts_precision="year",
        rows={"country_links": [EventCountryLink(country=site.country["fr", "MX"])]},
    )
    record_make(
        EventPage,
        home=site.home["fr"],
        title="Brouillon",
        kind="visit",
        starts_on=D(2000, 1, 1),
        live=False,
        rows={"country_links": [EventCountryLink(country=site.country["fr", "MX"])]},
    )
    for code in ("fr", "ar", "es"):
        html = html_of(client, site.country[code, "MX"])
        words = words_of(html)
        order = ["Ambassade à Mexico", "Ambassade mexicaine", "Accord culturel", "Visite ancienne"]
        assert sorted(order, key=words.index) == order
        assert "Brouillon" not in words
        assert '<time datetime="2004-11">' in html
        assert '<time datetime="1999">1999</time>' in html
    # Brazil has no mission of its own: the embassy in Mexico is accredited there.
    assert "Ambassade à Mexico" in words_of(html_of(client, site.country["fr", "BR"]))
    assert "Visite ancienne" in words_of(html_of(client, site.continent["es", "019"]))
    assert "Visite ancienne" not in words_of(html_of(client, site.continent["es", "002"]))


def test_an_organisation_shows_members_missions_and_news(client, site, embassy, organisation):
    news = site.news("Sommet des Caraïbes")
    NewsOrganisationLink.objects.create(page=news, organisation=organisation)
    words = words_of(html_of(client, organisation))
    for part in ("CARICOM", "Georgetown", "4 juillet 1973", "Brésil", "2 juillet 2002", "Ambassade à Mexico"):
        assert part in words, part
    assert "Sommet des Caraïbes" in words
    assert "Communauté des Caraïbes" in words_of(html_of(client, news))


def test_a_person_shows_offices_posts_and_events_and_news_say_what_is_past(client, site, embassy, person):
    old = site.news("Au temps du Plan", date=D(2011, 5, 1))
    new = site.news("Depuis Mexico", date=D(2025, 5, 1))
    for item in (old, new):
        NewsPersonLink.objects.create(page=item, person=person)
    record_make(
        EventPage,
        home=site.home["fr"],
        title="Consultations",
        kind="consultations",
        starts_on=D(2011, 6, 1),
        rows={
            "participants": [EventParticipant(person=person, capacity="ministre")],
            "country_links": [EventCountryLink(country=site.country["fr", "BR"])],
        },
    )
    words = words_of(html_of(client, person))
    for part in (
        "Mme",
        "Ministre du Plan",
        "1 janvier 2010",
        "Ambassade à Mexico",
        "Consultations",
        "Au temps du Plan",
    ):
        assert part in words, part
    html = words_of(html_of(client, old))
    assert "Amina Alami anciennement Ministre du Plan" in html
    assert "Ministre du Plan" not in words_of(html_of(client, new))


def test_a_draft_is_previewed_as_it_is(client, site, embassy, admin_user):
    client.force_login(admin_user)
    draft = embassy.get_latest_revision_as_object()
    draft.city = "Mexico, nouvelle adresse"
    draft.contacts = [MissionContact(kind="phone", value="+52 55 1111 1111")]
    draft.save_revision()
    html = client.get(f"/admin/pages/{embassy.pk}/view_draft/").content.decode()
    assert "Mexico, nouvelle adresse" in html
    assert "+52 55 1111 1111" in html
    assert "+52 55 5000 0000" not in html
