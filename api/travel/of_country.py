"""The field ``travelAdvice`` of a country."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import BatchLoader
from api.pages.nodes import Node, node_from
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.visibility import Gate
from travel.selectors.advice import advice_rows_by_countries


class AdviceByCountryLoader(BatchLoader[Key, Node | None]):
    """The sheets of countries by the country's translation key. Two statements."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, Node | None]:
        # A country without a sheet may get one.
        self.gate.listed.add("TravelAdvice")
        rows = advice_rows_by_countries(keys=keys, gate=self.gate, chain=self.scope.chain)
        return {
            key: node_from(row, type_name="TravelAdvice", scope=self.scope, gate=self.gate) for key, row in rows.items()
        }


def country_travel_advice_field() -> graphene.Field:
    """The field itself; a function, so that the types of countries and of advice may name each other."""

    def resolve(node: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        loader = context.loaders.get(AdviceByCountryLoader, node["scope"], context.gate)
        return loader.load(node["translation_key"])

    return graphene.Field(
        "api.travel.advice.TravelAdvice",
        description="What travellers to the country should know; null where there is no public advice.",
        resolver=resolve,
    )
