"""The types ``Agreement`` and ``AgreementIndex``."""

from collections.abc import Callable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.types import DatePrecisionEnum
from api.choices import label_of
from api.connections import Connection
from api.context import GraphQLContext
from api.dates import Date
from api.execution import Deferred
from api.files import Document, DocumentLoader
from api.missions.organisations import Organisation
from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import Node, node_lists_load, nodes_load
from api.record_rows import RowsByIdLoader, RowsByKeyLoader
from api.records import fact, fact_label, text_or_none
from api.regions.countries import Country
from api.regions.news_lists import news_of
from api.relations.agreement_lists import agreement_connection, agreements_field
from api.relations.choices import AgreementField, AgreementKind, AgreementStageKind
from api.rows import resolver_by_scope
from api.scope import Scope
from home.language.dates import date_label
from home.selectors.today import today_of
from relations.models import choices
from relations.selectors.news import NEWS_OF_AGREEMENTS
from relations.selectors.parts import (
    agreement_event_keys,
    agreement_link_keys,
    agreement_party_rows,
    agreement_text_rows,
)
from relations.selectors.stages import agreement_stage_rows, first_date, status_of


class AgreementParty(graphene.ObjectType):
    """Whom an agreement is with besides us: a country or an organisation."""

    country = graphene.Field(Country, description="The country; null where the party is an organisation.")
    organisation = graphene.Field(Organisation, description="The organisation; null where the party is a country.")


class AgreementStage(graphene.ObjectType):
    """Something that became of an agreement, and when."""

    kind = graphene.Field(AgreementStageKind, required=True, description="What became of it.")
    kind_label = graphene.String(required=True, description="The same in words of the reader's language.")
    date = Date(required=True, description="When; `precision` says how much of the day is known.")
    precision = graphene.Field(DatePrecisionEnum, required=True, description="How much of the day is known.")
    date_label = graphene.String(required=True, description="The day in words of the reader's language.")
    reference = graphene.String(
        description="The number of the official journal, of the dahir or law …", resolver=text_or_none("reference")
    )

    def resolve_kind_label(self: Node, info: GraphQLResolveInfo) -> str:
        return label_of(choices.AgreementStageKind, self["kind"], self["scope"].locale)

    def resolve_date_label(self: Node, info: GraphQLResolveInfo) -> str:
        return date_label(self["date"], self["precision"], language_code=self["scope"].locale)


class AgreementText(graphene.ObjectType):
    """The text of an agreement in one language."""

    language = graphene.String(required=True, description="The ISO 639 code of the language.")
    document = graphene.Field(Document, required=True, description="The text as a file.")
    is_authentic = graphene.Boolean(required=True, description="Whether the agreement says that this text is binding.")


def _stages_load(node: Node, info: GraphQLResolveInfo) -> Deferred[list[dict[str, Any]]]:
    return info.context.loaders.get(RowsByIdLoader, agreement_stage_rows).load(node["facts"]["id"])


def _linked(kind: choices.AgreementLinkKind, *, is_reverse: bool) -> Callable[..., Any]:
    """A resolver of the agreements that this one does something to, or the reverse."""

    def resolve(node: Node, info: GraphQLResolveInfo) -> Deferred[list[Node]]:
        context: GraphQLContext = info.context
        if is_reverse:
            # Whatever agreement is published may be one that does something to this one.
            context.gate.listed.add("Agreement")
        links = context.loaders.get(AgreementLinksLoader, is_reverse).load(node["translation_key"])

        def shown(found: list[Any]) -> Deferred[list[Node]]:
            keys = [key for each, key in found if each == kind.value]
            return nodes_load(context, type_name="Agreement", keys=keys, scope=node["scope"])

        return links.then(shown)

    return resolve


class AgreementLinksLoader(RowsByKeyLoader):
    """What agreements do to others, or others to them, by translation key."""

    def __init__(self, is_reverse: bool) -> None:
        self.is_reverse = is_reverse

    def batch_load(self, keys: list[Any]) -> dict[Any, list[Any]]:
        return agreement_link_keys(keys=keys, is_reverse=self.is_reverse)


def _linked_field(kind: choices.AgreementLinkKind, description: str, *, is_reverse: bool = False) -> Any:
    return graphene.List(
        graphene.NonNull(lambda: Agreement),
        required=True,
        description=description,
        resolver=_linked(kind, is_reverse=is_reverse),
    )


