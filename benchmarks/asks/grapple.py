"""wagtail-grapple."""

from typing import Any

from benchmarks.asks import shape
from benchmarks.questions import Place
from benchmarks.requests import Asking

_NEWS = "title date url"
_ADDRESS = "/api/graphql/"


def country_page(asking: Asking, place: Place) -> Any:
    document = """{ country(code: "MX", localeCode: "fr") {
        title capital introduction body { ... on RichTextBlock { value } } parent { title url }
        news(limit: 5) { %s } alternates { localeCode url }
    } }"""
    page = asking.graphql(_ADDRESS, document % _NEWS)["country"]
    translations = [(each["localeCode"], each["url"]) for each in page["alternates"]]
    return shape.country(page, body=[block["value"] for block in page["body"]], translations=translations)


def continent_page(asking: Asking, place: Place) -> Any:
    document = """{ continent(code: "019", localeCode: "fr") {
        title introduction countries(limit: 100) { title code url } news(limit: 20) { %s }
    } }"""
    page = asking.graphql(_ADDRESS, document % _NEWS)["continent"]
    return shape.continent(page, page["countries"])


def listing(asking: Asking, place: Place) -> Any:
    document = """{ news(localeCode: "fr", page: 1, perPage: 20) {
        items { %s introduction kind { slug name } countries { title } } pagination { total }
    } }"""
    found = asking.graphql(_ADDRESS, document % _NEWS)["news"]
    for item in found["items"]:
        item["countries"] = [each["title"] for each in item["countries"]]
    nodes = shape.news_at_length(found["items"], countries=True)
    return {"news": {"totalCount": found["pagination"]["total"], "nodes": nodes}}


def fan_out(asking: Asking, place: Place) -> Any:
    document = """{ continents(localeCode: "fr") {
        title countries(limit: 100) { title url news(limit: 3) { %s } }
    } }"""
    found = asking.graphql(_ADDRESS, document % _NEWS)["continents"]
    return shape.continents([(each["title"], each["countries"]) for each in found])


def deep_listing(asking: Asking, place: Place) -> Any:
    document = """query($page: PositiveInt) { news(localeCode: "fr", page: $page, perPage: 20) {
        items { %s introduction kind { slug name } }
    } }"""
    found = asking.graphql(_ADDRESS, document % _NEWS, {"page": place.deep // 20 + 1})["news"]
    return {"news": {"nodes": shape.news_at_length(found["items"], countries=False)}}


def search(asking: Asking, place: Place) -> Any:
    document = '{ pages(searchQuery: "accord sommet", limit: 20) { title url } }'
    return shape.search(asking.graphql(_ADDRESS, document)["pages"])
