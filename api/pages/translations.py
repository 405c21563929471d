"""How fresh a page is in the reader's language and in every other, told from what the public may see."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.locales import LocaleCode
from api.pages.nodes import Node, page_path
from api.pages.texts import PAGE_MODELS
from api.rows import resolver_by_scope
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.locales import locale_codes
from home.selectors.pages import Row
from home.selectors.visibility import Gate
from translations.selectors.coverage import WHOLE, coverage_counts
from translations.selectors.freshness import (
    PAGE_TEXTS,
    Freshness,
    PageFreshness,
    PageTexts,
    freshness_of,
    page_translations,
)

_STATUSES = {
    Freshness.SOURCE: "The language asked for is the one that content is written in, and the page stands in it.",
    Freshness.UP_TO_DATE: "A translation that says what the source says.",
    Freshness.OUTDATED: "A translation; the texts of the source have changed since it was last published.",
    Freshness.PARTIAL: "The page stands in the language, and some of its texts are answered from the source.",
    Freshness.MISSING: "There is no public page in the language.",
}
TranslationStatus = graphene.Enum.from_enum(
    Freshness,
    name="TranslationStatus",
    description=lambda value: (
        _STATUSES[value] if value else "How fresh a page is in a language, as far as the public can see."
    ),
)
_TYPES = {
    "HOME_PAGE": ("HomePage", "Home pages."),
    "STANDARD_PAGE": ("StandardPage", "Plain pages."),
    "CONTINENT": ("Continent", "Continents."),
    "COUNTRY": ("Country", "Countries and territories."),
    "NEWS_ITEM": ("NewsItem", "News items."),
    "NEWS_INDEX": ("NewsIndex", "Lists of news."),
    "MISSION": ("Mission", "Missions."),
    "MISSION_INDEX": ("MissionIndex", "Directories of missions."),
    "ORGANISATION": ("Organisation", "Organisations."),
    "ORGANISATION_INDEX": ("OrganisationIndex", "Lists of organisations."),
    "PERSON": ("Person", "People."),
    "PERSON_INDEX": ("PersonIndex", "Lists of people."),
    "EVENT": ("Event", "Events."),
    "EVENT_INDEX": ("EventIndex", "Pages that hold events."),
    "AGREEMENT": ("Agreement", "Agreements."),
    "AGREEMENT_INDEX": ("AgreementIndex", "Registers of agreements."),
    "TRAVEL_ADVICE": ("TravelAdvice", "Travel advice."),
    "TRAVEL_ADVICE_INDEX": ("TravelAdviceIndex", "Lists of travel advice."),
}
_PageType = Enum("_PageType", {name: type_name for name, (type_name, _text) in _TYPES.items()})  # type: ignore[misc] # members are in a table
PageType = graphene.Enum.from_enum(
    _PageType, name="PageType", description=lambda value: _TYPES[value.name][1] if value else "Types of pages."
)

# Fields of the models that hold text: fields of the schema. Pictures and dates are in no language.
_TEXTS = {"introduction": "introduction", "body": "body", "search_description": "seoDescription"}
TEXT_FIELDS: dict[str, dict[str, str]] = {
    "HomePage": {"heading": "heading", **_TEXTS},
    "StandardPage": _TEXTS,
    "Continent": {"menu_label": "menuLabel", "heading": "heading", **_TEXTS},
    "Country": {"formal_name": "formalName", "capital": "capital", **_TEXTS, "key_facts": "keyFacts"},
    "NewsItem": {**_TEXTS, "introduction": "summary"},
    "NewsIndex": _TEXTS,
    "Mission": {"city": "city", "address_text": "addressText", "district": "district", **_TEXTS},
    "MissionIndex": _TEXTS,
    "Organisation": {"acronym": "acronym", "formal_name": "formalName", "seat_city": "seatCity", **_TEXTS},
    "OrganisationIndex": _TEXTS,
    "Person": {"courtesy_title": "courtesyTitle", **_TEXTS},
    "PersonIndex": _TEXTS,
    "Event": {"place": "place", **_TEXTS},
    "EventIndex": _TEXTS,
    "Agreement": {"place": "place", **_TEXTS},
    "AgreementIndex": _TEXTS,
    "TravelAdvice": {"change_note": "changeNote", "sections": "sections", **_TEXTS, "introduction": "summary"},
    "TravelAdviceIndex": _TEXTS,
}


class PageTranslationsLoader(BatchLoader[Key, dict[str, Row]]):
    """The public pages of one type in every language, by translation key."""

    def __init__(self, type_name: str, gate: Gate) -> None:
        self.type_name, self.gate = type_name, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, dict[str, Row]]:
        name = self.type_name
        return page_translations(PAGE_MODELS[name], keys=keys, texts=PAGE_TEXTS[PAGE_MODELS[name]], gate=self.gate)

    def missing(self, key: Key) -> dict[str, Row]:
        return {}


@dataclass(frozen=True, slots=True)
class _Value:
    """What a ``PageTranslation`` is resolved from."""

    type_name: str
    freshness: PageFreshness


def _load(context: GraphQLContext, nodes: list[Node]) -> Deferred[list[dict[str, Row]]]:
    return Deferred.all(
        [
            context.loaders.get(PageTranslationsLoader, node["__typename"], context.gate).load(node["translation_key"])
            for node in nodes
        ]
    )


def _values_load(context: GraphQLContext, nodes: list[Node], *, locales: list[str]) -> Deferred[list[list[_Value]]]:
    """For each page, how fresh it is in each of some languages."""

    def values(node: Node, rows: dict[str, Row]) -> list[_Value]:
        name = node["__typename"]
        return [_Value(name, freshness_of(rows, locale=code, texts=PAGE_TEXTS[PAGE_MODELS[name]])) for code in locales]

    return _load(context, nodes).then(lambda found: list(map(values, nodes, found)))


class PageTranslation(graphene.ObjectType):
    """A page in one language: whether it is there, and how fresh it is beside the source that the public sees."""

    locale = graphene.NonNull(LocaleCode, description="The language.")
    status = graphene.NonNull(TranslationStatus, description="How fresh the page is in the language.")
    progress = graphene.NonNull(
        graphene.Float,
        description="Which part of the texts that readers are shown is in the language, 0 to 1; a text is a field.",
    )
    is_outdated = graphene.NonNull(
        graphene.Boolean, description="Whether the texts of the source have changed since this was last published."
    )
    untranslated_paths = graphene.NonNull(
        graphene.List(graphene.NonNull(graphene.String)),
        description="The fields that readers of the language are shown in another one.",
    )
    path = graphene.String(description="The path on the website; null where there is no page in the language.")
    updated_at = graphene.DateTime(description="When the page was last published in the language.")
    source_updated_at = graphene.DateTime(
        description="When the texts of the source last changed for the public; null where it is not public."
    )

    def resolve_locale(self: _Value, info: GraphQLResolveInfo) -> str:
        return self.freshness.locale

    def resolve_status(self: _Value, info: GraphQLResolveInfo) -> Freshness:
        return self.freshness.status

    def resolve_progress(self: _Value, info: GraphQLResolveInfo) -> float:
        return self.freshness.progress

    def resolve_is_outdated(self: _Value, info: GraphQLResolveInfo) -> bool:
        return self.freshness.is_outdated

    def resolve_untranslated_paths(self: _Value, info: GraphQLResolveInfo) -> list[str]:
        names = {"title": "title", **TEXT_FIELDS[self.type_name]}
        return [names[field] for field in self.freshness.untranslated]

    def resolve_path(self: _Value, info: GraphQLResolveInfo) -> str | None:
        page = self.freshness.page
        return None if page is None else page_path(info.context, page)

    def resolve_updated_at(self: _Value, info: GraphQLResolveInfo) -> Any:
        page = self.freshness.page
        return None if page is None else page["last_published_at"]

    def resolve_source_updated_at(self: _Value, info: GraphQLResolveInfo) -> Any:
        return self.freshness.source_updated_at


@resolver_by_scope
def resolve_translation(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[_Value]]:
    """The pages in the reader's language."""
    lists = _values_load(info.context, nodes, locales=[scope.locale])
    return lists.then(lambda found: [value for [value] in found])


