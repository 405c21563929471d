"""The news that events and agreements are linked with: editors choose an item in any language."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F
from wagtail.models import Page

from home.selectors.prepared import KEY, Statement, any_of, compiled, joined
from home.selectors.visibility import Conditions
from regions.models import NewsPage
from regions.selectors.news_of_places import NewsPlaces
from relations.models import AgreementNewsLink, EventNewsLink

# A record and the items in every language that are translations of those it names.
_TRANSLATIONS = """
    SELECT DISTINCT link.place_key, item.page_id
    FROM ({links}) link JOIN ({items}) item ON item.news_key = link.news_key
"""


def _items(model: type[Any]) -> Callable[[Conditions, Sequence[str]], Statement]:
    def items(gate: Conditions, chain: Sequence[str]) -> Statement:
        links = model._default_manager.filter(any_of("page__translation_key", "keys", KEY)).order_by()
        named = compiled(
            links.annotate(place_key=F("page__translation_key"), news_key=F("news__translation_key")).values(
                "place_key", "news_key"
            )
        )
        pages = Page.objects.filter(pk__in=NewsPage.objects.values("pk")).order_by()
        made = joined(
            _TRANSLATIONS,
            {"links": named, "items": compiled(pages.values(page_id=F("pk"), news_key=F("translation_key")))},
        )
        return Statement(made.sql, made.params, (), named.converters)

    return items


NEWS_OF_EVENTS = NewsPlaces("events", _items(EventNewsLink))
NEWS_OF_AGREEMENTS = NewsPlaces("agreements", _items(AgreementNewsLink))
