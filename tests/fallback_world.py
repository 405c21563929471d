"""Small worlds of translations, and what a reader of one is shown: an oracle that knows nothing of SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from home.selectors.counts import counts_forget
from home.selectors.visibility import gate_forget
from tests.factories.site import CONTINENTS, COUNTRIES, SiteTree
from translations.models import SourceText

PAST = datetime(2026, 1, 1, tzinfo=UTC)
LOCALES = ("fr", "ar", "es")
# The chains of the settings.
CHAINS = {"fr": ["fr"], "ar": ["ar", "fr"], "es": ["es", "fr"]}
# A word stands in one language, but for the last; none has the stem of another.
WORDS = {
    "fr": ("sommet", "climat", "zanzibar"),
    "ar": ("قمة", "مناخ", "zanzibar"),
    "es": ("cumbre", "pesca", "zanzibar"),
}
# Few, so that what news is about is often what is hidden.
NAMED = ("BR", "MX", "SN")
KINDS = ("meeting", "visit", "communique")
STATUSES = ("SOURCE", "UP_TO_DATE", "OUTDATED", "PARTIAL", "MISSING")
CONTINENT_OF = {code: "002" if code in ("MA", "SN") else "019" for code in COUNTRIES}
# How people of each language sort the names (CLDR), written down and not computed.
SORTED = {
    "fr": ["AR", "BR", "CU", "US", "JM", "MA", "MX", "SN"],
    "es": ["AR", "BR", "CU", "US", "JM", "MA", "MX", "SN"],
    "ar": ["AR", "BR", "SN", "MA", "MX", "US", "JM", "CU"],
}


@dataclass
class Translation:
    """One page of an item, in one language."""

    item: int
    locale: str
    state: str
    day: date
    kind: str
    featured: bool
    word: str
    countries: list[str]
    continents: list[str]
    id: int = 0
    published: int = 0
    """The day it was last published."""
    noted: int | None = None
    """The day its texts last changed, where somebody has noted it."""


@dataclass
class Reader:
    """Who asks: `chain` are the languages tried, as the API has promised them."""

    locale: str
    fallback: list[str] | None

    @property
    def chain(self) -> list[str]:
        return CHAINS[self.locale] if self.fallback is None else list(dict.fromkeys([self.locale, *self.fallback]))

    @property
    def variables(self) -> dict[str, Any]:
        fallback = None if self.fallback is None else [code.upper() for code in self.fallback]
        return {"locale": self.locale.upper(), **({} if fallback is None else {"fallback": fallback})}


@dataclass
class World:
    """All translations, and the (language, code) of the places that are hidden."""

    translations: list[Translation]
    hidden_countries: set[tuple[str, str]]
    hidden_continents: set[tuple[str, str]]
    hidden_indexes: set[str]

    def news(self, reader: Reader) -> list[Translation]:
        """What the reader is shown of each item."""
        shown = []
        for item in {page.item for page in self.translations}:
            pages = {page.locale: page for page in self.translations if page.item == item and self._visible(page)}
            shown += [pages[code] for code in reader.chain if code in pages][:1]
        return shown

    def status(self, reader: Reader, page: Translation) -> str:
        """How fresh what the reader is shown of an item is."""
        if page.locale != reader.locale:
            return "MISSING"
        if page.locale == "fr":
            return "SOURCE"
        for source in self.translations:
            if source.item == page.item and source.locale == "fr" and self._visible(source):
                changed = source.published if source.noted is None else source.noted
                return "OUTDATED" if page.published < changed else "UP_TO_DATE"
        return "UP_TO_DATE"

    def _visible(self, page: Translation) -> bool:
        return page.state == "live" and page.locale not in self.hidden_indexes

    def continent(self, reader: Reader, code: str) -> str | None:
        """The language in which the reader is shown a continent."""
        return next((locale for locale in reader.chain if (locale, code) not in self.hidden_continents), None)

    def country(self, reader: Reader, code: str) -> str | None:
        """The language in which the reader is shown a country, which is hidden with its continent."""
        return next((locale for locale in reader.chain if self._country_visible(locale, code)), None)

    def _country_visible(self, locale: str, code: str) -> bool:
        return (locale, code) not in self.hidden_countries and (
            locale,
            CONTINENT_OF[code],
        ) not in self.hidden_continents

    def about_country(self, reader: Reader, page: Translation, code: str) -> bool:
        return code in page.countries and self.country(reader, code) is not None

    def about_continent(self, reader: Reader, page: Translation, code: str) -> bool:
        itself = code in page.continents and self.continent(reader, code) is not None
        return itself or any(
            self.about_country(reader, page, country) for country in page.countries if CONTINENT_OF[country] == code
        )


days = st.integers(0, 4).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
codes = st.lists(st.sampled_from(NAMED), max_size=2, unique=True)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    languages = st.lists(st.sampled_from(LOCALES), min_size=1, max_size=3, unique=True)
    translations = [
        Translation(
            item=item,
            locale=locale,
            state=draw(st.sampled_from(["live", "live", "live", "draft", "private", "expired"])),
            day=draw(days),
            kind=draw(st.sampled_from(KINDS)),
            featured=draw(st.booleans()),
            word=draw(st.sampled_from(WORDS[locale])),
            countries=draw(codes),
            continents=draw(st.lists(st.sampled_from(CONTINENTS), max_size=1)),
            published=draw(st.integers(0, 3)),
            noted=draw(st.none() | st.integers(0, 3)),
        )
        for item in range(draw(st.integers(0, 5)))
        for locale in draw(languages)
    ]
    places = st.tuples(st.sampled_from(LOCALES), st.sampled_from(NAMED))
    continents = st.tuples(st.sampled_from(LOCALES), st.sampled_from(CONTINENTS))
    return World(
        translations=translations,
        hidden_countries=draw(st.sets(places, max_size=6)),
        hidden_continents=draw(st.sets(continents, max_size=3)),
        hidden_indexes=draw(st.sets(st.sampled_from(LOCALES), max_size=1)) if draw(st.integers(0, 4)) == 4 else set(),
    )


readers = st.builds(
    Reader, locale=st.sampled_from(LOCALES), fallback=st.none() | st.lists(st.sampled_from(LOCALES), max_size=4)
)
news_filters: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.lists(st.sampled_from(KINDS), max_size=2),
        "country": st.lists(st.sampled_from(NAMED), max_size=3),
        "continent": st.lists(st.sampled_from(CONTINENTS), max_size=2),
        "dateFrom": days.map(str),
        "dateTo": days.map(str),
        "featured": st.booleans(),
        "text": st.sampled_from([word for words in WORDS.values() for word in words]),
        "translationStatus": st.lists(st.sampled_from(STATUSES), max_size=3),
    },
)
# A range that ends before it begins is refused.
ranges = news_filters.filter(lambda found: found.get("dateFrom", "") <= found.get("dateTo", "9"))
country_filters: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "code": st.lists(st.sampled_from(COUNTRIES), max_size=4),
        "continent": st.lists(st.sampled_from(CONTINENTS), max_size=2),
        "text": st.sampled_from(["bra", "bré", "me", "MA", "مكسيك", "nulle part"]),
    },
)


@contextmanager
def made(world: World, tree: SiteTree) -> Iterator[None]:
    """The world in the database, for as long as the block runs."""
    with transaction.atomic():
        keys: dict[int, Any] = {}
        for page in world.translations:
            more = {"translation_key": keys[page.item]} if page.item in keys else {}
            saved = tree.news(
                f"I{page.item} {page.word}",
                slug=f"i{page.item}",
                locale=page.locale,
                kind=page.kind,
                countries=page.countries,
                continents=page.continents,
                date=page.day,
                featured=page.featured,
                live=page.state != "draft",
                expire_at=PAST if page.state == "expired" else None,
                last_published_at=PAST + timedelta(days=page.published),
                **more,
            )
            if page.noted is not None:
                moment = PAST + timedelta(days=page.noted)
                key = saved.translation_key
                SourceText.objects.create(translation_key=key, locale=saved.locale, changed_at=moment)
            keys[page.item], page.id = saved.translation_key, saved.pk
            if page.state == "private":
                PageViewRestriction.objects.create(page=saved, restriction_type="login")
        hidden = [tree.country[place].pk for place in world.hidden_countries]
        hidden += [tree.continent[place].pk for place in world.hidden_continents]
        hidden += [tree.index[code].pk for code in world.hidden_indexes]
        Page.objects.filter(pk__in=hidden).update(live=False)
        # Identifiers of the example before are given again.
        gate_forget()
        counts_forget()
        try:
            yield
        finally:
            transaction.set_rollback(True)