@resolver_by_scope
def resolve_translations(nodes: list[Node], _scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[list[_Value]]]:
    """The pages in every language."""
    return _values_load(info.context, nodes, locales=locale_codes())


def _texts_of(node: Node) -> PageTexts:
    return PAGE_TEXTS[PAGE_MODELS[node["__typename"]]]


class PageTranslations:
    """The fields of the interface ``Page`` that tell of its translations."""

    translation = graphene.Field(
        PageTranslation,
        required=True,
        description="How fresh the page is in the reader's language.",
        resolver=resolve_translation,
    )
    translations = graphene.List(
        graphene.NonNull(PageTranslation),
        required=True,
        description="How fresh the page is in each language, those included that it is missing in.",
        resolver=resolve_translations,
    )


def status_filter(noun: str) -> Any:
    """The field ``translationStatus`` of a filter."""
    return graphene.List(
        graphene.NonNull(TranslationStatus),
        description=f"Only {noun} whose translation into the reader's language is in one of these states.",
    )


def statuses_from(criteria: dict[str, Any] | None) -> frozenset[Freshness] | None:
    """The states that a filter asks for."""
    given = (criteria or {}).get("translation_status")
    return None if given is None else frozenset(given)


def nodes_in_states(
    context: GraphQLContext, scope: Scope, statuses: frozenset[Freshness] | None
) -> Callable[[list[Node]], Any]:
    """What keeps, of a list of nodes, those in one of some states."""

    def narrow(nodes: list[Node]) -> Any:
        if statuses is None:
            return nodes

        def keep(found: list[dict[str, Row]]) -> list[Node]:
            return [
                node
                for node, rows in zip(nodes, found, strict=True)
                if freshness_of(rows, locale=scope.locale, texts=_texts_of(node)).status in statuses
            ]

        return _load(context, nodes).then(keep)

    return narrow


