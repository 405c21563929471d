"""What must hold between the rows of missions, of organisations, and between them and their page."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from home.models.dates import DatePrecision, date_last, ministry_today
from home.record_checks import Fault, Rows
from missions.models.choices import MissionDirection, MissionKind, MissionStatus, PostKind
from missions.models.rows import Period, overlapping

if TYPE_CHECKING:
    from missions.models.mission import MissionPage

# Posts that one person holds at a time. A chargé d'affaires may stand in while an ambassador is on leave.
_POSTS_OF_ONE = frozenset(
    {
        PostKind.AMBASSADOR,
        PostKind.PERMANENT_REPRESENTATIVE,
        PostKind.CHARGE_D_AFFAIRES,
        PostKind.CONSUL_GENERAL,
        PostKind.HONORARY_CONSUL,
        PostKind.HEAD_OF_OFFICE,
        PostKind.DIRECTOR,
    }
)
# Posts of which one person is the head at these missions; a consulate general has several consuls.
_HEAD_OF_KIND = {MissionKind.CONSULATE: PostKind.CONSUL, MissionKind.VICE_CONSULATE: PostKind.VICE_CONSUL}


def mission_row_faults(page: "MissionPage", rows: Rows) -> Iterator[Fault]:
    """Earlier statuses, hours, closures, accreditations and appointments of a mission."""
    yield from _history_faults(page, rows.get("status_history", ()))
    yield from _service_faults(rows.get("services", ()))
    yield from _hours_faults(page, rows.get("opening_hours", ()), rows.get("services", ()))
    yield from _closure_faults(rows.get("closures", ()))
    yield from _accreditation_faults(page, rows.get("accreditations", ()))
    yield from _appointment_faults(page, rows.get("appointments", ()))


def mission_status_faults(page: "MissionPage") -> Iterator[Fault]:
    """The days of the status of a mission's page."""
    since, until = page.status_since, page.status_until
    if until and page.status != MissionStatus.SUSPENDED:
        message = _("Only a suspension has a last day; any other status lasts until it is changed.")
        yield Fault(message, "status_until")
    elif until and since and until < since:
        yield Fault(_("This is before the day from which the status holds."), "status_until")
    if since and page.status_precision != DatePrecision.DAY and since > ministry_today():
        yield Fault(_("A status that is to come begins on a day."), "status_precision")


def member_faults(members: Sequence[Any]) -> Iterator[Fault]:
    """Members of an organisation."""
    for row in _later_of_overlapping(members, same=("country_id",)):
        yield Fault(_("This country is a member in that time already."), "country", "members", row)


def office_faults(offices: Sequence[Any]) -> Iterator[Fault]:
    """Offices of a person. Two of a kind with titles of their own, of a minister of two things say, are two."""
    for number, row in enumerate(offices):
        for earlier in offices[:number]:
            names_both = row.title.strip() and earlier.title.strip()
            if names_both and row.title.strip().casefold() != earlier.title.strip().casefold():
                continue
            if overlapping((earlier, row), same=("kind", "country_id", "organisation_id")):
                yield Fault(_("This person holds this office in that time already."), "kind", "offices", row)
                break


def _later_of_overlapping(rows: Sequence[Period], *, same: Sequence[str]) -> Iterator[Any]:
    """Each row that overlaps one before it."""
    for number, row in enumerate(rows):
        if any(overlapping((earlier, row), same=same) for earlier in rows[:number]):
            yield row


def _history_faults(page: "MissionPage", history: Sequence[Any]) -> Iterator[Fault]:
    """Earlier statuses: the days past and in order, each status another than those beside it."""
    today, earliest = ministry_today(), date.min
    # Rows before a month or a year may be of any day in it.
    follows = date_last(page.status_since, page.status_precision) if page.status_since else page.status_until
    for place, row in enumerate(history):
        # Of a month or a year, the first day that leaves room for the rows before.
        earliest = max(row.since, earliest)
        message = ""
        if earliest > date_last(row.since, row.precision):
            message = _("This is not after the row before it.")
        elif follows and earliest >= follows:
            message = _("This is not before the days of the present status.")
        elif earliest > today:
            message = _("This day is to come: what is announced is written as the present status.")
        if message:
            yield Fault(message, "since", "status_history", row)
        if place and _is_same(row.status, history[place - 1].status):
            yield Fault(_("The row before it says the same."), "status", "status_history", row)
        earliest += timedelta(days=1)
    if history:
        yield from _last_status_faults(page, history[-1], today)


