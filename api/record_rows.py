"""Loaders of rows that hang on records: each asks one selector, for all records of a wave at once."""

from collections.abc import Callable
from typing import Any

from api.execution import BatchLoader
from home.selectors.keys import Key
from home.selectors.visibility import Gate


class RowsByIdLoader(BatchLoader[int, list[Any]]):
    """What a selector gives for the ids of source pages (``node["facts"]["id"]``) or of news items."""

    def __init__(self, read: Callable[..., dict[int, list[Any]]], *arguments: Any) -> None:
        self.read, self.arguments = read, arguments

    def batch_load(self, keys: list[int]) -> dict[int, list[Any]]:
        return self.read(*self.arguments, ids=keys)

    def missing(self, key: int) -> list[Any]:
        return []


class RowsByKeyLoader(BatchLoader[Key, list[Any]]):
    """What a selector gives for the translation keys of records, through the gate, in the languages of a chain."""

    def __init__(
        self, read: Callable[..., dict[Key, list[Any]]], gate: Gate, chain: tuple[str, ...] | None = None
    ) -> None:
        self.read, self.gate, self.chain = read, gate, chain

    def batch_load(self, keys: list[Key]) -> dict[Key, list[Any]]:
        if self.chain is None:
            return self.read(keys=keys, gate=self.gate)
        return self.read(keys=keys, gate=self.gate, chain=self.chain)

    def missing(self, key: Key) -> list[Any]:
        return []
