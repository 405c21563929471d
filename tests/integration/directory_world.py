"""Two missions of the public directory, one of ours and one of theirs."""

import datetime

from missions.models import (
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
    PersonPage,
)
from tests.factories import SiteTree
from tests.factories.kept_rows import kept
from tests.factories.records import record_make


@kept
def embassy_make(site: SiteTree) -> MissionPage:
    """Our embassy in Mexico with a row of each sort, in French, and its Arabic page with some texts."""
    person = record_make(PersonPage, home=site.home["fr"], title="Amina Alaoui", courtesy_title="Mme")
    page = record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade à Mexico; \\ bureau",
        kind="embassy",
        host_country=site.country["fr", "MX"],
        city="Mexico",
        address="Paseo de la Reforma 1\nMexico",
        time_zone="America/Mexico_City",
        working_languages="fr, es",
        latitude=19.43,
        longitude=-99.2,
        rows={
            "contacts": [
                MissionContact(kind="phone", purpose="emergency", value="+52 55 5000 0000"),
                MissionContact(kind="email", value="mexico@example.org"),
                MissionContact(kind="facebook", value="https://facebook.com/x"),
            ],
            "services": [MissionService(kind="passports", conditions="Sur rendez-vous.")],
            "opening_hours": [
                MissionOpening(weekday=day, opens=datetime.time(9), closes=datetime.time(12, 30)) for day in (1, 2)
            ],
            "closures": [
                MissionClosure(starts_on=datetime.date(2099, 7, 30), reason="Fête du Trône"),
                MissionClosure(starts_on=datetime.date(2099, 12, 24), ends_on=datetime.date(2099, 12, 26)),
            ],
            "appointments": [MissionAppointment(person=person, post="ambassador")],
        },
    )
    service = page.services.get()
    closure = page.closures.get(reason="Fête du Trône")
    record_make(
        MissionPage,
        home=site.home["ar"],
        title="السفارة بمكسيكو",
        slug=page.slug,
        record_key=page.record_key,
        translation_key=page.translation_key,
        kind="embassy",
        host_country=site.country["fr", "MX"],
        city="مكسيكو",
        rows={
            "services": [
                MissionService(kind="passports", conditions="بموعد.", translation_key=service.translation_key)
            ],
            "closures": [
                MissionClosure(starts_on=closure.starts_on, reason="عيد العرش", translation_key=closure.translation_key)
            ],
        },
    )
    return page


def consulate_make(site: SiteTree) -> MissionPage:
    """A consulate of Brazil here, without coordinates."""
    return record_make(
        MissionPage,
        home=site.home["fr"],
        title="Consulat du Brésil",
        kind="consulate",
        direction="here",
        sending_country=site.country["fr", "BR"],
    )
