"""Batch loaders of continents and countries other than by translation key (``api.pages.nodes`` has that)."""

from api.execution import BatchLoader
from api.pages.nodes import Node, node_from, nodes_from
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.visibility import Gate
from regions.selectors.continents import continent_pinned_news_keys, continent_rows_shown
from regions.selectors.countries import country_rows_shown
from regions.selectors.news import news_continent_keys, news_country_keys


class ContinentByCodeLoader(BatchLoader[str, Node | None]):
    """Continents by UN M49 code."""

    def __init__(self, scope: Scope, gate: Gate, fields: tuple[str, ...]) -> None:
        self.scope, self.gate, self.fields = scope, gate, fields

    def batch_load(self, keys: list[str]) -> dict[str, Node | None]:
        rows = continent_rows_shown(gate=self.gate, chain=self.scope.chain, codes=keys, fields=self.fields)
        return {row["code"]: node_from(row, type_name="Continent", scope=self.scope, gate=self.gate) for row in rows}


class ContinentsLoader(BatchLoader[None, list[Node]]):
    """Every continent, by the key None."""

    def __init__(self, scope: Scope, gate: Gate, fields: tuple[str, ...]) -> None:
        self.scope, self.gate, self.fields = scope, gate, fields

    def batch_load(self, keys: list[None]) -> list[list[Node]]:
        rows = continent_rows_shown(gate=self.gate, chain=self.scope.chain, fields=self.fields)
        return [nodes_from(rows, type_name="Continent", scope=self.scope, gate=self.gate)]


class PinnedNewsKeysLoader(BatchLoader[int, list[Key]]):
    """Translation keys of the pinned news of continent pages, by the page's id."""

    def batch_load(self, keys: list[int]) -> dict[int, list[Key]]:
        return continent_pinned_news_keys(continent_ids=keys)

    def missing(self, key: int) -> list[Key]:
        return []


class CountryByCodeLoader(BatchLoader[str, Node | None]):
    """Countries by ISO 3166-1 alpha-2 code."""

    def __init__(self, scope: Scope, gate: Gate, fields: tuple[str, ...]) -> None:
        self.scope, self.gate, self.fields = scope, gate, fields

    def batch_load(self, keys: list[str]) -> dict[str, Node | None]:
        rows = country_rows_shown(gate=self.gate, chain=self.scope.chain, codes=keys, fields=self.fields)
        return {row["code"]: node_from(row, type_name="Country", scope=self.scope, gate=self.gate) for row in rows}


class CountriesByContinentLoader(BatchLoader[Key | None, list[Node]]):
    """The countries of continents by translation key; those of the world by None."""

    def __init__(self, scope: Scope, gate: Gate, fields: tuple[str, ...]) -> None:
        self.scope, self.gate, self.fields = scope, gate, fields

    def batch_load(self, keys: list[Key | None]) -> list[list[Node]]:
        continents = [key for key in keys if key is not None]
        rows = country_rows_shown(
            gate=self.gate,
            chain=self.scope.chain,
            continent_keys=None if None in keys else continents,
            fields=(*self.fields, "continent_key") if continents else self.fields,
        )
        nodes = nodes_from(rows, type_name="Country", scope=self.scope, gate=self.gate)
        by_continent: dict[Key, list[Node]] = {}
        if continents:
            for node in nodes:
                by_continent.setdefault(node["continent_key"], []).append(node)
        return [nodes if key is None else by_continent.get(key, []) for key in keys]


class NewsCountryKeysLoader(BatchLoader[int, list[Key]]):
    """Translation keys of the countries that news items name, by the item's id."""

    def batch_load(self, keys: list[int]) -> dict[int, list[Key]]:
        return news_country_keys(news_ids=keys)

    def missing(self, key: int) -> list[Key]:
        return []


class NewsContinentKeysLoader(BatchLoader[int, list[Key]]):
    """Translation keys of the continents that news items name themselves, by the item's id."""

    def batch_load(self, keys: list[int]) -> dict[int, list[Key]]:
        return news_continent_keys(news_ids=keys)

    def missing(self, key: int) -> list[Key]:
        return []
