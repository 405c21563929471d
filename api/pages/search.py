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
    connection_of,
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
    "MISSION": ("Mission", "Missions."),
    "ORGANISATION": ("Organisation", "Organisations."),
    "PERSON": ("Person", "People."),
    "EVENT": ("Event", "Events."),
    "AGREEMENT": ("Agreement", "Agreements."),
    "TRAVEL_ADVICE": ("TravelAdvice", "Travel advice."),
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
    after = cursor_decode(wanted.after, order="RELEVANCE", types=(int,))
    before = cursor_decode(wanted.before, order="RELEVANCE", types=(int,))
    low, high = (0 if after is None else after[0] + 1), (None if before is None else before[0])
    if not 0 <= low <= MAX_PLACE or not 0 <= (high or 0) <= MAX_PLACE:
        raise _too_far()
    names = [_SearchType[name].value for name in _TYPES] if types is None else [member.value for member in types]
    search: dict[str, Any] = {
        "text": text,
        "models": [PAGE_TYPES[name][0] for name in names],
        "gate": context.gate,
        "chain": scope.chain,
    }
    type_by_model = {PAGE_TYPES[name][0]: name for name in names}
    # How well a page fits depends on how rare its words are in all the others.
    context.gate.listed.update(PAGE_TYPES)

    count = cache(lambda: page_search_count(**search))

    @cache
    def places() -> range:
        """The places of the part, and of one more beyond it."""
        if not wanted.from_end:
            return range(low, low + wanted.limit + 1 if high is None else max(low, min(high, low + wanted.limit + 1)))
        end = count() if high is None else high
        if end > MAX_PLACE:
            raise _too_far()
        return range(max(low, end - wanted.limit - 1), max(low, end))

    @cache
    def rows() -> list[Any]:
        """Read once, whoever asks first: where the list ends within them, they tell its length too."""
        return page_search(**search, offset=places().start, limit=len(places())) if places() else []

    def read_part() -> Deferred[ConnectionPart]:
        nodes = Deferred.all(
            [
                node_load(context, type_name=type_by_model[row["model"]], key=row["translation_key"], scope=scope)
                for row in rows()
            ]
        )

        def part(found: list[Node | None]) -> ConnectionPart:
            shown = [(place, node) for place, node in zip(places(), found, strict=False) if node is not None]
            part = connection_part(
                [node for _place, node in shown],
                position=lambda _node, place: (shown[place][0],),
                order="RELEVANCE",
                arguments=wanted,
            )
            part.edge = {"query": text}
            return part

        return nodes.then(part)

    def read_count() -> int:
        if wanted.from_end or high is not None:
            return count()
        found = len(rows())
        return low + found if 0 < found <= wanted.limit else count()

    return connection_of(read_part, read_count)


def _too_far() -> BadUserInput:
    return BadUserInput(f"Only the first {MAX_PLACE} results can be read.", maximum=MAX_PLACE)


class SearchQuery:
    """The root field ``search``."""

    search = graphene.Field(
        SearchConnection,
        description="Pages that have all the words, most relevant first, each in the reader's language or else in the "
        "next one of the chain.",
        query=graphene.Argument(
            graphene.String, required=True, description=f"What the reader typed, up to {MAX_QUERY_LENGTH} characters."
        ),
        types=graphene.List(graphene.NonNull(SearchType), description="Only pages of these types."),
        **connection_arguments(),
        **scope_arguments(),
    )

    @staticmethod
    def resolve_search(
        _root: None, info: GraphQLResolveInfo, query: str, types: list[Enum] | None = None, **arguments: Any
    ) -> Connection:
        scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
        return search_connection(info.context, scope, text=query, types=types, arguments=arguments)
