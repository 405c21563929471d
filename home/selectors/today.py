"""The ministry's day: what is current, past or due is told by its calendar, whatever zone a reader is in."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.selectors.visibility import Gate


def today_of(gate: Gate) -> date:
    """The day in the ministry's time zone at the moment of the gate. The answer lasts until that day is over."""
    today = _day_of(gate)
    gate.lasts_until(_begin_of(today + timedelta(days=1)))
    return today


def day_has_come(day: date, gate: Gate) -> bool:
    """Whether a day has begun at the moment of the gate. Where it has not, the answer lasts until it does."""
    if day <= _day_of(gate):
        return True
    gate.lasts_until(_begin_of(day))
    return False


def _day_of(gate: Gate) -> date:
    return gate.now.astimezone(timezone.get_default_timezone()).date()


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
