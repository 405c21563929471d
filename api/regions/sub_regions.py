"""The type ``SubRegion``: parts of a continent, as a tree."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.locales import LocaleCode
from api.scope import Scope
from regions.selectors.sub_regions import sub_region_list


class SubRegionTree:
    """Every sub-region in the reader's language, linked up and down."""

    def __init__(self, scope: Scope) -> None:
        rows, self.by_id = sub_region_list(chain=scope.chain)
        self.rows = rows
        by_key = {row["translation_key"]: row for row in rows}
        for row in rows:
            row["children"] = []
        for row in rows:
            row["parent"] = by_key.get(row["parent_key"])
            if row["parent"] is not None:
                row["parent"]["children"].append(row)

    def of_continent(self, code: str) -> list[dict[str, Any]]:
        """The largest sub-regions of a continent, by code."""
        return [row for row in self.rows if row["continent_code"] == code and row["parent"] is None]

    def codes_within(self, codes: set[str]) -> set[str]:
        """``codes`` with those of every smaller sub-region."""
        found = set(codes)
        left = [row for row in self.rows if row["code"] in codes]
        while left:
            row = left.pop()
            found.add(row["code"])
            left.extend(row["children"])
        return found


class SubRegionTreeLoader(BatchLoader[None, SubRegionTree]):
    """The one tree of a scope, by the key None."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def batch_load(self, keys: list[None]) -> list[SubRegionTree]:
        return [SubRegionTree(self.scope)]


def sub_region_tree_load(context: GraphQLContext, scope: Scope) -> Deferred[SubRegionTree]:
    """The tree of sub-regions in the reader's language."""
    return context.loaders.get(SubRegionTreeLoader, scope).load(None)


class SubRegion(graphene.ObjectType):
    """A part of a continent by UN M49, such as 419 Latin America and the Caribbean."""

    code = graphene.String(required=True, description="The UN M49 code, three digits.")
    name = graphene.String(required=True, description="The name in the reader's language.")
    locale = graphene.Field(LocaleCode, required=True, description="The language of the name.")
    parent = graphene.Field(lambda: SubRegion, description="The larger sub-region that holds this one.")
    children = graphene.List(
        graphene.NonNull(lambda: SubRegion), required=True, description="The smaller sub-regions within it, by code."
    )

    def resolve_locale(self: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return str(self["locale_code"])
