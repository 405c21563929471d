"""Events, as imports of old pages ask for them."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from wagtail.models import Page

from home.models.dates import date_last
from missions.models import OrganisationPage
from regions.legacy.events import EventRule
from regions.models import ContinentPage, CountryPage, NewsPage
from regions.services.legacy_registry import events_of_import_set
from regions.services.trees import slug_free
from relations.models import (
    EventContinentLink,
    EventCountryLink,
    EventIndexPage,
    EventNewsLink,
    EventOrganisationLink,
    EventPage,
)

_PRECISION = ("year", "month", "day")


class EventsByRule:
    """Records of events by the rules of the legacy importer (``regions.services.legacy_registry``)."""

    def find(self, *, rules: Collection[EventRule]) -> dict[str, Page]:
        """By stable key, else the one record of the kind, the time and a country of the rule. Three statements."""
        pages = EventPage.objects.filter(locale_code=settings.DIWAN_SOURCE_LOCALE).defer("body").order_by("pk")
        by_key = {page.record_key: page for page in pages.filter(record_key__in=[rule.key for rule in rules])}
        rest = [rule for rule in rules if rule.key not in by_key]
        kinds = {rule.kind for rule in rest}
        candidates = list(pages.filter(kind__in=kinds).prefetch_related("country_links__country")) if rest else []
        found: dict[str, Page] = dict(by_key)
        for rule in rest:
            fitting = [page for page in candidates if _fits(page, rule)]
            # Several records of the kind at the time: nobody knows which is meant.
            if len(fitting) == 1:
                found[rule.key] = fitting[0]
        return found

    def create(self, *, rule: EventRule, organisations: Mapping[str, Page]) -> Page:
        """A draft in the source language, with the facts of the rule. Raise ValidationError where it is not valid."""
        index = EventIndexPage.objects.get(locale_code=settings.DIWAN_SOURCE_LOCALE)
        starts, starts_precision = _date(rule.starts)
        ends, ends_precision = _date(rule.ends) if rule.ends else (None, "day")
        titles = dict(rule.titles)
        event = EventPage(
            locale=index.locale,
            title=titles.get(settings.DIWAN_SOURCE_LOCALE, rule.key),
            slug=_slug_free(rule.key, index),
            record_key=rule.key,
            kind=rule.kind,
            direction=rule.direction,
            number=rule.number,
            starts_on=starts,
            starts_precision=starts_precision,
            ends_on=ends,
            ends_precision=ends_precision,
            live=False,
        )
        countries = _by_code(CountryPage, rule.countries)
        continents = _by_code(ContinentPage, rule.continents)
        event.country_links = [
            EventCountryLink(country=country, sort_order=place) for place, country in enumerate(countries)
        ]
        event.continent_links = [
            EventContinentLink(continent=continent, sort_order=place) for place, continent in enumerate(continents)
        ]
        sources = OrganisationPage.objects.filter(
            translation_key__in=[page.translation_key for page in organisations.values()],
            locale_code=settings.DIWAN_SOURCE_LOCALE,
        )
        event.organisation_links = [
            EventOrganisationLink(organisation=page, sort_order=place)
            for place, page in enumerate(sources.order_by("pk"))
        ]
        index.add_child(instance=event)
        return event

    def news_ids(self, *, event: Any) -> set[int]:
        return {row.news_id for row in event.news_links.all()}

    def link(self, *, event: Any, news: Sequence[NewsPage]) -> None:
        linked = self.news_ids(event=event)
        for place, item in enumerate((item for item in news if item.pk not in linked), start=len(linked)):
            event.news_links.add(EventNewsLink(news=item, sort_order=place))


def _fits(page: EventPage, rule: EventRule) -> bool:
    last = date_last(page.ends_on or page.starts_on, page.ends_precision if page.ends_on else page.starts_precision)
    at_the_time = page.starts_on <= rule.last_day and rule.first_day <= last
    countries = {row.country.code for row in page.country_links.all()}
    return page.kind == rule.kind and at_the_time and not countries.isdisjoint(rule.countries)


def _date(spelled: str) -> tuple[datetime.date, str]:
    year, month, day = [*spelled.split("-"), "01", "01"][:3]
    return datetime.date(int(year), int(month), int(day)), _PRECISION[spelled.count("-")]


def _by_code(model: Any, codes: Iterable[str]) -> list[Any]:
    """The pages of the source language, in the order of ``codes``; a code without one is left out."""
    wanted = list(codes)
    pages = model.objects.filter(locale_code=settings.DIWAN_SOURCE_LOCALE, code__in=wanted).defer("body")
    return sorted(pages, key=lambda page: wanted.index(page.code))


def _slug_free(slug: str, index: EventIndexPage) -> str:
    return slug_free(slug, taken=set(Page.objects.child_of(index).values_list("slug", flat=True)))


def register() -> None:
    """Tell imports where events are kept; called once, when the apps are ready."""
    events_of_import_set(EventsByRule())
