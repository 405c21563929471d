"""The types ``Event`` and ``EventIndex``."""

from functools import partial
from operator import itemgetter
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.types import DatePrecisionEnum
from api.connections import Connection
from api.context import GraphQLContext
from api.dates import Date
from api.execution import Deferred, gather
from api.files import Document, DocumentLoader
from api.locales import LocaleCode
from api.missions.organisations import Organisation
from api.missions.people import Person
from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import Node, node_lists_load
from api.record_rows import RowsByIdLoader, RowsByKeyLoader
from api.records import fact, fact_label, fact_page, page_or_none, text_or_none
from api.regions.continents import continents_connections, continents_field
from api.regions.countries import Country, countries_connections, countries_field
from api.regions.news_lists import news_of
from api.relations.agreements import Agreement
from api.relations.choices import EventKind, VisitDirection
from api.relations.timeline import timeline_connection, timeline_field
from api.rows import resolver_by_scope
from api.scope import Scope
from home.language.dates import period_label
from relations.models import choices
from relations.selectors.news import NEWS_OF_EVENTS
from relations.selectors.parts import (
    event_document_ids,
    event_participant_rows,
    event_place_keys,
    event_source_rows,
)


def _places(
    context: GraphQLContext, nodes: list[Node], scope: Scope, *, place: str, type_name: str
) -> Deferred[list[list[Node]]]:
    """The pages of one sort that each of some events names, those that the reader is shown."""
    keys = context.loaders.get(RowsByIdLoader, event_place_keys, place).load_many(node["facts"]["id"] for node in nodes)
    return keys.then(lambda found: node_lists_load(context, type_name=type_name, lists=found, scope=scope))


@resolver_by_scope
def resolve_countries_of_event(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any
) -> list[Connection]:
    """The countries that events name."""
    lists = _places(info.context, nodes, scope, place="country", type_name="Country")
    connect = countries_connections(info.context, scope, **arguments)
    return [connect(partial(lists.then, itemgetter(index))) for index in range(len(nodes))]


@resolver_by_scope
def resolve_continents_of_event(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any
) -> list[Connection]:
    """The continents that events name, then those of their countries, each once."""
    context: GraphQLContext = info.context
    own = context.loaders.get(RowsByIdLoader, event_place_keys, "continent").load_many(
        node["facts"]["id"] for node in nodes
    )

    def load(found: list[Any]) -> Deferred[list[list[Node]]]:
        keys = [
            list(dict.fromkeys([*named, *(country["continent_key"] for country in countries)]))
            for named, countries in zip(*found, strict=True)
        ]
        return node_lists_load(context, type_name="Continent", lists=keys, scope=scope)

    lists = gather(own, _places(context, nodes, scope, place="country", type_name="Country")).then(load)
    connect = continents_connections(context, scope, **arguments)
    return [connect(partial(lists.then, itemgetter(index))) for index in range(len(nodes))]


