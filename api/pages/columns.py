"""Which columns a document's fields read: what nobody asks for need not leave the database.

Lists of news, countries and continents may have hundreds of rows. A row has the columns of every field whose name
occurs anywhere in the document, so that all loaders of a request read the same ones.
"""

from collections.abc import Mapping
from functools import lru_cache

from regions.selectors.continents import CONTINENT_FIELDS
from regions.selectors.countries import COUNTRY_FIELDS
from regions.selectors.news import NEWS_FIELDS

_ALL = ("*",)
_PLACE = ("path", "url_path")
# Columns by the name of the schema's field. Every row has id, translation key and language: fields that read no more,
# or ask a loader, have none. A test holds the fields against the schema's, and asks for each alone.
_PAGE: dict[str, tuple[str, ...]] = {
    "__typename": (),
    "id": (),
    "translationKey": (),
    "title": ("title",),
    "slug": ("slug",),
    "path": _PLACE,
    "url": _PLACE,
    "locale": (),
    "requestedLocale": (),
    "isFallback": (),
    "fallbackFields": _ALL,
    "direction": (),
    "alternates": (),
    "breadcrumbs": ("path",),
    "parent": ("path",),
    "ancestors": ("path",),
    "children": (),
    "siblings": ("path",),
    "seoTitle": ("seo_title", "title"),
    "seoDescription": ("search_description",),
    "publishedAt": ("first_published_at",),
    "updatedAt": ("last_published_at",),
    "translation": (),
    "translations": (),
    "body": (),
    "image": ("image_id", "image_alt", "image_credit"),
}
# What lists need to sort, to filter and to give positions, whatever is asked of their nodes.
_LISTED = {"Continent": ("code", "title"), "Country": ("code", "title"), "NewsItem": ("date",)}
_ROWS = {"Continent": CONTINENT_FIELDS, "Country": COUNTRY_FIELDS, "NewsItem": NEWS_FIELDS}
COLUMNS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "Continent": {
        **_PAGE,
        "introduction": ("introduction",),
        "code": (),
        "name": (),
        "menuLabel": ("menu_label",),
        "heading": ("heading",),
        "countries": (),
        "news": (),
        "timeline": (),
        "subregions": (),
        "pinnedNews": (),
    },
    "Country": {
        **_PAGE,
        "introduction": ("introduction",),
        "code": (),
        "alpha3": ("alpha3",),
        "name": (),
        "formalName": ("formal_name",),
        "nominative": ("nominative",),
        "inCountry": ("in_country",),
        "demonym": ("demonym",),
        "adjective": ("adjective",),
        "status": ("status",),
        "capital": ("capital",),
        "flag": (),
        "keyFacts": (),
        "relationsSince": ("relations_since",),
        "subregion": ("sub_region_id",),
        "continent": ("continent_key",),
        "news": (),
        "travelAdvice": (),
        "missions": (),
        "timeline": (),
        "agreements": (),
        # The argument of lists of countries.
        "filter": ("status", "sub_region_id", "formal_name", "continent_key"),
    },
    "NewsItem": {
        **_PAGE,
        "kind": ("kind_id",),
        "date": (),
        "hijriDate": (),
        "summary": ("introduction",),
        "featured": ("featured",),
        "countries": (),
        "continents": (),
        "people": (),
        "organisations": (),
    },
}


def columns_of(type_name: str, names: frozenset[str] | None) -> tuple[str, ...]:
    """The columns of rows of a type for a document with fields and arguments of these ``names``; None: all of them."""
    return _columns_of(type_name, None if names is None else names.intersection(COLUMNS[type_name]))


# By the names that matter alone: documents that differ in others share an entry, and entries are small.
@lru_cache(maxsize=1024)
def _columns_of(type_name: str, names: frozenset[str] | None) -> tuple[str, ...]:
    every = _ROWS[type_name]
    if names is None:
        return every
    columns = {*_LISTED[type_name]}
    for name, of_field in COLUMNS[type_name].items():
        if name in names:
            columns.update(of_field)
    return every if "*" in columns else tuple(column for column in every if column in columns)
