"""The plain HTML pages of events and agreements."""

import datetime
import re

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from home.models import CustomDocument
from missions.models import OrganisationPage, PersonPage
from relations.models import (
    AgreementLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    AgreementText,
    EventCountryLink,
    EventDocument,
    EventNewsLink,
    EventPage,
    EventParticipant,
    EventSource,
)
from tests.asking import ask
from tests.factories import SiteTree
from tests.factories.content import DocumentFactory
from tests.factories.records import record_make
from tests.plain import html_of, words_of

pytestmark = [pytest.mark.once, pytest.mark.django_db]
D = datetime.date


@pytest.fixture
def site(site_tree: SiteTree) -> SiteTree:
    return site_tree


@pytest.fixture
def person(site: SiteTree) -> PersonPage:
    made: PersonPage = record_make(PersonPage, home=site.home["fr"], title="Amina Alami")
    return made


@pytest.fixture
def organisation(site: SiteTree) -> OrganisationPage:
    home = site.home["fr"]
    made: OrganisationPage = record_make(
        OrganisationPage, home=home, title="Communauté des Caraïbes", kind="sub_regional"
    )
    return made


def test_an_event_shows_who_took_part_and_hides_the_hidden(client, site, person):
    hidden = record_make(PersonPage, home=site.home["fr"], title="Agent secret", live=False)
    public, private = DocumentFactory(title="Déclaration"), DocumentFactory(title="Note interne")
    collection = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    CustomDocument.objects.filter(pk=private.pk).update(collection=collection)
    news, draft = site.news("Le sommet"), site.news("Le brouillon", live=False)
    event = record_make(
        EventPage,
        home=site.home["fr"],
        title="Sommet",
        kind="summit",
        number=3,
        starts_on=D(2005, 5, 10),
        ends_on=D(2005, 5, 11),
        place="Brasilia",
        rows={
            "country_links": [EventCountryLink(country=site.country["fr", "BR"])],
            "participants": [
                EventParticipant(person=person, capacity="cheffe de délégation"),
                EventParticipant(person=hidden, capacity="observateur"),
                EventParticipant(name="Un invité", country=site.country["fr", "MX"]),
            ],
            "news_links": [EventNewsLink(news=news), EventNewsLink(news=draft)],
            "documents": [EventDocument(document=document) for document in (public, private)],
            "sources": [EventSource(label="Journal", url="https://example.org/journal")],
        },
    )
    html = html_of(client, event)
    words = words_of(html)
    for part in ("Sommet", "10 mai 2005", "11 mai 2005", "Brasilia", "Brésil", "cheffe de délégation", "Un invité"):
        assert part in words, part
    assert "Déclaration" in words
    assert "Le sommet" in words
    assert 'href="https://example.org/journal"' in html
    for part in ("Agent secret", "observateur", "Note interne", "Le brouillon"):
        assert part not in words, part


def test_an_agreement_shows_its_course_and_what_it_replaces(client, site, organisation):
    older = record_make(
        AgreementPage,
        home=site.home["fr"],
        title="Traité ancien",
        kind="treaty",
        field="political",
        rows={"parties": [AgreementParty(organisation=organisation)]},
    )
    document = DocumentFactory(title="Texte français")
    newer = record_make(
        AgreementPage,
        home=site.home["fr"],
        title="Traité nouveau",
        kind="treaty",
        field="political",
        place="Panama",
        rows={
            "parties": [AgreementParty(organisation=organisation)],
            "stages": [
                AgreementStage(kind="in_force", date=D(2006, 1, 1)),
                AgreementStage(kind="signed", date=D(1999, 1, 1), precision="year", reference="BO 12"),
            ],
            "links": [AgreementLink(kind="replaces", agreement=older)],
            "texts": [AgreementText(language="fr", document=document)],
        },
    )
    words = words_of(html_of(client, newer))
    for part in ("Panama", "Communauté des Caraïbes", "BO 12", "Texte français", "français", "Traité ancien"):
        assert part in words, part
    assert words.index("1999") < words.index("1 janvier 2006")
    assert "Traité nouveau" in words_of(html_of(client, older))
    assert "Traité nouveau" in words_of(html_of(client, organisation))


@pytest.mark.parametrize(
    ("stages", "status", "shown"),
    [
        ([("signed", D(1999, 1, 1)), ("in_force", D(2199, 1, 1))], "SIGNED", "Signé"),
        ([("terminated", D(2001, 1, 1)), ("published", D(2002, 1, 1))], "TERMINATED", "Éteint"),
        ([("signed", D(2199, 1, 1))], None, ""),
    ],
)
def test_the_register_says_of_an_agreement_what_the_api_says(client, site, stages, status, shown):
    mexico = site.country["fr", "MX"]
    agreement = record_make(
        AgreementPage,
        home=site.home["fr"],
        title="Accord",
        kind="treaty",
        field="trade",
        rows={
            "parties": [AgreementParty(country=mexico)],
            "stages": [AgreementStage(kind=kind, date=date) for kind, date in stages],
        },
    )
    [node] = ask("{ agreements { nodes { agreementStatus agreementStatusLabel } } }")["agreements"]["nodes"]
    assert (node["agreementStatus"], node["agreementStatusLabel"] or "") == (status, shown)
    for page in (agreement.get_parent().specific, mexico):
        [entry] = re.findall(r"<li>(?:(?!</li>).)*>Accord<(?:(?!</li>).)*</li>", html_of(client, page))
        assert re.findall(r'<span class="kind">([^<]*)</span>', entry)[1:] == ([shown] if shown else [])


def test_drafts_of_events_and_agreements_are_previewed(client, site, admin_user):
    client.force_login(admin_user)
    document = DocumentFactory(title="Compte rendu")
    event = record_make(
        EventPage,
        home=site.home["fr"],
        title="Sommet",
        kind="summit",
        starts_on=D(2020, 1, 1),
        live=False,
        rows={"country_links": [EventCountryLink(country=site.country["fr", "MX"])]},
    )
    event.documents = [EventDocument(document=document)]
    event.sources = [EventSource(label="Journal officiel")]
    event.save_revision()
    html = client.get(f"/admin/pages/{event.pk}/view_draft/").content.decode()
    assert "Compte rendu" in html
    assert "Journal officiel" in html
    agreement = record_make(
        AgreementPage,
        home=site.home["fr"],
        title="Accord",
        kind="treaty",
        field="trade",
        live=False,
        rows={"parties": [AgreementParty(country=site.country["fr", "MX"])]},
    )
    agreement.texts = [AgreementText(language="fr", document=document)]
    agreement.stages = [AgreementStage(kind="signed", date=D(2020, 1, 1))]
    agreement.save_revision()
    html = client.get(f"/admin/pages/{agreement.pk}/view_draft/").content.decode()
    assert "Compte rendu" in html
    assert "1 janvier 2020" in html
