"""Factories of content.

A page takes the locale of its parent, so ``NewsPageFactory(parent=index)`` is enough for a live item in the index's
language. To make a translation, pass ``translation_key=source.translation_key``.
"""

import datetime
from typing import Any

import pycountry
import wagtail_factories
from anyascii import anyascii
from django.utils.text import slugify
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory, FileField, ImageField
from wagtail.models import Collection, Locale, Page

from home.models import CustomDocument, CustomImage, HomePage, StandardPage
from regions.geography import territory_name
from regions.models import (
    ContinentPage,
    CountryPage,
    NewsContinentLink,
    NewsCountryLink,
    NewsIndexPage,
    NewsKind,
    NewsPage,
    SubRegion,
)


class LocaleFactory(DjangoModelFactory):
    """A locale; the existing one when its language has one."""

    language_code = "fr"

    class Meta:
        model = Locale
        django_get_or_create = ("language_code",)


class LocalisedPageFactory(wagtail_factories.PageFactory):
    """Abstract: locale of the parent, Latin slug of the title."""

    title: Any = Sequence(lambda number: f"Page {number}")
    slug: Any = LazyAttribute(lambda page: slugify(anyascii(page.title))[:200])
    locale: Any = LazyAttribute(lambda page: page.parent.locale if page.parent else Locale.get_default())

    class Meta:
        abstract = True


class HomePageFactory(LocalisedPageFactory):
    """A home page below the root; its slug is its locale's code."""

    parent = LazyFunction(Page.get_first_root_node)
    title = LazyAttribute(lambda page: f"Home {page.locale.language_code}")
    slug = LazyAttribute(lambda page: page.locale.language_code)
    locale = SubFactory(LocaleFactory)

    class Meta:
        model = HomePage


class StandardPageFactory(LocalisedPageFactory):
    """A plain page."""

    class Meta:
        model = StandardPage


class NewsIndexPageFactory(LocalisedPageFactory):
    """A news index."""

    title = "Actualités"

    class Meta:
        model = NewsIndexPage


class ContinentPageFactory(LocalisedPageFactory):
    """A continent, named from CLDR by its code."""

    code = "019"
    title = LazyAttribute(lambda page: territory_name(page.code, language_code=page.locale.language_code))
    slug = LazyAttribute(lambda page: slugify(anyascii(territory_name(page.code, language_code="fr"))))

    class Meta:
        model = ContinentPage


class CountryPageFactory(LocalisedPageFactory):
    """A country, named from CLDR by its alpha-2 code."""

    code = "MX"
    alpha3 = LazyAttribute(lambda page: pycountry.countries.lookup(page.code).alpha_3)
    title = LazyAttribute(lambda page: territory_name(page.code, language_code=page.locale.language_code))
    slug = LazyAttribute(lambda page: slugify(anyascii(territory_name(page.code, language_code="fr"))))

    class Meta:
        model = CountryPage


class NewsKindFactory(DjangoModelFactory):
    """A kind of news; the existing one when the locale has its slug."""

    locale = SubFactory(LocaleFactory)
    slug = "meeting"
    name = LazyAttribute(lambda kind: kind.slug.capitalize())

    class Meta:
        model = NewsKind
        django_get_or_create = ("slug", "locale")


class SubRegionFactory(DjangoModelFactory):
    """A sub-region of the Americas; the existing one when the locale has its code."""

    locale = SubFactory(LocaleFactory)
    code = "013"
    continent_code = "019"
    name = LazyAttribute(lambda row: territory_name(row.code, language_code=row.locale.language_code))

    class Meta:
        model = SubRegion
        django_get_or_create = ("code", "locale")


class NewsPageFactory(LocalisedPageFactory):
    """A live news item below an index, of the kind « meeting », dated 2026-01-15.

    ``countries`` and ``continents`` take pages, of any locale: ``NewsPageFactory(parent=index, countries=[mexico])``.
    """

    title = Sequence(lambda number: f"News {number}")
    date = datetime.date(2026, 1, 15)
    kind = LazyAttribute(lambda page: NewsKindFactory(locale=page.locale))

    class Meta:
        model = NewsPage

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Any, kwargs: dict[str, Any]) -> Any:
        countries, continents = kwargs.pop("countries", ()), kwargs.pop("continents", ())
        page = model_class(**kwargs)
        page.country_links = [NewsCountryLink(country=country) for country in countries]
        page.continent_links = [NewsContinentLink(continent=continent) for continent in continents]
        return parent.add_child(instance=page)


class ImageFactory(wagtail_factories.ImageFactory):
    """A picture of one colour."""

    title = Sequence(lambda number: f"Picture {number}")
    collection = LazyFunction(Collection.get_first_root_node)
    file = ImageField(width=640, height=400, color="green", format="PNG")

    class Meta:
        model = CustomImage


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A small text file."""

    title = Sequence(lambda number: f"Document {number}")
    collection = LazyFunction(Collection.get_first_root_node)
    file = FileField(filename="document.txt", data=b"A document.\n")

    class Meta:
        model = CustomDocument
