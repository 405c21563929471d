"""graphene-django."""

from typing import Any

from benchmarks.asks import shape
from benchmarks.questions import Place
from benchmarks.requests import Asking

_NEWS = "title date url"
_ADDRESS = "/graphql"


def country_page(asking: Asking, place: Place) -> Any:
    document = """{ country(code: "MX", locale: "fr") {
        title capital introduction body { html } parent { title url }
        news(first: 5) { %s } alternates { localeCode url }
    } }"""
    page = asking.graphql(_ADDRESS, document % _NEWS)["country"]
    translations = [(each["localeCode"], each["url"]) for each in page["alternates"]]
    return shape.country(page, body=[block["html"] for block in page["body"]], translations=translations)


def continent_page(asking: Asking, place: Place) -> Any:
    document = """{ continent(code: "019", locale: "fr") {
        title introduction countries(first: 100) { title code url } news(first: 20) { %s }
    } }"""
    page = asking.graphql(_ADDRESS, document % _NEWS)["continent"]
    return shape.continent(page, page["countries"])


def listing(asking: Asking, place: Place) -> Any:
    document = """{ newsCount(locale: "fr") news(locale: "fr", first: 20) {
        %s introduction kind { slug name } countries { title }
    } }"""
    found = asking.graphql(_ADDRESS, document % _NEWS)
    for item in found["news"]:
        item["countries"] = [each["title"] for each in item["countries"]]
    nodes = shape.news_at_length(found["news"], countries=True)
    return {"news": {"totalCount": found["newsCount"], "nodes": nodes}}


def fan_out(asking: Asking, place: Place) -> Any:
    document = """{ continents(locale: "fr") { title countries(first: 100) { title url news(first: 3) { %s } } } }"""
    found = asking.graphql(_ADDRESS, document % _NEWS)["continents"]
    return shape.continents([(each["title"], each["countries"]) for each in found])


def deep_listing(asking: Asking, place: Place) -> Any:
    document = """query($offset: Int) { news(locale: "fr", first: 20, offset: $offset) {
        %s introduction kind { slug name }
    } }"""
    found = asking.graphql(_ADDRESS, document % _NEWS, {"offset": place.deep})["news"]
    return {"news": {"nodes": shape.news_at_length(found, countries=False)}}


def search(asking: Asking, place: Place) -> Any:
    document = '{ search(query: "accord sommet", first: 20) { title url } }'
    return shape.search(asking.graphql(_ADDRESS, document)["search"])
