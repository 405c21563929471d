"""A set-up site with few countries: what setup_site makes, small enough to be made anew for each test."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Site

from home.models import HomePage
from regions.models import ContinentPage, CountryPage, NewsIndexPage, NewsKind, NewsPage
from regions.services.site_setup import site_setup_all
from tests.factories.content import NewsPageFactory
from tests.factories.kept_rows import KeptRows

CONTINENTS = ("002", "019")
COUNTRIES = ("AR", "BR", "CU", "JM", "MA", "MX", "SN", "US")


@dataclass
class SiteTree:
    """The pages of a set-up site, by language code: ``tree.country["ar", "MX"]``."""

    site: Site
    locale: dict[str, Locale]
    home: dict[str, HomePage]
    index: dict[str, NewsIndexPage]
    continent: dict[tuple[str, str], ContinentPage]
    country: dict[tuple[str, str], CountryPage]
    kind: dict[tuple[str, str], NewsKind]

    def news(
        self,
        title: str,
        *,
        locale: str = "fr",
        kind: str = "meeting",
        countries: Iterable[str] = (),
        continents: Iterable[str] = (),
        **fields: Any,
    ) -> NewsPage:
        """A live news item dated 2026-01-15; ``kind``, ``countries`` and ``continents`` are slugs and codes."""
        return NewsPageFactory(
            parent=self.index[locale],
            title=title,
            kind=self.kind[locale, kind],
            countries=[self.country[locale, code] for code in countries],
            continents=[self.continent[locale, code] for code in continents],
            **fields,
        )


_kept: dict[tuple[frozenset[str], frozenset[str], str], KeptRows] = {}


def site_tree_make(
    *, continents: Iterable[str] = CONTINENTS, countries: Iterable[str] = COUNTRIES, hostname: str = "testserver"
) -> SiteTree:
    """The site that setup_site's service makes for the given codes only, and its pages.

    In an empty database, what the service made is kept for the process and put back; elsewhere the service runs.
    """
    wanted = (frozenset(continents), frozenset(countries), hostname)

    def make() -> None:
        site_setup_all(options={"hostname": hostname}, continent_codes=wanted[0], country_codes=wanted[1])

    if HomePage.objects.exists():
        make()
    else:
        _kept.setdefault(wanted, KeptRows(make)).restore()
    return SiteTree(
        site=Site.objects.get(is_default_site=True),
        locale={locale.language_code: locale for locale in Locale.objects.all()},
        home={page.locale_code: page for page in HomePage.objects.select_related("locale")},
        index={page.locale_code: page for page in NewsIndexPage.objects.select_related("locale")},
        continent={(page.locale_code, page.code): page for page in ContinentPage.objects.select_related("locale")},
        country={(page.locale_code, page.code): page for page in CountryPage.objects.select_related("locale")},
        kind={(row.locale.language_code, row.slug): row for row in NewsKind.objects.select_related("locale")},
    )