class Agreement(PageContent, graphene.ObjectType):
    """An agreement between us and other states, or organisations: its parties, what became of it, its texts."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    agreement_kind = graphene.Field(
        AgreementKind, required=True, description="What the instrument calls itself.", resolver=fact("kind")
    )
    agreement_kind_label = graphene.String(
        required=True,
        description="The name of the kind in the reader's language.",
        resolver=fact_label(choices.AgreementKind, "kind"),
    )
    field = graphene.Field(
        AgreementField, required=True, description="What it is about in the main.", resolver=fact("field")
    )
    field_label = graphene.String(
        required=True,
        description="The name of the field in the reader's language.",
        resolver=fact_label(choices.AgreementField, "field"),
    )
    place = graphene.String(
        description="The city where it was signed; null where it is not said.", resolver=text_or_none("place")
    )
    parties = graphene.List(
        graphene.NonNull(AgreementParty),
        required=True,
        description="Whom it is with besides us, in the editors' order.",
    )
    stages = graphene.List(
        graphene.NonNull(AgreementStage), required=True, description="What became of it, in the order of the days."
    )
    agreement_status = graphene.Field(
        AgreementStageKind,
        description="Where it stands today, as its stages tell: terminated, suspended or in force before ratified, "
        "signed and negotiated. Stages of days to come do not count. Null without a stage.",
    )
    agreement_status_label = graphene.String(description="The same in words of the reader's language.")
    signed_on = Date(description="The first day on which it was signed.")
    in_force_on = Date(description="The first day on which it was in force.")
    texts = graphene.List(
        graphene.NonNull(AgreementText), required=True, description="Its texts, by language, in the editors' order."
    )
    amends = _linked_field(choices.AgreementLinkKind.AMENDS, "The agreements that this one amends.")
    amended_by = _linked_field(choices.AgreementLinkKind.AMENDS, "The agreements that amend this one.", is_reverse=True)
    replaces = _linked_field(choices.AgreementLinkKind.REPLACES, "The agreements that this one replaces.")
    replaced_by = _linked_field(
        choices.AgreementLinkKind.REPLACES, "The agreements that replace this one.", is_reverse=True
    )
    implements = _linked_field(choices.AgreementLinkKind.IMPLEMENTS, "The agreements that this one implements.")
    implemented_by = _linked_field(
        choices.AgreementLinkKind.IMPLEMENTS, "The agreements that implement this one.", is_reverse=True
    )
    events = graphene.List(
        graphene.NonNull(lambda: _event()), required=True, description="The events at which it was signed, in order."
    )
    news = news_of(NEWS_OF_AGREEMENTS, description="The news about the agreement.")

    @staticmethod
    @resolver_by_scope
    def resolve_parties(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        rows = context.loaders.get(RowsByIdLoader, agreement_party_rows).load_many(
            node["facts"]["id"] for node in nodes
        )

        def parties(lists: list[list[dict[str, Any]]]) -> Deferred[Any]:
            together = [
                node_lists_load(
                    context,
                    type_name=type_name,
                    lists=[[row[column] for row in line if row[column]] for line in lists],
                    scope=scope,
                )
                for type_name, column in _PARTIES.items()
            ]
            return Deferred.all(together).then(
                lambda found: [_parties(*each) for each in zip(lists, *found, strict=True)]
            )

        return rows.then(parties)

    def resolve_stages(self: Node, info: GraphQLResolveInfo) -> Any:
        return _stages_load(self, info).then(lambda rows: [{**row, "scope": self["scope"]} for row in rows])

    def resolve_agreement_status(self: Node, info: GraphQLResolveInfo) -> Any:
        today = today_of(info.context.gate)
        return _stages_load(self, info).then(lambda rows: status_of(rows, today=today))

    def resolve_agreement_status_label(self: Node, info: GraphQLResolveInfo) -> Any:
        today = today_of(info.context.gate)

        def label(rows: list[dict[str, Any]]) -> str | None:
            status = status_of(rows, today=today)
            return status and label_of(choices.AgreementStageKind, status, self["scope"].locale)

        return _stages_load(self, info).then(label)

    def resolve_signed_on(self: Node, info: GraphQLResolveInfo) -> Any:
        return _stages_load(self, info).then(lambda rows: first_date(rows, choices.AgreementStageKind.SIGNED))

    def resolve_in_force_on(self: Node, info: GraphQLResolveInfo) -> Any:
        return _stages_load(self, info).then(lambda rows: first_date(rows, choices.AgreementStageKind.IN_FORCE))

    def resolve_texts(self: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context

        def with_documents(rows: list[dict[str, Any]]) -> Deferred[list[dict[str, Any]]]:
            documents = context.loaders.get(DocumentLoader).load_many(row["document_id"] for row in rows)
            # A document in a private collection is not there for the public.
            return documents.then(
                lambda found: [
                    {**row, "document": each} for row, each in zip(rows, found, strict=True) if each is not None
                ]
            )

        return context.loaders.get(RowsByIdLoader, agreement_text_rows).load(self["facts"]["id"]).then(with_documents)

    def resolve_events(self: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        context.gate.listed.add("Event")
        keys = context.loaders.get(RowsByKeyLoader, agreement_event_keys, context.gate).load(self["translation_key"])
        return keys.then(lambda found: nodes_load(context, type_name="Event", keys=found, scope=self["scope"]))


_PARTIES = {"Country": "country__translation_key", "Organisation": "organisation__translation_key"}


def _parties(rows: list[dict[str, Any]], countries: list[Node], organisations: list[Node]) -> list[dict[str, Any]]:
    shown = {node["translation_key"]: node for node in (*countries, *organisations)}
    found = [{name: shown.get(row[column]) for name, column in _FIELDS.items()} for row in rows]
    return [party for party in found if any(party.values())]


_FIELDS = {"country": "country__translation_key", "organisation": "organisation__translation_key"}


def _event() -> Any:
    from api.relations.events import Event

    return Event


def resolve_agreements_of_index(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The whole register, in the scope of the page."""
    return agreement_connection(info.context, node["scope"], arguments)


class AgreementIndex(PageContent, graphene.ObjectType):
    """The page that holds the agreements."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    agreements = agreements_field(resolve_agreements_of_index, description="The whole register.")