def _last_status_faults(page: "MissionPage", row: Any, today: date) -> Iterator[Fault]:
    """What held before the present status is not the same, and what counts until one that is announced."""
    message = ""
    opens = page.status == MissionStatus.OPEN
    if _is_same(row.status, page.status):
        message = _("This is the present status: its day is written there.")
    elif page.status_since and page.status_since > today:
        if opens and row.status == MissionStatus.SUSPENDED:
            message = _("A suspension that is to end is written as the present status, with its last day.")
        elif opens and row.status == MissionStatus.RELOCATED:
            message = _("Until it opens, the mission counts as closed.")
        elif not opens and row.status in (MissionStatus.SUSPENDED, MissionStatus.CLOSED):
            message = _("Until the day that is announced, the mission counts as open.")
    if message:
        yield Fault(message, "status", "status_history", row)


def _is_same(status: str, other: str) -> bool:
    """Whether nothing changes from one status to the other. A mission may move, and move again."""
    return status == other and status != MissionStatus.RELOCATED


def _service_faults(services: Sequence[Any]) -> Iterator[Fault]:
    kinds: set[str] = set()
    for row in services:
        if row.kind in kinds:
            yield Fault(_("This service stands in the list already."), "kind", "services", row)
        kinds.add(row.kind)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _hours_faults(page: "MissionPage", hours: Sequence[Any], services: Sequence[Any]) -> Iterator[Fault]:
    if hours and not page.time_zone:
        yield Fault(_("Opening hours need a time zone."), "time_zone", missing=True)
    offered = {row.kind for row in services}
    for row in hours:
        if row.service and row.service not in offered:
            message = _("The mission does not offer this service; add it to the services first.")
            yield Fault(message, "service", "opening_hours", row)
    by_day: dict[Any, list[Any]] = {}
    for row in hours:
        by_day.setdefault((row.service, row.weekday), []).append(row)
    for same_day in by_day.values():
        same_day.sort(key=lambda row: (_minutes(row.opens), _minutes(row.closes) or 24 * 60))
        latest = 0
        for row in same_day:
            if _minutes(row.opens) < latest:
                yield Fault(_("These hours overlap others of the same day."), "opens", "opening_hours", row)
            latest = max(latest, _minutes(row.closes) or 24 * 60)


def _closure_faults(closures: Iterable[Any]) -> Iterator[Fault]:
    latest = date.min
    for row in sorted(closures, key=lambda row: (row.starts_on, row.ends_on or row.starts_on)):
        if row.starts_on <= latest:
            yield Fault(_("These days overlap another closure."), "starts_on", "closures", row)
        latest = max(latest, row.ends_on or row.starts_on)


def _accreditation_faults(page: "MissionPage", accreditations: Sequence[Any]) -> Iterator[Fault]:
    if not accreditations:
        return
    own = _own_country_id()
    at_home = page.direction == MissionDirection.HERE
    refused = {
        page.host_country_id: _("This is the country that the mission stands in."),
        page.sending_country_id: _("This is the country that sends the mission."),
        own: _("This is the country that the mission stands in.") if at_home else _("A mission is not sent to itself."),
    }
    refused.pop(None, None)
    for row in accreditations:
        if row.country_id in refused:
            yield Fault(refused[row.country_id], "country", "accreditations", row)
        if row.organisation_id and row.organisation_id == page.sending_organisation_id:
            yield Fault(_("This is the organisation that sends the mission."), "organisation", "accreditations", row)
    for row in _later_of_overlapping(accreditations, same=("country_id", "organisation_id")):
        field = "country" if row.country_id else "organisation"
        yield Fault(_("The mission is accredited there in that time already."), field, "accreditations", row)


_own_country: ContextVar[int | None] = ContextVar("own_country")


@contextmanager
def own_country_read_once() -> Iterator[None]:
    """Read our own country once for all missions that are checked within; else each asks for it."""
    token = _own_country.set(_own_country_id())
    try:
        yield
    finally:
        _own_country.reset(token)


def _own_country_id() -> int | None:
    from missions.selectors.countries import own_country_id

    try:
        return _own_country.get()
    except LookupError:
        return own_country_id(code=settings.DIWAN_HOME_COUNTRY)


def _appointment_faults(page: "MissionPage", appointments: Sequence[Any]) -> Iterator[Fault]:
    posts = {str(post) for post in _POSTS_OF_ONE}
    if page.kind in _HEAD_OF_KIND:
        posts.add(str(_HEAD_OF_KIND[MissionKind(page.kind)]))
    heads = [row for row in appointments if row.post in posts]
    told = list(_later_of_overlapping(heads, same=("post",)))
    for row in told:
        yield Fault(_("Somebody else holds this post in that time."), "starts_on", "appointments", row)
    for first, second in combinations(appointments, 2):
        if second not in told and overlapping((first, second), same=("person_id", "post")):
            yield Fault(_("This person holds this post in that time already."), "person", "appointments", second)
