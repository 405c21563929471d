"""Agreements that name each other, some of them in the table that makes them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from bulk.selectors.lookups import Lookups
from bulk.selectors.stored import agreement_links
from bulk.services.planning import Plan, PlannedPage
from home.models import RecordPage
from relations.models.checks import links_cycles

LINKS = "links"


class Instruments:
    """Numbers below zero for the instruments of a table that are not saved yet, so that rows can name them."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._pages: dict[int, RecordPage] = {}
        self._numbers: dict[int, int] = {}

    def add(self, page: RecordPage) -> None:
        """Let a new instrument be named by its key."""
        number = -1 - len(self._pages)
        self._pages[number] = page
        self._numbers[id(page)] = number
        self._lookups.agreements.add(number, code=page.record_key)

    def number(self, page: RecordPage) -> int:
        """What stands for an instrument: its id once it is saved."""
        return page.pk or self._numbers[id(page)]

    def faults(self, plan: Plan) -> Iterator[tuple[PlannedPage, str]]:
        """Instruments that do the same to each other, and what is named twice. One statement, none without links.

        Asked when the table is compared, and again by whoever writes, before ``name``.
        """
        planned = {self.number(each.page): each for each in plan.all() if LINKS in each.rows}
        if not planned:
            return
        links = [link for link in agreement_links() if link[0] not in planned]
        for number, each in planned.items():
            own = [(number, row.kind, row.agreement_id) for row in each.rows[LINKS]]
            if len(set(own)) < len(own):
                yield each, _("The same stands there twice.")
            links.extend(own)
        for cycle in links_cycles(links):
            found = next((planned[number] for number in cycle if number in planned), None)
            if found is not None:
                yield found, _("That instrument does the same to this one, by itself or through others.")

    def name(self, plan: Plan) -> None:
        """Put the pages themselves where numbers stand for them: their ids follow when they are saved."""
        for each in plan.all():
            for row in each.rows.get(LINKS, ()):
                page: Any = self._pages.get(row.agreement_id)
                if page is not None:
                    row.agreement = page
