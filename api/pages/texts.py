"""Texts of pages: long ones fetched apart, and empty ones filled along the reader's fallback chain.

Continents and countries stand in every language before they are translated: each of their empty fields is answered from
the next language of the chain that has it, and ``fallbackFields`` names it. Other pages answer what they have.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.pages.nodes import Node
from home.models import BasePage, HomePage, StandardPage
from home.selectors.pages import page_text_by_id, page_text_by_key
from home.selectors.visibility import Gate
from regions.models import ContinentPage, CountryPage, NewsIndexPage, NewsPage

_MODELS: dict[str, type[BasePage]] = {
    "HomePage": HomePage,
    "StandardPage": StandardPage,
    "Continent": ContinentPage,
    "Country": CountryPage,
    "NewsItem": NewsPage,
    "NewsIndex": NewsIndexPage,
}
# Field of the model: field of the schema.
FILLED_FIELDS: dict[str, dict[str, str]] = {
    "Continent": {
        "menu_label": "menuLabel",
        "heading": "heading",
        "introduction": "introduction",
        "body": "body",
        "image_id": "image",
        "search_description": "seoDescription",
    },
    "Country": {
        "formal_name": "formalName",
        "capital": "capital",
        "introduction": "introduction",
        "body": "body",
        "key_facts": "keyFacts",
        "relations_since": "relationsSince",
        "image_id": "image",
        "search_description": "seoDescription",
    },
}
# A picture's texts belong to the language that the picture comes from.
_TOGETHER = {"image_id": ("image_id", "image_alt", "image_credit")}
_STREAMS = frozenset({"body", "key_facts"})


class TextByIdLoader(BatchLoader[tuple[int, str], Any]):
    """Long fields of pages of one type, by (id, field)."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def batch_load(self, keys: list[tuple[int, str]]) -> dict[tuple[int, str], Any]:
        fields = sorted({field for _id, field in keys})
        rows = page_text_by_id(_MODELS[self.type_name], ids={page_id for page_id, _field in keys}, fields=fields)
        return {(page_id, field): _value(rows[page_id], field) for page_id, field in keys if page_id in rows}


class FilledTextLoader(BatchLoader[tuple[UUID, str, str], Any]):
    """Values from further along the chain, by (translation key, language that has none, field)."""

    def __init__(self, type_name: str, chain: tuple[str, ...], gate: Gate) -> None:
        self.type_name, self.chain, self.gate = type_name, chain, gate

    def batch_load(self, keys: list[tuple[UUID, str, str]]) -> dict[tuple[UUID, str, str], Any]:
        fields = sorted({name for _key, _locale, field in keys for name in _TOGETHER.get(field, (field,))})
        texts = page_text_by_key(
            _MODELS[self.type_name],
            keys={key for key, _locale, _field in keys},
            fields=fields,
            gate=self.gate,
            chain=self.chain[1:],
        )
        found: dict[tuple[UUID, str, str], Any] = {}
        for key, locale, field in keys:
            further = self.chain[self.chain.index(locale) + 1 :]
            for row in texts.get(key, ()):
                if row["locale_code"] in further and _value(row, field):
                    found[key, locale, field] = row if field in _TOGETHER else _value(row, field)
                    break
        return found


def text_load(context: GraphQLContext, node: Node, field: str) -> Any:
    """The value of a model's field for the reader: its own, or one filled in; None when there is none anywhere.

    Streams are lists of raw blocks. A picture is the row that has it (``image_id image_alt image_credit``).
    """
    if field in node:
        return _own(node, field) or _filled(context, node, field)
    return _load_own(context, node, field).then(lambda value: value or _filled(context, node, field))


def text_resolver(field: str) -> Callable[[Node, Any], Any]:
    """A resolver for a field of a model that may be filled in."""
    return lambda node, info: text_load(info.context, node, field)


def filled_field_names(context: GraphQLContext, node: Node) -> Any:
    """The names, in the schema, of the fields that ``text_load`` fills in for this node."""
    fields = FILLED_FIELDS.get(node["__typename"])
    if not fields or not _has_further(node):
        return []

    def name_if_filled(field: str) -> Deferred[str | None]:
        own = Deferred.resolved(_own(node, field)) if field in node else _load_own(context, node, field)
        return own.then(
            lambda value: (
                None
                if value
                else Deferred.resolved(_filled(context, node, field)).then(
                    lambda found: fields[field] if found else None
                )
            )
        )

    return Deferred.all([name_if_filled(field) for field in fields]).then(
        lambda names: [name for name in names if name is not None]
    )


def _load_own(context: GraphQLContext, node: Node, field: str) -> Deferred[Any]:
    return context.loaders.get(TextByIdLoader, node["__typename"]).load((node["id"], field))


def _own(node: Node, field: str) -> Any:
    return (node if node[field] else None) if field in _TOGETHER else node[field]


def _has_further(node: Node) -> bool:
    return bool(node["locale_code"] != node["scope"].chain[-1])


def _filled(context: GraphQLContext, node: Node, field: str) -> Any:
    if field not in FILLED_FIELDS.get(node["__typename"], {}) or not _has_further(node):
        return None
    loader = context.loaders.get(FilledTextLoader, node["__typename"], node["scope"].chain, context.gate)
    return loader.load((node["translation_key"], node["locale_code"], field))


def _value(row: Node, field: str) -> Any:
    value = row[field]
    if field in _STREAMS and isinstance(value, str):
        return json.loads(value) if value else []
    return value
