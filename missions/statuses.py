"""Words for the status of a mission: since when, until when, and what is announced."""

from datetime import date

from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from home.language.dates import date_label
from missions.models.choices import MissionStatus
from missions.schedules import StatusOfDay

_ANNOUNCED = {
    MissionStatus.OPEN.value: _("Closed; opens on %(day)s"),
    MissionStatus.SUSPENDED.value: _("Open; suspended from %(day)s"),
    MissionStatus.CLOSED.value: _("Open; closes on %(day)s"),
    MissionStatus.RELOCATED.value: _("Open; moves on %(day)s"),
}


def status_said(now: StatusOfDay) -> str:
    """What is said of the status of a day, in the active language; empty where the mission is open and stays so."""
    following = now.following
    if following is not None and now.status != MissionStatus.SUSPENDED:
        said = _ANNOUNCED[following.status] % {"day": _day(following.since)}
        return _until(said, following.until)
    if now.status == MissionStatus.OPEN:
        return ""
    said = str(MissionStatus(now.status).label)
    if now.since is not None:
        words = {"status": said, "day": _day(now.since, now.precision)}
        if now.precision == "day":
            said = gettext("%(status)s since %(day)s") % words
        else:
            said = pgettext("month or year", "%(status)s since %(day)s") % words
    return _until(said, now.until)


def _until(said: str, last: date | None) -> str:
    return said if last is None else gettext("%(said)s, until %(day)s") % {"said": said, "day": _day(last)}


def _day(day: date | None, precision: str = "day") -> str:
    return "" if day is None else date_label(day, precision, language_code=get_language() or "fr")
