"""Whatever editors do to records, a CDN that purges what it is told to purge holds nothing old."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from home.models import CustomDocument
from missions.models import (
    MissionContact,
    MissionOpening,
    MissionPage,
    NewsPersonLink,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from regions.models import ContinentPage, CountryPage, NewsPage
from relations.models import AgreementPage, AgreementStage, EventNewsLink, EventPage, EventSource
from tests.factories.advice import advice_make, advice_translate
from tests.factories.missions import missions_make
from tests.factories.site import SiteTree
from tests.integration.cdn import PurgeServer, nothing_old_is_held
from tests.relations_world import relations_world_make
from travel.models import TravelAdvicePage

# Purges follow commits; test_cdn_property.py makes them on either database.
pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

RECORDS = (MissionPage, OrganisationPage, PersonPage, EventPage, AgreementPage, TravelAdvicePage)
_MISSION = (
    "title city missionStatus statusHistory { label } contacts { value } openingHours { weekday closes } "
    "head { person { title } }"
)
_EVENT = "title startsOn countries { nodes { name } } participants { person { title } name }"
QUESTIONS = [
    f"{{ missions {{ totalCount nodes {{ {_MISSION} hostCountry {{ name }} services {{ kind conditions }} }} }} }}",
    f"{{ missions(locale: AR, first: 2) {{ nodes {{ {_MISSION} isFallback path }} }} }}",
    '{ missions(filter: {country: "BR"}) { totalCount nodes { title path } } }',
    '{ missions(filter: {organisation: "ONU"}) { nodes { title accreditations { organisation { acronym } } } } }',
    '{ missions(filter: {status: [SUSPENDED, CLOSED]}) { totalCount } }',
    "{ missions(filter: {near: {latitude: 19.43, longitude: -99.2, radiusKm: 500}}) { nodes { title } } }",
    '{ missionFor(country: "CU", service: VISAS) { isResident mission { title } } }',
    '{ country(code: "MX") { missions { totalCount nodes { title } } travelAdvice { title level } } }',
    '{ country(code: "MX", locale: AR) { agreements { totalCount nodes { title } } } }',
    f'{{ country(code: "MX") {{ timeline {{ totalCount nodes {{ date event {{ {_EVENT} }} }} }} }} }}',
    '{ continent(code: "019") { timeline(first: 3) { totalCount nodes { date } } } }',
    "{ timeline(first: 4, locale: AR) { nodes { date kind event { title path } agreement { title path } } } }",
    '{ timeline(filter: {text: "tournée"}) { totalCount } }',
    "{ organisations { totalCount nodes { title acronym members { country { name } } timeline { totalCount } } } }",
    '{ organisation(acronym: "ONU", locale: ES) { title acronym missions { totalCount } news { totalCount } } }',
    "{ people { nodes { title offices { kindLabel } posts { mission { title } } nationality { name } } } }",
    "{ agreements { totalCount facets { status { value count } } nodes { title agreementStatus "
    "parties { country { name } organisation { acronym } } } } }",
    "{ agreements(filter: {status: IN_FORCE}, locale: AR) { nodes { title texts { language document { title } } } } }",
    "{ agreements { nodes { amends { title path } amendedBy { title } } } }",
    "{ travelAdvice { nodes { title level summary areas { name level } country { name path } } } }",
    "{ travelAdvice(locale: AR, filter: {minLevel: HEIGHTENED}) { totalCount nodes { title } } }",
    "{ travelAdviceChanges(majorOnly: false) { totalCount nodes { note level advice { title } } } }",
    "{ news { nodes { title people { person { title } label isFormer } organisations { acronym } } } }",
    '{ search(query: "ambassade") { totalCount nodes { title path } } }',
    '{ route(path: "/fr/missions/mexico/") { __typename } }',
]  # fmt: skip


@pytest.fixture
def site(site_tree: SiteTree) -> SiteTree:
    """Records of every type, some of them in Arabic too."""
    relations_world_make(site_tree)
    missions_make(site_tree)
    sheet = advice_make(site_tree, areas={"Le nord": 4})
    advice_translate(sheet, "ar", title="المكسيك", areas=["الشمال"])
    advice_make(site_tree, "BR", level=1)
    return site_tree


def actions(tree: SiteTree, chance: random.Random) -> dict[str, Callable[[], Any]]:
    """What editors do to records and to what they name, each on something chosen at random."""

    def one(model: Any, **filters: Any) -> Any:
        rows = model.objects.filter(**filters).order_by("pk")
        return rows[chance.randrange(rows.count())]

    def publish(chosen: Any, **values: Any) -> None:
        for name, value in values.items():
            setattr(chosen, name, value)
        chosen.save_revision().publish()

    def with_row(chosen: Any, relation: str, row: Any) -> None:
        chosen = chosen.get_latest_revision_as_object()
        setattr(chosen, relation, [row])
        chosen.save_revision().publish()

    def restrict() -> None:
        if not PageViewRestriction.objects.all().delete()[0]:
            PageViewRestriction.objects.create(page=one(chance.choice(RECORDS)), restriction_type="login")

    def new_event() -> None:
        name = f"Visite {chance.randint(0, 10**9)}"
        event = EventPage(title=name, slug=name.lower().replace(" ", "-"), locale=tree.locale["fr"])
        event.kind, event.direction, event.starts_on = "visit", "outgoing", date(2020, 1, chance.randint(1, 28))
        event.country_links = [EventPage.country_links.rel.related_model(country=tree.country["fr", "MX"])]
        EventPage.objects.filter(locale_code="fr").first().get_parent().add_child(instance=event)
        event.save_revision().publish()

    return {
        **{
            f"retitle a {model.__name__}": lambda model=model: publish(
                one(model), title=f"Titre {chance.randint(0, 10**6)}"
            )
            for model in RECORDS
        },
        "draft": lambda: one(chance.choice(RECORDS)).save_revision(),
        "unpublish": lambda: one(chance.choice(RECORDS), live=True).unpublish(),
        "publish": lambda: publish(chance.choice(RECORDS).objects.order_by("live", "path").first()),
        "delete": lambda: one(EventPage).delete(),
        "restrict": restrict,
        "new event": new_event,
        "status": lambda: publish(one(MissionPage, locale_code="fr", live=True), status="closed", status_since=None),
        "contact": lambda: with_row(
            one(MissionPage, locale_code="fr"), "contacts", MissionContact(kind="phone", value="+52 55 5000 0009")),
        "hours": lambda: with_row(
            MissionPage.objects.get(slug="missions-new-york"), "opening_hours",
            MissionOpening(weekday=chance.randint(1, 7), opens="08:00", closes=f"{chance.randint(9, 20):02}:00")),
        "member": lambda: with_row(
            OrganisationPage.objects.get(acronym="CARICOM"), "members",
            OrganisationMember(country=tree.country["fr", chance.choice(["MX", "BR", "SN", "AR"])])),
        "office": lambda: with_row(
            PersonPage.objects.get(slug="missions-driss"), "offices",
            PersonOffice(kind="minister", starts_on=date(chance.randint(2000, 2020), 1, 1))),
        "stage": lambda: with_row(
            AgreementPage.objects.get(slug="convention-fiscale"), "stages",
            AgreementStage(kind="signed", date=date(2015, 1, 1))),
        "source": lambda: with_row(
            EventPage.objects.filter(locale_code="fr").first(), "sources", EventSource(label="Un journal")),
        "level": lambda: publish(one(TravelAdvicePage, locale_code="fr"), level=chance.randint(1, 4), change_note="x"),
        "text of a level": lambda: publish(one(TravelAdvicePage, locale_code="ar"), introduction=str(chance.random())),
        "news of a person": lambda: NewsPersonLink.objects.get_or_create(
            page=one(NewsPage, locale_code="fr"), person=one(PersonPage, locale_code="fr")),
        "news of an event": lambda: EventNewsLink.objects.get_or_create(
            page=one(EventPage, locale_code="fr"), news=one(NewsPage, locale_code="fr")),
        "news": lambda: publish(one(NewsPage), title=f"Titre {chance.randint(0, 10**6)}"),
        "country": lambda: publish(one(CountryPage), title=f"Pays {chance.randint(0, 10**6)}"),
        "no country": lambda: one(CountryPage, code=chance.choice(["MX", "BR"])).unpublish(),
        "branch": lambda: publish(
            ContinentPage.objects.get(code="019", locale_code="fr"), slug=chance.choice(["amerique", "ameriques"])),
        "document": lambda: CustomDocument.objects.first().save(),
        "in bulk": lambda: EventPage.objects.filter(locale_code="fr").update(place=f"Lieu {chance.random()}"),
    }  # fmt: skip


def test_what_a_cdn_still_holds_of_records_is_what_would_be_answered_now(
    site: SiteTree, caching_cdn: PurgeServer
) -> None:
    chance = random.Random(5)
    possible = actions(site, chance)
    nothing_old_is_held(server=caching_cdn, questions=QUESTIONS, possible=possible, chance=chance, more=12)
