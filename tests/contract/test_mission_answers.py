"""Whole answers about missions in each language, as they were agreed with the frontends (see test_pages)."""

import json
import os
from typing import Any

import pytest
from wagtail.models import Page

from tests.asking import ask
from tests.contract.site import PUBLISHED, UPDATED
from tests.contract.test_pages import INTERFACE, SNAPSHOTS, settled
from tests.factories.missions import missions_make, path_of
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

HOURS = "openingHours { weekday weekdayLabel opens closes service serviceLabel }"
APPOINTMENT = """person { title path locale } post label startsOn endsOn isCurrent credentialsCopyOn credentialsOn"""
MISSION = f"""
    missionDirection missionKind missionKindLabel missionStatus missionStatusLabel statusSince statusPrecision
    statusUntil statusHistory {{ status label since precision }}
    hostCountry {{ code name path }} sendingCountry {{ code }} sendingOrganisation {{ title }}
    city address addressText district coordinates {{ latitude longitude }} timeZone workingLanguages {{ code name }}
    contacts {{ kind label purpose purposeLabel value }} emergencyContacts {{ value }}
    services {{ kind label conditions locale bookingUrl openingHours {{ weekday opens closes }} }} {HOURS}
    closures {{ startsOn endsOn kind label reason locale }}
    isOpen(at: "2026-12-01T15:30:00Z") nextOpening(after: "2026-12-01T15:30:00Z")
    head {{ {APPOINTMENT} }} staff(current: null) {{ {APPOINTMENT} }}
    accreditations(current: null) {{ country {{ code name }} organisation {{ title }} startsOn endsOn isCurrent }}
"""
LISTED = "title path locale isFallback missionKind missionKindLabel city"
QUERIES = {
    "Mission": f'{{ route(path: "$PATH") {{ ... on Mission {{ {INTERFACE} introduction {MISSION} }} }} }}',
    "missions": f"""{{
      missions(locale: $LOCALE, first: 3, orderBy: COUNTRY_ASC) {{
        totalCount edges {{ cursor distanceKm node {{ {LISTED} }} }}
        pageInfo {{ hasNextPage hasPreviousPage }}
      }}
      country(code: "BR", locale: $LOCALE) {{ missions {{ totalCount nodes {{ {LISTED} }} }} }}
      missionFor(country: "CU", service: VISAS, locale: $LOCALE) {{
        isResident offersService mission {{ {LISTED} }}
        accreditation {{ country {{ name }} organisation {{ title }} startsOn endsOn isCurrent }}
      }}
    }}""",
}


@pytest.mark.parametrize("name", QUERIES)
def test_the_whole_answer_is_as_agreed(site_tree: SiteTree, name: str) -> None:
    made = missions_make(site_tree)
    Page.objects.filter(live=True).update(first_published_at=PUBLISHED, last_published_at=UPDATED)
    names: dict[str, str] = {}
    answers: dict[str, Any] = {}
    for code in ("fr", "ar", "es"):
        path = path_of(made.embassy).replace("/fr/", f"/{code}/", 1)
        query = QUERIES[name].replace("$PATH", path).replace("$LOCALE", code.upper())
        answers[code] = settled(ask(query), names)
    file = SNAPSHOTS / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(json.dumps(answers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert answers == json.loads(file.read_text(encoding="utf-8"))
