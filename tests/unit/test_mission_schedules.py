"""What it takes to find the next opening of a mission."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from missions import schedules
from missions.schedules import Hours, Schedule

pytestmark = pytest.mark.once

MIDNIGHT = time(0, 0)
ALWAYS = tuple(Hours(weekday, MIDNIGHT, MIDNIGHT) for weekday in range(1, 8))
WEEKDAYS = tuple(Hours(weekday, time(9), time(12)) for weekday in range(1, 6))


def schedule(
    hours: tuple[Hours, ...], *, closures: Any = (), status: str = "open", since: Any = None, until: Any = None
) -> Schedule:
    return Schedule("Europe/Paris", status, since, hours, tuple(closures), frozenset(), until)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The windows that were looked through."""
    looked: list[Any] = []
    real = schedules._changes

    def counted(*arguments: Any) -> Iterator[datetime]:
        looked.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(schedules, "_changes", counted)
    return looked


@pytest.mark.parametrize(
    ("planned", "after", "opens", "most"),
    [
        # Never closed, so it never opens.
        (schedule(ALWAYS), datetime(2026, 12, 1, tzinfo=UTC), None, 1),
        (
            schedule(ALWAYS, closures=[(date(2027, 5, 1), date(2027, 5, 3)), (date(2027, 5, 2), date(2027, 5, 8))]),
            datetime(2026, 12, 1, tzinfo=UTC),
            datetime(2027, 5, 8, 22, tzinfo=UTC),
            3,
        ),
        # Not yet at work within the year that is looked at.
        (schedule(WEEKDAYS, since=date(1962, 10, 31)), datetime(1900, 1, 1, tzinfo=UTC), None, 0),
        (schedule(WEEKDAYS, since=date(2027, 6, 1)), datetime(2026, 12, 1, tzinfo=UTC),
         datetime(2027, 6, 1, 7, tzinfo=UTC), 1),
        # Closed for good from tomorrow.
        (schedule(WEEKDAYS, status="closed", since=date(2026, 12, 2)), datetime(2026, 12, 1, 12, tzinfo=UTC), None, 1),
        # Suspended, to a day that may be known, and from one.
        (schedule(WEEKDAYS, status="suspended", since=date(2024, 3, 1)), datetime(2026, 12, 1, tzinfo=UTC), None, 0),
        (schedule(WEEKDAYS, status="suspended", until=date(2027, 3, 1)), datetime(2026, 12, 1, tzinfo=UTC),
         datetime(2027, 3, 2, 8, tzinfo=UTC), 1),
        (schedule(ALWAYS, status="suspended", since=date(2027, 1, 1), until=date(2027, 1, 31)),
         datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 31, 23, tzinfo=UTC), 2),
        # Closed for longer than is looked at, to the last day that there is.
        (schedule(WEEKDAYS, closures=[(date(2026, 1, 1), date.max)]), datetime(2026, 12, 1, tzinfo=UTC), None, 0),
        (schedule(WEEKDAYS, closures=[(date(2026, 12, 1), date(2027, 3, 1))]), datetime(2026, 12, 1, 12, tzinfo=UTC),
         datetime(2027, 3, 2, 8, tzinfo=UTC), 1),
        # Friday at noon: Monday.
        (schedule(WEEKDAYS), datetime(2026, 12, 4, 12, tzinfo=UTC), datetime(2026, 12, 7, 8, tzinfo=UTC), 2),
        # Hours that are none.
        (schedule((Hours(1, time(12), time(9)),)), datetime(2026, 12, 1, tzinfo=UTC), None, 0),
    ],
)  # fmt: skip
def test_days_without_an_opening_are_not_looked_through(
    windows: list[Any], planned: Schedule, after: datetime, opens: datetime | None, most: int
) -> None:
    assert (planned.next_opening(after), len(windows) <= most) == (opens, True), len(windows)
