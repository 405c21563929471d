"""The root fields of missions."""

from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import Connection
from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.locales import scope_arguments, scope_from
from api.missions.enums import ServiceKind
from api.missions.lists import missions_connection, missions_field
from api.missions.missions import Mission
from api.missions.parts import MissionAccreditation
from api.pages.nodes import Node, nodes_from
from api.regions.countries import country_by_code
from api.rows import column
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.pages import Row
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.selectors.missions_of_places import responsible_missions


def resolve_missions(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """All missions."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return missions_connection(info.context, scope, arguments)


class ResponsibleMissionLoader(BatchLoader[tuple[Key, str | None], Row | None]):
    """Which post of ours is responsible, by the translation key of a country and a service."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[tuple[Key, str | None]]) -> dict[tuple[Key, str | None], Row | None]:
        today = today_of(self.gate)
        found = responsible_missions(pairs=keys, gate=self.gate, chain=self.scope.chain, today=today)
        self.gate.listed.add("Mission")
        nodes_from(found.values(), type_name="Mission", scope=self.scope, gate=self.gate)
        return {**found}


class MissionResponsibility(graphene.ObjectType):
    """Which of our missions answers to people in a country."""

    mission = graphene.NonNull(Mission, description="The mission.")
    is_resident = graphene.NonNull(graphene.Boolean, description="Whether it stands in the country.")
    offers_service = graphene.Boolean(
        description="Whether it offers the service that was asked for; null where none was.", resolver=column("offers")
    )
    accreditation = graphene.Field(
        MissionAccreditation, description="By what a mission elsewhere is responsible; null for one in the country."
    )

    def resolve_mission(self: Node, info: GraphQLResolveInfo) -> Node:
        return self

    def resolve_accreditation(self: Node, info: GraphQLResolveInfo) -> Row | None:
        row = self["accreditation"]
        if row is None:
            return None
        return {**row, "is_current": True, "country": self["of_country"], "organisation": None}


class MissionsQuery:
    """The root fields ``missions`` and ``missionFor``."""

    missions = missions_field(
        resolve_missions,
        description="The diplomatic and consular missions: ours abroad, and those of others here.",
        **scope_arguments(),
    )
    mission_for = graphene.Field(
        MissionResponsibility,
        description="Which of our missions is responsible for a country: one that stands there and offers the service, "
        "else one accredited from elsewhere that does, else one there that does not; without a service the embassy "
        "there, else the one accredited from elsewhere, else a consulate there. Null where none is.",
        country=graphene.Argument(graphene.String, required=True, description="Two letters, for example MX."),
        service=graphene.Argument(ServiceKind, description="What somebody needs there."),
        **scope_arguments(),
    )

    @staticmethod
    def resolve_mission_for(
        _root: None, info: GraphQLResolveInfo, country: str, service: Enum | None = None, **arguments: Any
    ) -> Deferred[Row | None]:
        context: GraphQLContext = info.context
        scope = scope_from(**arguments)
        kind = None if service is None else service.value

        def asked(of_country: Node) -> Deferred[Row | None]:
            loader = context.loaders.get(ResponsibleMissionLoader, scope, context.gate)
            found = loader.load((of_country["translation_key"], kind))
            return found.then(lambda row: None if row is None else {**row, "of_country": of_country})

        return country_by_code(context, country, scope).then(asked)
