"""The type ``NewsKind``: what sort of news an item is."""

from typing import Any

import graphene

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.locales import LocaleCode
from api.rows import column
from api.scope import Scope
from regions.selectors.news_kinds import news_kind_list

NewsKinds = tuple[list[dict[str, Any]], dict[int, dict[str, Any]]]


class NewsKindsLoader(BatchLoader[None, NewsKinds]):
    """The kinds in order, and by the id of any language, by the key None."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def batch_load(self, keys: list[None]) -> list[NewsKinds]:
        return [news_kind_list(chain=self.scope.chain)]


def news_kinds_load(context: GraphQLContext, scope: Scope) -> Deferred[NewsKinds]:
    """The kinds of news in the reader's language."""
    return context.loaders.get(NewsKindsLoader, scope).load(None)


class NewsKind(graphene.ObjectType):
    """What sort of news an item is: communiqué, visit and so on."""

    slug = graphene.String(required=True, description="The value for filters; the same in every language.")
    name = graphene.String(required=True, description="The name in the reader's language.")
    locale = graphene.Field(
        LocaleCode, required=True, description="The language of the name.", resolver=column("locale_code")
    )