class TranslationCoverage(graphene.ObjectType):
    """How much of the website readers of a language find in it: pages, as lists with the default chain show them."""

    locale = graphene.NonNull(LocaleCode, description="The language.")
    total = graphene.NonNull(graphene.Int, description="All pages; the sum of the other numbers.")
    source = graphene.NonNull(graphene.Int, description="Pages of the language that content is written in.")
    up_to_date = graphene.NonNull(graphene.Int, description="Translations that say what their source says.")
    outdated = graphene.NonNull(graphene.Int, description="Translations whose source has changed since.")
    partial = graphene.NonNull(graphene.Int, description="Pages of the language with texts from the source.")
    missing = graphene.NonNull(graphene.Int, description="Pages that are shown in another language.")


class TranslationCoverageQuery:
    """The root field ``translationCoverage``."""

    translation_coverage = graphene.Field(
        TranslationCoverage,
        description="How much of the website readers of a language find in it.",
        locale=graphene.Argument(LocaleCode, required=True, description="The language of the readers."),
        page_type=graphene.Argument(PageType, description="Only pages of this type; omitted: all of them."),
    )

    @staticmethod
    def resolve_translation_coverage(
        _root: None, info: GraphQLResolveInfo, locale: Enum, page_type: Enum | None = None
    ) -> dict[str, Any]:
        gate = info.context.gate
        names = list(TEXT_FIELDS) if page_type is None else [page_type.value]
        gate.listed.update(names)
        models = [PAGE_MODELS[name] for name in names]
        coverage = coverage_counts(locales=[locale.value], models=models, gate=gate)[locale.value, WHOLE]
        counts = {status.value: number for status, number in coverage.counts.items()}
        return {"locale": locale.value, "total": coverage.total, **counts}
