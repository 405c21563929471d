"""Stretches of lists that are sorted by a day."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, Q

from home.selectors.prepared import ID, Parameter

# A day, which of the sources of a list a row is from, and the row's id there.
Position = tuple[date, int, int]


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a list.

    ``newest_first`` is the order of the list. ``after`` and ``before`` are positions, not included; ``from_end`` takes
    the last ``limit`` rows instead of the first, still in the order of the list.
    """

    limit: int
    newest_first: bool = True
    after: Position | None = None
    before: Position | None = None
    from_end: bool = False

    @property
    def direction(self) -> str:
        """How the rows to take are sorted, in SQL."""
        return "DESC" if self.newest_first != self.from_end else "ASC"

    def condition(self, day: str, source: int) -> Q:
        """The condition that keeps the rows of a source between ``after`` and ``before``, on its column ``day``."""
        condition = Q()
        ends = (("after", self.after, self.newest_first), ("before", self.before, not self.newest_first))
        for name, position, is_older in ends:
            if position is None:
                continue
            beyond = "lt" if is_older else "gt"
            value = Parameter(f"{name}_day", DateField())
            same_day = Q(**{day: value})
            if source == position[1]:
                same_day &= Q(**{f"pk__{beyond}": Parameter(f"{name}_id", ID)})
            elif (source < position[1]) != is_older:
                same_day = Q(pk__in=[])
            # The first half is implied by the second, and is what an index on the day can use.
            condition &= Q(**{f"{day}__{beyond}e": value}) & (Q(**{f"{day}__{beyond}": value}) | same_day)
        return condition

    @property
    def shape(self) -> Hashable:
        """What the stretch puts into a statement other than by parameters."""
        sources = (None if position is None else position[1] for position in (self.after, self.before))
        return (self.limit, self.newest_first, self.from_end, *sources)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        (after_day, _source, after_id) = self.after or (None, None, None)
        (before_day, _source, before_id) = self.before or (None, None, None)
        return {"after_day": after_day, "after_id": after_id, "before_day": before_day, "before_id": before_id}
