"""Missions with something of everything: ours in Mexico, Rio and New York, that of Brazil here, and who works there.

Their addresses are their own: they may stand beside the records of other worlds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wagtail.models import Page

from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
    MissionStatusChange,
    OrganisationPage,
    PersonPage,
)
from tests.factories.kept_rows import kept
from tests.factories.records import record_make
from tests.factories.site import SiteTree

WEEKDAYS = range(1, 6)


@dataclass
class Missions:
    """The records that ``missions_make`` makes."""

    embassy: MissionPage
    embassy_in_arabic: MissionPage
    consulate: MissionPage
    permanent: MissionPage
    brazilian: MissionPage
    united_nations: OrganisationPage
    ambassador: PersonPage
    consul: PersonPage


def hours(opens: str, closes: str, *, days: Iterable[int] = WEEKDAYS, service: str = "") -> list[MissionOpening]:
    """The same hours on some days of the week, from Monday to Friday unless ``days`` says otherwise."""
    begin, end = time.fromisoformat(opens), time.fromisoformat(closes)
    return [MissionOpening(weekday=day, opens=begin, closes=end, service=service) for day in days]


def mission_make(
    tree: SiteTree,
    title: str,
    *,
    country: str = "MX",
    locale: str = "fr",
    rows: dict[str, Any] | None = None,
    **fields: Any,
) -> MissionPage:
    """A published mission of ours, an embassy in Mexico unless something else is said."""
    if locale == "fr" and "direction" not in fields:
        fields["host_country"] = tree.country["fr", country]
    made: MissionPage = record_make(
        MissionPage, home=tree.home[locale], title=title, rows=rows, **{"kind": "embassy", **fields}
    )
    return made


def translated(
    tree: SiteTree, page: Any, locale: str, title: str, *, rows: dict[str, Any] | None = None, **texts: Any
) -> Any:
    """A published translation of a record, with texts of its own and no facts but those that columns must have."""
    made = record_make(
        type(page),
        home=tree.home[locale],
        rows=rows,
        title=title,
        slug=page.slug,
        translation_key=page.translation_key,
        kind=page.kind,
        **texts,
    )
    return made


@kept
def missions_make(tree: SiteTree) -> Missions:
    """The records, published; the embassy in Mexico stands in Arabic too."""
    united_nations = record_make(
        OrganisationPage,
        home=tree.home["fr"],
        title="Organisation des Nations unies",
        slug="onu-des-missions",  # beside that of other records
        acronym="ONU",
        kind="universal",
    )
    translated(tree, united_nations, "es", "Naciones Unidas", acronym="NNUU")
    ambassador = record_make(
        PersonPage, home=tree.home["fr"], title="Amina Exemple", slug="missions-amina", courtesy_title="Mme"
    )
    consul = record_make(PersonPage, home=tree.home["fr"], title="Driss Échantillon", slug="missions-driss")
    services = [
        MissionService(kind="passports", conditions="Sur rendez-vous.", booking_url="https://rdv.example.org/"),
        MissionService(kind="visas"),
    ]
    closures = [
        MissionClosure(starts_on=date(2026, 7, 30), reason="Fête du Trône"),
        MissionClosure(starts_on=date(2026, 12, 24), ends_on=date(2026, 12, 26), kind="exceptional", reason="Travaux"),
    ]
    embassy = mission_make(
        tree,
        "Ambassade à Mexico",
        slug="missions-mexico",
        introduction="Un chapeau.",
        city="Mexico",
        address="Av. Ejemplo 1\n11000 Ciudad de México",
        address_text="1, avenue de l’Exemple, 11000 Mexico",
        district="Tout le Mexique.",
        latitude=19.43,
        longitude=-99.2,
        time_zone="America/Mexico_City",
        working_languages="fr, ar, es",
        status_since=date(1962, 10, 31),
        rows={
            "contacts": [
                MissionContact(kind="phone", value="+52 55 5000 0000"),
                MissionContact(kind="phone", purpose="emergency", value="+52 55 5000 0001"),
                MissionContact(kind="email", purpose="consular", value="consulat@example.org"),
            ],
            "status_history": [
                MissionStatusChange(status="open", since=date(1957, 1, 1), precision="year"),
                MissionStatusChange(status="suspended", since=date(1961, 5, 1), precision="month"),
            ],
            "services": services,
            "opening_hours": [*hours("09:00", "12:30"), *hours("14:00", "00:00", days=[2], service="visas")],
            "closures": closures,
            "accreditations": [
                MissionAccreditation(country=tree.country["fr", "CU"], starts_on=date(2017, 4, 21)),
                MissionAccreditation(
                    country=tree.country["fr", "JM"], starts_on=date(2000, 1, 1), ends_on=date(2010, 12, 31)
                ),
            ],
            "appointments": [
                MissionAppointment(
                    person=consul, post="charge_d_affaires", starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 31)
                ),
                MissionAppointment(
                    person=ambassador,
                    post="ambassador",
                    starts_on=date(2020, 2, 1),
                    credentials_copy_on=date(2020, 2, 10),
                    credentials_on=date(2020, 3, 3),
                ),
                MissionAppointment(person=consul, post="consul", starts_on=date(2020, 2, 1)),
            ],
        },
    )
    in_arabic = translated(
        tree,
        embassy,
        "ar",
        "السفارة بمكسيكو",
        city="مكسيكو",
        address_text="شارع المثال 1، مكسيكو",
        rows={
            "services": [
                MissionService(kind="passports", translation_key=services[0].translation_key, conditions="بموعد."),
                MissionService(kind="visas", translation_key=services[1].translation_key),
            ],
            "closures": [
                MissionClosure(
                    starts_on=date(2026, 7, 30), translation_key=closures[0].translation_key, reason="عيد العرش"
                )
            ],
        },
    )
    consulate = mission_make(
        tree,
        "Consulat général à Rio de Janeiro",
        slug="missions-rio",
        country="BR",
        kind="consulate_general",
        city="Rio de Janeiro",
        latitude=-22.9,
        longitude=-43.2,
        time_zone="America/Sao_Paulo",
        rows={"services": [MissionService(kind="visas")], "opening_hours": hours("10:00", "16:00")},
    )
    permanent = mission_make(
        tree,
        "Mission permanente à New York",
        slug="missions-new-york",
        country="US",
        kind="permanent_mission",
        city="New York",
        latitude=40.75,
        longitude=-73.97,
        time_zone="America/New_York",
        rows={"accreditations": [MissionAccreditation(organisation=united_nations)]},
    )
    brazilian = mission_make(
        tree,
        "Ambassade du Brésil",
        slug="missions-bresil",
        direction="here",
        sending_country=tree.country["fr", "BR"],
        city="Rabat",
        time_zone="Africa/Casablanca",
        latitude=34.0,
        longitude=-6.83,
    )
    return Missions(embassy, in_arabic, consulate, permanent, brazilian, united_nations, ambassador, consul)


def path_of(page: Page) -> str:
    """The public path of a page."""
    parts = Page.objects.get(pk=page.pk).get_url_parts()
    assert parts is not None
    return str(parts[2])
