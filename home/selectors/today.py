"""The ministry's day: what is current, past or due is told by its calendar, whatever zone a reader is in."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.selectors.visibility import Gate


def today_of(gate: Gate) -> date:
    """The day in the ministry's time zone at the moment of the gate. The answer lasts until that day is over."""
    zone = timezone.get_default_timezone()
    today = gate.now.astimezone(zone).date()
    gate.lasts_until(datetime.combine(today + timedelta(days=1), time.min, tzinfo=zone))
    return today
