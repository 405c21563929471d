"""What the pictures of the mission's form show. Run in the demo site by ``manage.py shell``; each prints JSON last."""

import datetime
import json
import sys

from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile

from home.models import HomePage
from missions.models import MissionContact, MissionOpening, MissionPage, MissionService
from regions.models import CountryPage
from tests.factories.records import record_make

SLUG = "ambassade-exemple-mexico"


def prepare() -> None:
    """Make the mission, where it is not there yet; print the id of its page."""
    found = MissionPage.objects.filter(slug=SLUG, locale_code="fr").first() or _mission()
    sys.stdout.write(json.dumps({"mission": found.pk}))


def _mission() -> MissionPage:
    morning, afternoon = (datetime.time(9), datetime.time(12, 30)), (datetime.time(14), datetime.time(16, 30))
    rows = [
        *(MissionOpening(weekday=day, opens=a, closes=b) for day in range(1, 6) for a, b in (morning, afternoon)),
        *(MissionOpening(service="visas", weekday=day, opens=morning[0], closes=morning[1]) for day in (1, 3)),
    ]
    made: MissionPage = record_make(
        MissionPage,
        home=HomePage.objects.get(locale__language_code="fr"),
        title="Ambassade à Mexico (exemple)",
        slug=SLUG,
        kind="embassy",
        host_country=CountryPage.objects.get(code="MX", locale_code="fr"),
        city="Mexico",
        address="Calle Ejemplo 1, 00000 Ciudad de México",
        latitude=19.4326,
        longitude=-99.1332,
        time_zone="America/Mexico_City",
        working_languages="fr, es, ar",
        rows={
            "contacts": [MissionContact(kind="phone", value="+52 55 5000 0000")],
            "services": [MissionService(kind="passports"), MissionService(kind="visas")],
            "opening_hours": rows,
        },
    )
    return made


def speak(language: str) -> None:
    """Let the editor read the admin in ``language``."""
    UserProfile.objects.update_or_create(
        user=get_user_model().objects.get(username="editor"), defaults={"preferred_language": language}
    )
