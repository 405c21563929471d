"""Pieces of the shared shape, made of what peers answer: `title`, `url` and other fields as the models name them."""

from typing import Any

from benchmarks.requests import HOST

LOCALES = ("fr", "ar", "es")
Json = dict[str, Any]


def path(address: str) -> str:
    """The path of an address on this host."""
    return address.removeprefix(f"http://{HOST}")


def named(page: Json, *more: str) -> Json:
    """A page by name and path, with some fields as they are."""
    return {"name": page["title"], "path": path(page["url"]), **{name: page[name] for name in more}}


def titled(page: Json) -> Json:
    """A page by title and path."""
    return {"title": page["title"], "path": path(page["url"])}


def news(items: list[Json]) -> Json:
    """News in the list of a place."""
    return {"nodes": [{**titled(each), "date": each["date"]} for each in items]}


def news_at_length(items: list[Json], *, countries: bool) -> list[Json]:
    """News in a list of their own; ``countries`` are titles."""
    nodes = []
    for each in items:
        node = {**titled(each), "date": each["date"], "summary": each["introduction"], "kind": each["kind"]}
        if countries:
            node["countries"] = {"nodes": [{"name": title} for title in each["countries"]]}
        nodes.append(node)
    return nodes


def country(page: Json, *, body: list[str], translations: list[tuple[str, str]]) -> Json:
    """The page of a country: texts of its blocks; languages and addresses."""
    found = sorted(translations, key=lambda each: LOCALES.index(each[0]))
    return {
        "country": {
            "name": page["title"],
            "capital": page["capital"] or None,
            "introduction": page["introduction"] or None,
            "body": [{"content": {"html": html}} for html in body],
            "continent": titled(page["parent"]),
            "news": news(page["news"]),
            # Each language, then the first once more, for all other readers.
            "alternates": [{"locale": code.upper(), "path": path(url)} for code, url in [*found, found[0]]],
        }
    }


def continent(page: Json, countries: list[Json]) -> Json:
    """The page of a continent."""
    return {
        "continent": {
            "title": page["title"],
            "introduction": page["introduction"] or None,
            "countries": {"nodes": [named(each, "code") for each in countries]},
            "news": news(page["news"]),
        }
    }


def continents(pages: list[tuple[str, list[Json]]]) -> Json:
    """Titles of all continents, each with its countries and their latest news."""
    return {
        "continents": {
            "nodes": [
                {
                    "title": title,
                    "countries": {"nodes": [{**named(each), "news": news(each["news"])} for each in countries]},
                }
                for title, countries in pages
            ]
        }
    }


def search(pages: list[Json]) -> Json:
    """What a search found."""
    return {"search": {"nodes": [titled(each) for each in pages]}}
