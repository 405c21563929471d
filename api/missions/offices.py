"""The offices and posts that people hold, and what they were on the day of a news item."""

from collections.abc import Sequence
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.choices import enum_of, label_of
from api.context import GraphQLContext
from api.dates import Date
from api.execution import Deferred, gather
from api.locales import LocaleCode
from api.missions.enums import PostKind
from api.missions.organisations import Organisation
from api.pages.nodes import Node, node_lists_load
from api.record_rows import RowsByIdLoader, RowsByKeyLoader
from api.records import page_or_none, resolve_is_current
from api.regions.countries import Country
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.today import today_of
from missions.models import choices
from missions.selectors.people import Held, held_on, news_person_keys, person_office_rows, person_post_rows

OfficeKind = enum_of(choices.OfficeKind, "What somebody is elsewhere than at a mission.")


class Office(graphene.ObjectType):
    """An office that somebody holds or held, from when until when."""

    kind = graphene.Field(OfficeKind, required=True, description="What sort of office.")
    kind_label = graphene.String(required=True, description="The name of the kind in the reader's language.")
    title = graphene.String(
        required=True, description="In full, as far as editors wrote it; else the name of the kind."
    )
    locale = graphene.Field(LocaleCode, required=True, description="The language of the title.")
    country = graphene.Field(Country, description="Of which country; null for our own, or an organisation.")
    organisation = graphene.Field(Organisation, description="Of which organisation.")
    starts_on = Date(description="The first day; null where it is not known.")
    ends_on = Date(description="The last day; null while it lasts.")
    is_current = graphene.Boolean(required=True, description="Whether it is held today.", resolver=resolve_is_current)

    def resolve_kind_label(self: Node, info: GraphQLResolveInfo) -> str:
        return label_of(choices.OfficeKind, self["kind"], self["scope"].locale)

    def resolve_title(self: Node, info: GraphQLResolveInfo) -> str:
        return _title(self, is_post=False)

    def resolve_locale(self: Node, info: GraphQLResolveInfo) -> str:
        return str(self["locale_code"] or self["scope"].locale)

    def resolve_country(self: Node, info: GraphQLResolveInfo) -> Any:
        return page_or_none(info, "Country", self["country_key"], self)

    def resolve_organisation(self: Node, info: GraphQLResolveInfo) -> Any:
        return page_or_none(info, "Organisation", self["organisation_key"], self)


class PersonPost(graphene.ObjectType):
    """A post at a mission that somebody holds or held, from when until when."""

    mission = graphene.Field("api.missions.missions.Mission", required=True, description="The mission.")
    post = graphene.Field(PostKind, required=True, description="As what.")
    post_label = graphene.String(required=True, description="The same in words of the reader's language.")
    starts_on = Date(description="The first day; null where it is not known.")
    ends_on = Date(description="The last day; null while it lasts.")
    is_current = graphene.Boolean(required=True, description="Whether it is held today.", resolver=resolve_is_current)
    credentials_copy_on = Date(description="The day a copy of the letters of credence was handed over.")
    credentials_on = Date(description="The day the letters of credence were presented.")

    def resolve_post_label(self: Node, info: GraphQLResolveInfo) -> str:
        return _title(self, is_post=True)


class NewsPerson(graphene.ObjectType):
    """A person that a news item is about, and what they were on that day."""

    person = graphene.Field("api.missions.people.Person", required=True, description="The person.")
    office = graphene.Field(
        Office,
        description="The office held on the day of the item, or the last one before it; null where it was a post.",
    )
    post = graphene.Field(
        PersonPost, description="The post at a mission held on that day, or before it; null where it was an office."
    )
    label = graphene.String(description="The title of that office or post; null where nothing was held.")
    locale = graphene.Field(LocaleCode, description="The language of the label.")
    is_former = graphene.Boolean(required=True, description="Whether that office or post has ended since.")


def _title(row: Any, *, is_post: bool) -> str:
    locale = row["scope"].locale
    if is_post:
        return label_of(choices.PostKind, row["post"], locale)
    return row["title"] or label_of(choices.OfficeKind, row["kind"], locale)


def offices_load(context: GraphQLContext, keys: Sequence[Key], scope: Scope) -> Deferred[list[list[Any]]]:
    """The offices of each of some people."""
    loader = context.loaders.get(RowsByKeyLoader, person_office_rows, context.gate, scope.chain)
    return loader.load_many(keys).then(lambda lists: [[{**row, "scope": scope} for row in rows] for rows in lists])


def posts_load(context: GraphQLContext, keys: Sequence[Key], scope: Scope) -> Deferred[list[list[Any]]]:
    """The posts of each of some people, at missions that the reader is shown."""
    # An appointment is a row of the mission, whichever it is.
    context.gate.listed.add("Mission")
    rows = context.loaders.get(RowsByKeyLoader, person_post_rows, context.gate).load_many(keys)

    def missions(lists: list[list[dict[str, Any]]]) -> Deferred[list[list[Any]]]:
        wanted = [[row["mission_key"] for row in line] for line in lists]
        shown = node_lists_load(context, type_name="Mission", lists=wanted, scope=scope)
        return shown.then(lambda found: [_at_missions(*each, scope) for each in zip(lists, found, strict=True)])

    return rows.then(missions)


def _at_missions(rows: list[dict[str, Any]], missions: list[Node], scope: Scope) -> list[Any]:
    by_key = {mission["translation_key"]: mission for mission in missions}
    return [
        {**row, "mission": by_key[row["mission_key"]], "scope": scope} for row in rows if row["mission_key"] in by_key
    ]


def people_of_news(context: GraphQLContext, nodes: Sequence[Node], scope: Scope) -> Deferred[list[list[Any]]]:
    """Whom each of some news items is about, and what they were on that day."""
    keys = context.loaders.get(RowsByIdLoader, news_person_keys).load_many(node["id"] for node in nodes)

    def people(found: list[list[Key]]) -> Deferred[list[list[Node]]]:
        return node_lists_load(context, type_name="Person", lists=found, scope=scope)

    def with_offices(lists: list[list[Node]]) -> Deferred[Any]:
        shown = list(dict.fromkeys(person["translation_key"] for line in lists for person in line))

        def told(found: list[Any]) -> list[list[dict[str, Any]]]:
            offices, posts = (dict(zip(shown, each, strict=True)) for each in found)
            return [
                [_of_news(context, person, node, offices, posts) for person in line]
                for node, line in zip(nodes, lists, strict=True)
            ]

        return gather(offices_load(context, shown, scope), posts_load(context, shown, scope)).then(told)

    return keys.then(people).then(with_offices)


def _of_news(
    context: GraphQLContext, person: Node, news: Node, offices: dict[Key, Any], posts: dict[Key, Any]
) -> dict[str, Any]:
    key = person["translation_key"]
    held = held_on(offices=offices[key], posts=posts[key], day=news["date"], today=today_of(context.gate))
    found: dict[str, Any] = {"person": person, "office": None, "post": None, "label": None, "locale": None}
    return {**found, "is_former": False} if held is None else {**found, **_held(held)}


def _held(held: Held) -> dict[str, Any]:
    row = held.row
    return {
        "post" if held.is_post else "office": row,
        "label": _title(row, is_post=held.is_post),
        "locale": (None if held.is_post else row["locale_code"]) or row["scope"].locale,
        "is_former": held.is_former,
    }
