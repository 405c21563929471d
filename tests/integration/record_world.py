"""A few records of each type, for tests of the admin's listings and reports."""

import datetime
from dataclasses import dataclass
from typing import Any

from home.models import RecordPage
from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionOpening,
    MissionPage,
    MissionService,
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
    EventOrganisationLink,
    EventPage,
)
from tests.factories import SiteTree
from tests.factories.kept_rows import kept
from tests.factories.records import index_get, record_make


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def translated(page: Any, tree: SiteTree, code: str = "ar", **texts: Any) -> Any:
    """The page in another language, live, with these texts; its columns of facts are as nobody keeps them."""
    index_get(type(page), home=tree.home[code])
    copy = page.copy_for_translation(tree.locale[code])
    for name, value in texts.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


@dataclass
class RecordWorld:
    """A site with records; ``make`` adds one more of a type."""

    tree: SiteTree
    mexico: MissionPage
    consulate: MissionPage
    cuba: MissionPage
    un: OrganisationPage
    caricom: OrganisationPage
    ahead: PersonPage
    behind: PersonPage
    visit: EventPage
    summit: EventPage
    trade: AgreementPage
    fishing: AgreementPage

    def make(self, model: type[RecordPage], number: int) -> Any:
        """One more, with a row of each sort that listings and reports look at."""
        country = self.tree.country["fr", "BR"]
        title = f"{model._meta.model_name} {number}"
        if model is MissionPage:
            rows = {"appointments": [MissionAppointment(person=self.ahead, post="ambassador")]}
            return self.mission(title, host_country=country, rows=rows)
        if model is OrganisationPage:
            return self.record(model, title, kind="regional", seat_country=country, standing="observer")
        if model is PersonPage:
            rows = {"offices": [PersonOffice(kind="minister", title="Ministre", locale=self.tree.locale["fr"])]}
            return self.record(model, title, nationality=country, rows=rows)
        if model is EventPage:
            rows = {"country_links": [EventCountryLink(country=country)]}
            return self.record(model, title, kind="summit", starts_on=day("2020-01-01"), rows=rows)
        rows = {
            "parties": [AgreementParty(country=country), AgreementParty(organisation=self.un)],
            "stages": [AgreementStage(kind="signed", date=day("2020-01-01"))],
        }
        return self.record(model, title, field="trade", rows=rows)

    def record(self, model: Any, title: str, **fields: Any) -> Any:
        return record_make(model, home=self.tree.home["fr"], title=title, **fields)

    def mission(self, title: str, **fields: Any) -> MissionPage:
        return self.record(MissionPage, title, **{"kind": "embassy", **fields})


@kept
def record_world_make(tree: SiteTree) -> RecordWorld:
    """Missions in Mexico and here, two organisations, two ambassadors of whom one came after the other, two events,
    an agreement that is in force and one that waits."""
    home, country = tree.home["fr"], {code: tree.country["fr", code] for code in ("MX", "BR", "CU", "JM")}

    def record(model: Any, title: str, **fields: Any) -> Any:
        return record_make(model, home=home, title=title, **fields)

    un = record(
        OrganisationPage,
        "Organisation des Nations unies",
        acronym="ONU",
        kind="universal",
        seat_city="New York",
        seat_country=tree.country["fr", "US"],
        standing="member",
    )
    caricom = record(
        OrganisationPage,
        "Communauté caribéenne",
        acronym="CARICOM",
        kind="sub_regional",
        rows={"members": [OrganisationMember(country=country["JM"])]},
    )
    behind = record(
        PersonPage,
        "Amina Alaoui",
        rows={
            "offices": [
                PersonOffice(kind="foreign_minister", title="Ministre", starts_on=day("2001-01-01")),
            ]
        },
    )
    ahead = record(
        PersonPage,
        "Driss Bennis",
        nationality=country["MX"],
        rows={
            "offices": [
                PersonOffice(kind="envoy", title="", starts_on=day("2001-01-01"), ends_on=day("2002-01-01")),
                PersonOffice(kind="foreign_minister", title="Ministre d’État", starts_on=day("2010-01-01")),
            ]
        },
    )
    mexico = record(
        MissionPage,
        "Ambassade à Mexico",
        kind="embassy",
        host_country=country["MX"],
        city="Mexico",
        time_zone="America/Mexico_City",
        latitude=19.43,
        longitude=-99.2,
        rows={
            "services": [MissionService(kind="visas")],
            "accreditations": [MissionAccreditation(country=country["BR"])],
            "opening_hours": [MissionOpening(weekday=1, opens=datetime.time(9), closes=datetime.time(12))],
            "appointments": [
                MissionAppointment(
                    person=behind, post="ambassador", starts_on=day("2001-01-01"), ends_on=day("2009-12-31")
                ),
                MissionAppointment(person=ahead, post="ambassador", starts_on=day("2010-01-01")),
                MissionAppointment(person=behind, post="charge_d_affaires", starts_on=day("2015-01-01")),
            ],
        },
    )
    return RecordWorld(
        tree=tree,
        mexico=mexico,
        consulate=record(
            MissionPage, "Consulat à São Paulo", kind="consulate", host_country=country["BR"], status="suspended"
        ),
        cuba=record(
            MissionPage,
            "Ambassade de Cuba",
            kind="embassy",
            direction="here",
            sending_country=country["CU"],
            live=False,
        ),
        un=un,
        caricom=caricom,
        ahead=ahead,
        behind=behind,
        visit=record(
            EventPage,
            "Visite à Mexico",
            kind="visit",
            direction="outgoing",
            starts_on=day("2004-11-26"),
            rows={"country_links": [EventCountryLink(country=country["MX"]), EventCountryLink(country=country["BR"])]},
        ),
        summit=record(
            EventPage,
            "Sommet de Brasilia",
            kind="summit",
            starts_on=day("2005-05-01"),
            starts_precision="month",
            rows={"organisation_links": [EventOrganisationLink(organisation=un)]},
        ),
        trade=record(
            AgreementPage,
            "Accord commercial",
            field="trade",
            rows={
                "parties": [AgreementParty(country=country["MX"]), AgreementParty(organisation=un)],
                "stages": [
                    AgreementStage(kind="signed", date=day("1999-06-01"), precision="month"),
                    AgreementStage(kind="in_force", date=day("2001-01-01")),
                    AgreementStage(kind="published", date=day("2001-02-01"), reference="BO 4870"),
                ],
            },
        ),
        fishing=record(
            AgreementPage,
            "Accord de pêche",
            field="fisheries",
            rows={
                "parties": [AgreementParty(country=country["BR"])],
                "stages": [AgreementStage(kind="signed", date=day("2010-03-04"))],
            },
        ),
    )
