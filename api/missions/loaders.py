"""Batch loaders of what hangs on missions. Each row carries the scope that its names are said in."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from api.execution import BatchLoader
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.pages import Row
from home.selectors.record_rows import is_current
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.selectors.mission_rows import (
    mission_accreditations,
    mission_appointments,
    mission_closures,
    mission_contacts,
    mission_hours,
    mission_services,
    mission_status_history,
)

K = TypeVar("K")


class _RowsLoader(BatchLoader[K, list[Row]]):
    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def said(self, found: dict[K, list[Row]]) -> dict[K, list[Row]]:
        for rows in found.values():
            for row in rows:
                row["scope"] = self.scope
        return found

    def missing(self, key: K) -> list[Row]:
        return []


class _FactsLoader(_RowsLoader[int]):
    read: Callable[..., dict[int, list[Row]]]

    def batch_load(self, keys: list[int]) -> dict[int, list[Row]]:
        return self.said(type(self).read(ids=keys))


class HoursLoader(_FactsLoader):
    """Opening hours by the id of the mission's source page."""

    read = staticmethod(mission_hours)


class StatusHistoryLoader(_FactsLoader):
    """Earlier statuses by the id of the mission's source page."""

    read = staticmethod(mission_status_history)


class ContactsLoader(_FactsLoader):
    """Contacts by the id of the mission's source page."""

    read = staticmethod(mission_contacts)


class _DatedLoader(_RowsLoader[int]):
    """Rows that hold for some time; whether now is told by the ministry's day, and that bounds the answer."""

    def dated(self, found: dict[int, list[Row]]) -> dict[int, list[Row]]:
        today = today_of(self.gate)
        for rows in found.values():
            for row in rows:
                row["is_current"] = is_current(row, today)
        return self.said(found)


class AccreditationsLoader(_DatedLoader):
    """Accreditations by the id of the mission's source page."""

    def batch_load(self, keys: list[int]) -> dict[int, list[Row]]:
        return self.dated(mission_accreditations(ids=keys))


class AppointmentsLoader(_DatedLoader):
    """Who holds or held which post, by the id of the mission's source page."""

    def batch_load(self, keys: list[int]) -> dict[int, list[Row]]:
        return self.dated(mission_appointments(ids=keys, gate=self.gate))


class _TextsLoader(_RowsLoader[Key]):
    read: Callable[..., dict[Key, list[Row]]]

    def batch_load(self, keys: list[Key]) -> dict[Key, list[Row]]:
        return self.said(type(self).read(keys=keys, gate=self.gate, chain=self.scope.chain))


class ServicesLoader(_TextsLoader):
    """Services by the mission's translation key."""

    read = staticmethod(mission_services)


class ClosuresLoader(_TextsLoader):
    """Closures by the mission's translation key."""

    read = staticmethod(mission_closures)


def source_ids(nodes: Iterable[dict[str, Any]]) -> list[int]:
    """The ids of the source pages of missions."""
    return [node["facts"]["id"] for node in nodes]


def mission_keys(nodes: Iterable[dict[str, Any]]) -> list[Key]:
    """The translation keys of missions."""
    return [node["translation_key"] for node in nodes]
