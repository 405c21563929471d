"""Texts of pages: long ones fetched apart, and empty ones filled along the reader's fallback chain.

Continents and countries stand in every language before they are translated: each of their empty fields is answered from
the next language of the chain that has it, and ``fallbackFields`` names it. Other pages answer what they have.
"""

import json
from collections.abc import Callable
from typing import Any

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.pages.nodes import Node
from home.models import BasePage, HomePage, StandardPage
from home.selectors.keys import Key
from home.selectors.pages import page_text_by_id, page_text_by_key
from home.selectors.visibility import Gate
from missions.models import (
    MissionIndexPage,
    MissionPage,
    OrganisationIndexPage,
    OrganisationPage,
    PersonIndexPage,
    PersonPage,
)
from regions.models import ContinentPage, CountryPage, NewsIndexPage, NewsPage
from relations.models import AgreementIndexPage, AgreementPage, EventIndexPage, EventPage
from travel.models import TravelAdviceIndexPage, TravelAdvicePage

PAGE_MODELS: dict[str, type[BasePage]] = {
    "HomePage": HomePage,
    "StandardPage": StandardPage,
    "Continent": ContinentPage,
    "Country": CountryPage,
    "NewsItem": NewsPage,
    "NewsIndex": NewsIndexPage,
    "Mission": MissionPage,
    "MissionIndex": MissionIndexPage,
    "Organisation": OrganisationPage,
    "OrganisationIndex": OrganisationIndexPage,
    "Person": PersonPage,
    "PersonIndex": PersonIndexPage,
    "Event": EventPage,
    "EventIndex": EventIndexPage,
    "Agreement": AgreementPage,
    "AgreementIndex": AgreementIndexPage,
    "TravelAdvice": TravelAdvicePage,
    "TravelAdviceIndex": TravelAdviceIndexPage,
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
        "nominative": "nominative",
        "in_country": "inCountry",
        "demonym": "demonym",
        "adjective": "adjective",
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
_STREAMS = frozenset({"body", "key_facts", "sections"})
# A language and the value found in it; two Nones when there is none.
Found = tuple[str | None, Any]


class TextByIdLoader(BatchLoader[tuple[int, str], Any]):
    """Long fields of pages of one type, by (id, field)."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def batch_load(self, keys: list[tuple[int, str]]) -> dict[tuple[int, str], Any]:
        fields = sorted({field for _id, field in keys})
        rows = page_text_by_id(PAGE_MODELS[self.type_name], ids={page_id for page_id, _field in keys}, fields=fields)
        return {(page_id, field): _value(rows[page_id], field) for page_id, field in keys if page_id in rows}


class ChainTextLoader(BatchLoader[tuple[Key, str, str], Found]):
    """The first value along the chain and its language, by (translation key, language served, field).

    Languages before the one served are passed over: what is served is the best page there is.
    """

    def __init__(self, type_name: str, chain: tuple[str, ...], gate: Gate) -> None:
        self.type_name, self.chain, self.gate = type_name, chain, gate

    def batch_load(self, keys: list[tuple[Key, str, str]]) -> dict[tuple[Key, str, str], Found]:
        fields = sorted({name for _key, _locale, field in keys for name in _TOGETHER.get(field, (field,))})
        texts = page_text_by_key(
            PAGE_MODELS[self.type_name],
            keys={key for key, _locale, _field in keys},
            fields=fields,
            gate=self.gate,
            chain=self.chain,
        )
        found: dict[tuple[Key, str, str], Found] = {}
        for key, locale, field in keys:
            left = self.chain[self.chain.index(locale) :]
            for row in texts.get(key, ()):
                if row["locale_code"] in left and _value(row, field):
                    found[key, locale, field] = (row["locale_code"], row if field in _TOGETHER else _value(row, field))
                    break
        return found

    def missing(self, key: tuple[Key, str, str]) -> Found:
        return (None, None)


def text_load(context: GraphQLContext, node: Node, field: str) -> Any:
    """The value of a model's field for the reader: its own, or one filled in; None when there is none anywhere.

    Streams are lists of raw blocks. A picture is the row that has it (``image_id image_alt image_credit``).
    """
    own = _own(node, field) if field in node else None
    if own:
        return own
    if _may_be_filled(node, field):
        return _chain_load(context, node, field).then(lambda found: found[1])
    if field in node:
        return None
    return context.loaders.get(TextByIdLoader, node["__typename"]).load((node["id"], field))


def text_resolver(field: str) -> Callable[[Node, Any], Any]:
    """A resolver for a field of a model that may be filled in."""
    return lambda node, info: text_load(info.context, node, field)


def filled_field_names(context: GraphQLContext, node: Node) -> Any:
    """The names, in the schema, of the fields that ``text_load`` fills in for this node."""
    fields = FILLED_FIELDS.get(node["__typename"], {})
    empty = [field for field in fields if _may_be_filled(node, field) and not (field in node and _own(node, field))]
    return Deferred.all([_chain_load(context, node, field) for field in empty]).then(
        lambda found: [
            fields[field]
            for field, (locale, _value) in zip(empty, found, strict=True)
            if locale not in (None, node["locale_code"])
        ]
    )


def _chain_load(context: GraphQLContext, node: Node, field: str) -> Deferred[Found]:
    loader = context.loaders.get(ChainTextLoader, node["__typename"], node["scope"].chain, context.gate)
    return loader.load((node["translation_key"], node["locale_code"], field))


def _own(node: Node, field: str) -> Any:
    return (node if node[field] else None) if field in _TOGETHER else node[field]


def _may_be_filled(node: Node, field: str) -> bool:
    return field in FILLED_FIELDS.get(node["__typename"], {}) and node["locale_code"] != node["scope"].chain[-1]


def _value(row: Node, field: str) -> Any:
    value = row[field]
    if field in _STREAMS and isinstance(value, str):
        return json.loads(value) if value else []
    return value