@resolver_by_scope
def resolve_organisations_of_event(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
    """The organisations that events name."""
    return _places(info.context, nodes, scope, place="organisation", type_name="Organisation")


class EventSource(graphene.ObjectType):
    """Where it is written that something happened."""

    label = graphene.String(required=True, description="Title, author, date: as one cites it.")
    url = graphene.String(description="Where it can be read; null where that is nowhere.", resolver=text_or_none("url"))


class EventParticipant(graphene.ObjectType):
    """Somebody who took part in an event."""

    person = graphene.Field(Person, description="The person; null where there is no entry of theirs.")
    name = graphene.String(required=True, description="The name.")
    capacity = graphene.String(
        description="In the capacity of: head of state, minister …; null where it is not said.",
        resolver=text_or_none("capacity"),
    )
    country = graphene.Field(Country, description="For which country; null for our own, or an organisation.")
    organisation = graphene.Field(Organisation, description="For which organisation.")
    locale = graphene.Field(
        LocaleCode,
        required=True,
        description="The first language of the chain with a name or a capacity; each is in the first that has it.",
    )

    def resolve_person(self: Node, info: GraphQLResolveInfo) -> Any:
        return self["person"]

    def resolve_name(self: Node, info: GraphQLResolveInfo) -> str:
        return str(self["person"]["title"] if self["person"] else self["name"])

    def resolve_country(self: Node, info: GraphQLResolveInfo) -> Any:
        return page_or_none(info, "Country", self["country_key"], self)

    def resolve_organisation(self: Node, info: GraphQLResolveInfo) -> Any:
        return page_or_none(info, "Organisation", self["organisation_key"], self)

    def resolve_locale(self: Node, info: GraphQLResolveInfo) -> Any:
        return self["locale_code"] or self["person"]["locale_code"]


class Event(PageContent, graphene.ObjectType):
    """Something that happened between us and others: a visit, a summit, a recognition …

    The introduction tells its purpose and its outcome.
    """

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    event_kind = graphene.Field(EventKind, required=True, description="What happened.", resolver=fact("kind"))
    event_kind_label = graphene.String(
        required=True,
        description="The name of the kind in the reader's language.",
        resolver=fact_label(choices.EventKind, "kind"),
    )
    visit_direction = graphene.Field(
        VisitDirection, description="Who went to whom; null for what is no visit.", resolver=fact("direction")
    )
    visit_direction_label = graphene.String(
        description="The direction in words of the reader's language.",
        resolver=fact_label(choices.VisitDirection, "direction"),
    )
    number = graphene.Int(description="The how-manieth session or summit it was.", resolver=fact("number"))
    starts_on = Date(
        required=True,
        description="The day, or the first one; `startsPrecision` says how much of it is known.",
        resolver=fact("starts_on"),
    )
    starts_precision = graphene.Field(
        DatePrecisionEnum, required=True, description="How much of the first day is known.",
        resolver=fact("starts_precision"),
    )  # fmt: skip
    ends_on = Date(description="The last day; null for what took one day.", resolver=fact("ends_on"))
    ends_precision = graphene.Field(
        DatePrecisionEnum, description="How much of the last day is known; null where there is none."
    )
    date_label = graphene.String(
        required=True, description="The day, or from when until when, in words of the reader's language."
    )
    place = graphene.String(description="The cities; null where they are not said.", resolver=text_or_none("place"))
    countries = countries_field(
        resolve_countries_of_event, description="The countries that the event is about.", default_order=None
    )
    continents = continents_field(
        resolve_continents_of_event,
        description="The continents that the event is about, those of its countries included.",
        default_order=None,
    )
    organisations = graphene.List(
        graphene.NonNull(Organisation),
        required=True,
        description="The organisations that the event is about.",
        resolver=resolve_organisations_of_event,
    )
    participants = graphene.List(
        graphene.NonNull(EventParticipant), required=True, description="Who took part, in the editors' order."
    )
    agreement = graphene.Field(
        Agreement,
        description="What was signed there.",
        resolver=fact_page("Agreement", "agreement__translation_key"),
    )
    news = news_of(NEWS_OF_EVENTS, description="The news about the event.")
    documents = graphene.List(
        graphene.NonNull(Document), required=True, description="Joint statements, minutes and other documents."
    )
    sources = graphene.List(
        graphene.NonNull(EventSource), required=True, description="Where it is written that it happened."
    )

    def resolve_ends_precision(self: Node, info: GraphQLResolveInfo) -> str | None:
        facts = self["facts"]
        return facts["ends_precision"] if facts["ends_on"] else None

    def resolve_date_label(self: Node, info: GraphQLResolveInfo) -> str:
        facts = self["facts"]
        names = ("starts_on", "starts_precision", "ends_on", "ends_precision")
        return period_label(*(facts[name] for name in names), language_code=self["scope"].locale)

    @staticmethod
    @resolver_by_scope
    def resolve_participants(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        loader = context.loaders.get(RowsByKeyLoader, event_participant_rows, context.gate, scope.chain)

        def people(lists: list[list[dict[str, Any]]]) -> Deferred[Any]:
            keys = [[row["person_key"] for row in rows if row["person_key"]] for rows in lists]
            shown = node_lists_load(context, type_name="Person", lists=keys, scope=scope)
            return shown.then(lambda found: list(map(partial(_participants, scope), lists, found)))

        return loader.load_many(node["translation_key"] for node in nodes).then(people)

    def resolve_documents(self: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        ids = context.loaders.get(RowsByIdLoader, event_document_ids).load(self["facts"]["id"])
        documents = ids.then(context.loaders.get(DocumentLoader).load_many)
        return documents.then(lambda rows: [row for row in rows if row is not None])

    def resolve_sources(self: Node, info: GraphQLResolveInfo) -> Any:
        return info.context.loaders.get(RowsByIdLoader, event_source_rows).load(self["facts"]["id"])


def _participants(scope: Scope, rows: list[dict[str, Any]], people: list[Node]) -> list[dict[str, Any]]:
    by_key = {person["translation_key"]: person for person in people}
    found = [{**row, "person": by_key.get(row["person_key"]), "scope": scope} for row in rows]
    # Somebody whose entry the reader is not shown, and whose name is not given either, is left out.
    return [row for row in found if row["person"] or row["name"]]


def resolve_timeline_of_index(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The whole timeline, in the scope of the page."""
    return timeline_connection(info.context, node["scope"], arguments)


class EventIndex(PageContent, graphene.ObjectType):
    """The page that holds the events."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    timeline = timeline_field(resolve_timeline_of_index, description="The whole timeline.")
