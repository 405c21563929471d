"""Words for a status of a mission that is announced, and does not hold yet."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from home.language.dates import date_label
from missions.models.choices import MissionStatus

_ANNOUNCED = {
    MissionStatus.OPEN.value: _("Closed; opens on %(day)s"),
    MissionStatus.SUSPENDED.value: _("Open; suspended from %(day)s"),
    MissionStatus.CLOSED.value: _("Open; closes on %(day)s"),
    MissionStatus.RELOCATED.value: _("Open; moves on %(day)s"),
}


def status_announced(*, status: str, since: date | None, day: date) -> str:
    """What is said on a day of a status that begins later, in the active language; empty where it holds already."""
    if since is None or since <= day:
        return ""
    return _ANNOUNCED[status] % {"day": date_label(since, "day", language_code=get_language() or "fr")}
