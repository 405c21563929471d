"""What is asked: pages of a national website, each as a GraphQL document."""

from dataclasses import dataclass

# %s: what is asked of each news item.
_NEWS = "title date path"

DOCUMENTS = {
    "country page": """
        { country(code: "MX") {
            name capital introduction body { ... on RichTextBlock { content { html } } }
            continent { title path } news(first: 5) { nodes { %s } } alternates { locale path }
        } }"""
    % _NEWS,
    "continent page": """
        { continent(code: "019") {
            title introduction countries(first: 100) { nodes { name code path } } news(first: 20) { nodes { %s } }
        } }"""
    % _NEWS,
    "listing": """
        { news(first: 20) { totalCount nodes { %s summary kind { slug name } countries { nodes { name } } } } }
        """
    % _NEWS,
    "fan-out": """
        { continents { nodes { title countries(first: 100) { nodes { name path news(first: 3) { nodes { %s } } } } } } }
        """
    % _NEWS,
    "deep listing": """
        query($after: String) { news(first: 20, after: $after) { nodes { %s summary kind { slug name } } } }
        """
    % _NEWS,
    "search": """{ search(query: "accord sommet", first: 20) { nodes { title path } } }""",
}
QUESTIONS = tuple(DOCUMENTS)
# How far into the list of news the deep listing lies.
DEEP = 4000


@dataclass(frozen=True)
class Place:
    """Where the deep listing begins: after so many items, of which the last is named in each contestant's way."""

    deep: int
    position: tuple[str, int]
    cursor: str


def deep_of(news: int) -> int:
    """How deep a list of this length can be asked for, in whole pages of 100."""
    return min(DEEP, news // 200 * 100)
