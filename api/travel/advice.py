"""The types ``TravelAdvice`` and ``TravelAdviceIndex``, and the sheet of a country."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.raw import stream_blocks, text
from api.blocks.readers import Reader
from api.context import GraphQLContext
from api.dates import Date
from api.execution import BatchLoader, Deferred
from api.locales import LocaleCode
from api.pages.content import PageContent, body_field, resolve_text_or_none
from api.pages.interface import NodeInterface, PageInterface, image_field
from api.pages.nodes import Node, node_load
from api.pages.texts import text_load
from api.rich_text import RichText
from api.rows import column
from api.scope import Scope
from api.travel.changes import HISTORY_DESCRIPTION, HistoryLoader, TravelAdviceChange, change_note_load, changed_at_load
from api.travel.levels import AlertLevel, TravelAdviceSectionKind, WithLevel, level_label, section_label
from home.selectors.keys import Key
from home.selectors.visibility import Gate
from travel.models import SectionKind
from travel.selectors.advice import area_rows_by_sheets


class TravelAdviceArea(WithLevel, graphene.ObjectType):
    """A part of a country with an alert level of its own."""

    name = graphene.String(description="Which part; null where no language of the chain has a name for it.")
    locale = graphene.Field(LocaleCode, description="The language of the name.", resolver=column("locale_code"))


class TravelAdviceSection(graphene.ObjectType):
    """A section of travel advice."""

    kind = graphene.Field(TravelAdviceSectionKind, required=True, description="What it is about.")
    label = graphene.String(required=True, description="What it is about, in the language of the text.")
    text = graphene.Field(RichText, required=True, description="The advice.")


class AreasLoader(BatchLoader[Key, list[Node]]):
    """The parts of countries by the sheet's translation key. One statement."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, list[Node]]:
        found = area_rows_by_sheets(keys=keys, gate=self.gate, chain=self.scope.chain)
        return {key: [{**row, "scope": self.scope} for row in rows] for key, rows in found.items()}

    def missing(self, key: Key) -> list[Node]:
        return []


class TravelAdvice(graphene.ObjectType):
    """What travellers to a country should know.

    Levels and dates are those of the source language in every language: nobody reads yesterday's level because a
    translation waits.
    """

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    country = graphene.Field(
        "api.regions.countries.Country", description="The country; null where its page is not public."
    )
    level = graphene.Field(AlertLevel, required=True, description="The alert level of the country as a whole.")
    level_label = graphene.String(required=True, description="The alert level in words of the language asked for.")
    areas = graphene.List(
        graphene.NonNull(TravelAdviceArea), required=True, description="The parts with a level of their own."
    )
    summary = graphene.String(
        description="A few sentences; null where there are none.", resolver=resolve_text_or_none("introduction")
    )
    sections = graphene.List(
        graphene.NonNull(TravelAdviceSection), required=True, description="The advice, in the editors' order."
    )
    body = body_field()
    image = image_field()
    reviewed_on = Date(description="The day somebody last made sure that all of it holds.")
    changed_at = graphene.DateTime(
        description="When it last changed in more than a correction. `updatedAt` is the last publication, minor or not."
    )
    change_note = graphene.String(
        description="What the latest change of the source language was, in the first language of the chain that has a "
        "word on that change (`changeNoteLocale`); null where none has. The note on a former change is not repeated."
    )
    change_note_locale = graphene.Field(LocaleCode, description="The language of `changeNote`; null where that is.")
    is_minor_change = graphene.Boolean(required=True, description="Whether the latest change is a correction.")
    history = graphene.List(
        graphene.NonNull(TravelAdviceChange),
        required=True,
        description=HISTORY_DESCRIPTION,
    )

    def resolve_country(self: Node, info: GraphQLResolveInfo) -> Any:
        key = self["facts"]["country__translation_key"]
        return node_load(info.context, type_name="Country", key=key, scope=self["scope"])

    def resolve_level(self: Node, info: GraphQLResolveInfo) -> int:
        return int(self["facts"]["level"])

    def resolve_level_label(self: Node, info: GraphQLResolveInfo) -> str:
        return level_label(self["facts"]["level"], self["scope"].locale)

    def resolve_areas(self: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        return context.loaders.get(AreasLoader, self["scope"], context.gate).load(self["translation_key"])

    def resolve_sections(self: Node, info: GraphQLResolveInfo) -> Any:
        reader = Reader(info.context, self["scope"])
        stream = Deferred.resolved(text_load(info.context, self, "sections"))
        return stream.then(lambda found: _sections(found, reader, self["locale_code"]))

    def resolve_reviewed_on(self: Node, info: GraphQLResolveInfo) -> Any:
        return self["facts"]["reviewed_on"]

    def resolve_changed_at(self: Node, info: GraphQLResolveInfo) -> Any:
        return changed_at_load(info.context, self)

    def resolve_change_note(self: Node, info: GraphQLResolveInfo) -> Any:
        return change_note_load(info.context, self).then(lambda found: found[1])

    def resolve_change_note_locale(self: Node, info: GraphQLResolveInfo) -> Any:
        return change_note_load(info.context, self).then(lambda found: found[0])

    def resolve_is_minor_change(self: Node, info: GraphQLResolveInfo) -> bool:
        return bool(self["facts"]["is_minor_change"])

    def resolve_history(self: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        return context.loaders.get(HistoryLoader, self["scope"], context.gate).load(self["translation_key"])


def _sections(stream: Any, reader: Reader, language_code: str) -> list[dict[str, Any]]:
    """The sections of a stream; what is damaged, and what has no word, is left out."""
    sections = []
    for block in stream_blocks(stream):
        value = block["value"]
        kind = text(value, "kind") if isinstance(value, dict) else ""
        content = reader.rich_text(value.get("text")) if kind in SectionKind.values else None
        if content is not None:
            sections.append({"kind": kind, "label": section_label(kind, language_code), "text": content})
    return sections


class TravelAdviceIndex(PageContent, graphene.ObjectType):
    """The page that holds the travel advice."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
