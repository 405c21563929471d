"""What editors choose from: kinds, sub-regions, countries and continents, in the language of the page they edit."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Collate
from wagtail.models import Locale

from home.language.collation import collation_key, collation_name
from home.selectors.locales import locale_chain, locale_codes
from regions.models import ContinentPage, CountryPage, NewsKind, SubRegion


@dataclass(frozen=True)
class PlaceChoices:
    """``choices``: (page id, title) of each place once, sorted.

    ``shown``: the page id of a place in any language to the one offered for it.
    """

    choices: list[tuple[int, str]]
    shown: dict[int, int]


def place_choices(*, model: type[ContinentPage] | type[CountryPage], locale: Locale) -> PlaceChoices:
    """Every continent or country, named in ``locale`` or where it lacks one in its fallback chain. One statement."""
    chain = list(dict.fromkeys([*locale_chain(locale=locale.language_code), *locale_codes()]))
    rows = model.objects.values_list("pk", "translation_key", "draft_title", "locale_code")
    places: dict[Any, list[tuple[int, int, str]]] = {}
    for pk, key, title, code in rows:
        rank = chain.index(code) if code in chain else len(chain)
        places.setdefault(key, []).append((rank, pk, title))
    offered = {key: min(pages) for key, pages in places.items()}
    choices = [(pk, title) for _rank, pk, title in offered.values()]
    choices.sort(key=lambda choice: collation_key(choice[1], locale.language_code))
    shown = {pk: offered[key][1] for key, pages in places.items() for _rank, pk, _title in pages}
    return PlaceChoices(choices=choices, shown=shown)


def news_kind_list(*, locale: Locale) -> QuerySet[NewsKind]:
    """The kinds of news of one language, in the order that editors gave them."""
    return NewsKind.objects.filter(locale=locale)


def sub_region_list_leaves(*, locale: Locale, continent_code: str = "") -> QuerySet[SubRegion]:
    """The sub-regions of one language that are not divided further, of one continent or of all."""
    leaves = SubRegion.objects.filter(locale=locale, children__isnull=True)
    leaves = leaves.order_by(Collate("name", collation_name(locale.language_code)))
    return leaves.filter(continent_code=continent_code) if continent_code else leaves
