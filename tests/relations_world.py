"""A small world of organisations, people, events and agreements around the countries of a small site."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from missions.models import (
    MissionAppointment,
    MissionPage,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from regions.models import NewsPage
from relations.models import (
    AgreementLink,
    AgreementNewsLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    AgreementText,
    EventContinentLink,
    EventCountryLink,
    EventDocument,
    EventNewsLink,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
    EventSource,
)
from tests.factories.content import DocumentFactory
from tests.factories.kept_rows import kept
from tests.factories.records import record_make
from tests.factories.site import SiteTree


@dataclass
class RelationsWorld:
    """The records by short names."""

    organisation: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    mission: dict[str, Any] = field(default_factory=dict)
    event: dict[str, Any] = field(default_factory=dict)
    agreement: dict[str, Any] = field(default_factory=dict)
    news: dict[str, NewsPage] = field(default_factory=dict)


def translated(page: Any, tree: SiteTree, code: str, *, rows: dict[str, Any] | None = None, **texts: Any) -> Any:
    """The page's translation into a language, published; ``rows`` are those of its translatable child rows."""
    facts = {name: getattr(page, name) for name in page.fact_fields}
    return record_make(
        type(page),
        home=tree.home[code],
        translation_key=page.translation_key,
        slug=page.slug,
        record_key=page.record_key,
        rows=rows,
        **{**facts, **texts},
    )


@kept
def relations_world_make(tree: SiteTree) -> RelationsWorld:
    """What the tests of the record rely on; see each of the parts. The process keeps it and puts it back."""
    world = RelationsWorld()
    _organisations(tree, world)
    _people(tree, world)
    _agreements(tree, world)
    _events(tree, world)
    _news(tree, world)
    return world


def _organisations(tree: SiteTree, world: RelationsWorld) -> None:
    fr = tree.home["fr"]
    un = record_make(
        OrganisationPage,
        home=fr,
        title="Organisation des Nations unies",
        slug="onu",
        acronym="ONU",
        kind="universal",
        seat_city="New York",
        seat_country=tree.country["fr", "US"],
        website="https://www.un.example/",
        founded_on=date(1945, 10, 24),
        standing="member",
        standing_since=date(1956, 11, 12),
        rows={
            "members": [
                OrganisationMember(country=tree.country["fr", "MX"], starts_on=date(1945, 11, 7)),
                OrganisationMember(country=tree.country["fr", "BR"], starts_on=date(1945, 10, 24)),
            ]
        },
    )
    translated(un, tree, "ar", title="الأمم المتحدة", acronym="أ.م.م", seat_city="نيويورك")
    world.organisation["un"] = un
    world.organisation["caricom"] = record_make(
        OrganisationPage,
        home=fr,
        title="Communauté caribéenne",
        acronym="CARICOM",
        formal_name="Communauté et marché communs des Caraïbes",
        kind="regional",
        rows={
            "members": [
                OrganisationMember(country=tree.country["fr", "JM"], starts_on=date(1973, 8, 1)),
                OrganisationMember(
                    country=tree.country["fr", "CU"],
                    standing="observer",
                    starts_on=date(1990, 1, 1),
                    ends_on=date(2000, 1, 1),
                ),
            ]
        },
    )


def _people(tree: SiteTree, world: RelationsWorld) -> None:
    fr = tree.home["fr"]
    minister = record_make(
        PersonPage,
        home=fr,
        title="Amina Alaoui",
        courtesy_title="Mme",
        rows={
            "offices": [
                PersonOffice(kind="minister", starts_on=date(2001, 1, 1), ends_on=date(2004, 12, 31)),
                PersonOffice(
                    kind="foreign_minister",
                    title="Ministre des affaires étrangères",
                    starts_on=date(2005, 1, 1),
                    ends_on=date(2010, 6, 30),
                ),
            ]
        },
    )
    first, second = minister.offices.all()
    rows = [
        PersonOffice(kind="minister", translation_key=first.translation_key),
        PersonOffice(kind="foreign_minister", title="وزيرة الخارجية", translation_key=second.translation_key),
    ]
    translated(minister, tree, "ar", title="أمينة العلوي", courtesy_title="السيدة", rows={"offices": rows})
    ambassador = record_make(PersonPage, home=fr, title="Omar Benali")
    president = record_make(
        PersonPage,
        home=fr,
        title="Élena Ruiz",
        nationality=tree.country["fr", "MX"],
        rows={
            "offices": [
                PersonOffice(kind="head_of_state", country=tree.country["fr", "MX"], starts_on=date(2020, 1, 1))
            ]
        },
    )
    world.person.update(minister=minister, ambassador=ambassador, president=president)
    world.mission["mexico"] = record_make(
        MissionPage,
        home=fr,
        title="Ambassade à Mexico",
        slug="mexico",
        kind="embassy",
        host_country=tree.country["fr", "MX"],
        rows={
            "appointments": [
                MissionAppointment(
                    person=ambassador,
                    post="ambassador",
                    starts_on=date(2015, 1, 1),
                    ends_on=date(2019, 12, 31),
                    credentials_on=date(2015, 2, 1),
                )
            ]
        },
    )


