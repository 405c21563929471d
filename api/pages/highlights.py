"""The words of a search, marked where they stand in the pages found."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from home.selectors.search import Highlights, page_highlights


class HighlightsLoader(BatchLoader[int, Highlights | None]):
    """Where the words of one search stand, by the database id of a page that it found."""

    def __init__(self, query: str) -> None:
        self.query = query

    def batch_load(self, keys: list[int]) -> dict[int, Highlights | None]:
        return {**page_highlights(text=self.query, ids=keys)}


class HighlightFragment(graphene.ObjectType):
    """A piece of a text, which is plain: escape it as any other text when you write HTML."""

    text = graphene.NonNull(graphene.String, description="The piece as it is written, spaces included.")
    is_match = graphene.NonNull(
        graphene.Boolean, description="Whether it is a word that was searched for, in whatever form; to be marked."
    )


def _fragments(description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(HighlightFragment), description=description)


class SearchHighlights(graphene.ObjectType):
    """Where the words of the search stand in a page, in pieces that join to the text; null where none stands."""

    title = _fragments("The whole title.")
    summary = _fragments("The whole introduction of the page, or the summary of a news item.")
    body = _fragments(
        "The passage of the text that has the most of the words; an ellipsis stands where the text goes on."
    )


_EMPTY = Highlights(title=None, summary=None, body=None)


def _resolve(edge: dict[str, Any], info: GraphQLResolveInfo) -> Deferred[Highlights]:
    context: GraphQLContext = info.context
    return (
        context.loaders.get(HighlightsLoader, edge["query"])
        .load(edge["node"]["id"])
        .then(lambda found: found or _EMPTY)
    )


def highlights_field() -> graphene.Field:
    """The field of a search's edge."""
    return graphene.Field(
        SearchHighlights,
        required=True,
        description="Where the words of the search stand in the page. A page may be found by what has no passage, such "
        "as its code or the name of its kind.",
        resolver=_resolve,
    )
