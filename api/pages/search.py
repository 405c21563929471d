"""The root field ``search``."""

from enum import Enum
from functools import cache
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ConnectionPart,
    connection_arguments,
    connection_part,
    connection_type,
    cursor_decode,
    page_arguments,
)
from api.context import GraphQLContext
from api.errors import BadUserInput
from api.execution import Deferred
from api.locales import scope_arguments, scope_from
from api.pages.highlights import highlights_field
from api.pages.interface import PageInterface
from api.pages.nodes import PAGE_TYPES, Node, node_load
from api.scope import Scope
from home.selectors.search import page_search, page_search_count

MAX_QUERY_LENGTH = 200
# Relevance has no stable key, so results are paged by their place; nobody reads further than this.
MAX_PLACE = 1000

_TYPES = {
    "CONTINENT": ("Continent", "Continents."),
    "COUNTRY": ("Country", "Countries and territories."),
    "NEWS_ITEM": ("NewsItem", "News items."),
    "STANDARD_PAGE": ("StandardPage", "Plain pages."),
    "HOME_PAGE": ("HomePage", "The home page."),
}
_SearchType = Enum("_SearchType", {name: type_name for name, (type_name, _text) in _TYPES.items()})  # type: ignore[misc] # members are in a table
SearchType = graphene.Enum.from_enum(
    _SearchType,
    name="SearchType",
    description=lambda value: _TYPES[value.name][1] if value else "Types of pages that can be searched for.",
)

SearchConnection = connection_type("Search", PageInterface, "pages found", highlights=highlights_field())


def search_connection(
    context: GraphQLContext, scope: Scope, *, text: str, types: list[Enum] | None, arguments: dict[str, Any]
) -> Connection:
    """The pages that have all words of ``text``, most relevant first. Raises BadUserInput."""
    if not 0 < len(text.strip()) <= MAX_QUERY_LENGTH:
        raise BadUserInput(f"`query` must have 1 to {MAX_QUERY_LENGTH} characters.", maximum=MAX_QUERY_LENGTH)
    wanted = page_arguments(**arguments)
    position = cursor_decode(wanted.after, order="RELEVANCE", types=(int,))
    start = 0 if position is None else position[0] + 1
    if not 0 <= start <= MAX_PLACE:
        raise BadUserInput(f"Only the first {MAX_PLACE} results can be read.", maximum=MAX_PLACE)
    names = [_SearchType[name].value for name in _TYPES] if types is None else [member.value for member in types]
    search: dict[str, Any] = {
        "text": text,
        "models": [PAGE_TYPES[name][0] for name in names],
        "gate": context.gate,
        "chain": scope.chain,
    }
    type_by_model = {PAGE_TYPES[name][0]: name for name in names}

    # Read once, whoever asks first: where the list ends within them, they tell its length too.
    rows = cache(lambda: page_search(**search, offset=start, limit=wanted.limit + 1))

    def read_part() -> Deferred[ConnectionPart]:
        nodes = Deferred.all(
            [
                node_load(context, type_name=type_by_model[row["model"]], key=row["translation_key"], scope=scope)
                for row in rows()
            ]
        )

        def part(found: list[Node | None]) -> ConnectionPart:
            shown = [(start + place, node) for place, node in enumerate(found) if node is not None]
            part = connection_part(
                [node for _place, node in shown],
                position=lambda index: (shown[index][0],),
                order="RELEVANCE",
                arguments=wanted,
            )
            part.edge = {"query": text}
            return part

        return nodes.then(part)

    def read_count() -> int:
        found = len(rows())
        return start + found if 0 < found <= wanted.limit else page_search_count(**search)

    return Connection(read_part=read_part, read_count=read_count)


class SearchQuery:
    """The root field ``search``."""

    search = graphene.Field(
        SearchConnection,
        description="Pages that have all the words, most relevant first, each in the reader's language or else in the "
        "next one of the chain. Pages forward only.",
        query=graphene.Argument(
            graphene.String, required=True, description=f"What the reader typed, up to {MAX_QUERY_LENGTH} characters."
        ),
        types=graphene.List(graphene.NonNull(SearchType), description="Only pages of these types."),
        **{name: argument for name, argument in connection_arguments().items() if name in ("first", "after")},
        **scope_arguments(),
    )

    @staticmethod
    def resolve_search(
        _root: None, info: GraphQLResolveInfo, query: str, types: list[Enum] | None = None, **arguments: Any
    ) -> Connection:
        scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
        return search_connection(info.context, scope, text=query, types=types, arguments=arguments)