def _agreements(tree: SiteTree, world: RelationsWorld) -> None:
    fr = tree.home["fr"]
    text = DocumentFactory(title="Texte de l’accord")
    trade = record_make(
        AgreementPage,
        home=fr,
        title="Accord commercial avec le Mexique",
        kind="agreement",
        field="trade",
        place="Mexico",
        rows={
            "parties": [AgreementParty(country=tree.country["fr", "MX"])],
            "stages": [
                AgreementStage(kind="published", date=date(2001, 3, 1), reference="B.O. 4880"),
                AgreementStage(kind="signed", date=date(1999, 5, 1), precision="month"),
                AgreementStage(kind="in_force", date=date(2001, 1, 15)),
            ],
            "texts": [
                AgreementText(language="fr", document=text),
                AgreementText(language="es", document=text, is_authentic=False),
            ],
        },
    )
    translated(trade, tree, "ar", title="اتفاق تجاري مع المكسيك", place="مكسيكو")
    protocol = record_make(
        AgreementPage,
        home=fr,
        title="Protocole à l’accord commercial",
        kind="protocol",
        field="trade",
        rows={
            "parties": [
                AgreementParty(country=tree.country["fr", "MX"]),
                AgreementParty(country=tree.country["fr", "BR"]),
            ],
            "stages": [AgreementStage(kind="signed", date=date(2010, 6, 1))],
            "links": [AgreementLink(kind="amends", agreement=trade)],
        },
    )
    association = record_make(
        AgreementPage,
        home=fr,
        title="Accord d’association",
        kind="agreement",
        field="political",
        rows={
            "parties": [AgreementParty(organisation=world.organisation["caricom"])],
            "stages": [
                AgreementStage(kind="signed", date=date(1999, 1, 1), precision="year"),
                AgreementStage(kind="in_force", date=date(2199, 1, 1)),
            ],
        },
    )
    negotiated = record_make(
        AgreementPage, home=fr, title="Convention fiscale", kind="convention", field="taxation",
        rows={"parties": [AgreementParty(country=tree.country["fr", "SN"])]},
    )  # fmt: skip
    world.agreement.update(trade=trade, protocol=protocol, association=association, negotiated=negotiated)


def _events(tree: SiteTree, world: RelationsWorld) -> None:
    fr = tree.home["fr"]
    tour = record_make(
        EventPage,
        home=fr,
        title="Tournée en Amérique latine",
        introduction="Une tournée pour le Sud.",
        kind="visit",
        direction="outgoing",
        starts_on=date(2004, 11, 1),
        starts_precision="month",
        ends_on=date(2004, 12, 1),
        ends_precision="month",
        place="Mexico, Brasilia",
        rows={
            "country_links": [
                EventCountryLink(country=tree.country["fr", "MX"]),
                EventCountryLink(country=tree.country["fr", "BR"]),
            ],
            "participants": [
                EventParticipant(person=world.person["minister"], capacity="Ministre"),
                EventParticipant(name="Luiz Silva", capacity="Président", country=tree.country["fr", "BR"]),
            ],
            "documents": [EventDocument(document=DocumentFactory(title="Déclaration commune"))],
            "sources": [
                EventSource(label="Archives du ministère", url="https://archives.example.org/1"),
                EventSource(label="Journal"),
            ],
        },
    )
    rows = [
        EventParticipant(
            person=world.person["minister"],
            capacity="وزيرة",
            translation_key=tour.participants.all()[0].translation_key,
        )
    ]
    translated(
        tour, tree, "ar", title="جولة في أمريكا اللاتينية", place="مكسيكو، برازيليا", rows={"participants": rows}
    )
    summit = record_make(
        EventPage,
        home=fr,
        title="Sommet de Brasilia",
        kind="summit",
        number=1,
        starts_on=date(2005, 5, 10),
        ends_on=date(2005, 5, 11),
        agreement=world.agreement["protocol"],
        rows={
            "country_links": [EventCountryLink(country=tree.country["fr", "BR"])],
            "continent_links": [EventContinentLink(continent=tree.continent["fr", "019"])],
            "organisation_links": [EventOrganisationLink(organisation=world.organisation["un"])],
        },
    )
    recognition = record_make(
        EventPage,
        home=fr,
        title="La Jamaïque retire sa reconnaissance",
        kind="recognition_withdrawn",
        starts_on=date(2013, 1, 1),
        starts_precision="year",
        rows={"country_links": [EventCountryLink(country=tree.country["fr", "JM"])]},
    )
    world.event.update(tour=tour, summit=summit, recognition=recognition)


def _news(tree: SiteTree, world: RelationsWorld) -> None:
    then = tree.news("Lettres de créance à Mexico", date=date(2015, 2, 1), countries=["MX"])
    arabic = tree.news("أوراق الاعتماد", locale="ar", date=date(2015, 2, 1), translation_key=then.translation_key)
    now = tree.news("Entretien avec la présidente", date=date(2021, 3, 1), countries=["MX"])
    NewsPersonLink.objects.create(page=then, person=world.person["ambassador"])
    NewsPersonLink.objects.create(page=arabic, person=world.person["ambassador"])
    NewsPersonLink.objects.create(page=now, person=world.person["president"], sort_order=0)
    NewsPersonLink.objects.create(page=now, person=world.person["minister"], sort_order=1)
    for page in (then, arabic):
        NewsOrganisationLink.objects.create(page=page, organisation=world.organisation["un"])
    EventNewsLink.objects.create(page=world.event["tour"], news=then)
    AgreementNewsLink.objects.create(page=world.agreement["trade"], news=now)
    world.news.update(then=then, arabic=arabic, now=now)
