"""The trees that stand in every locale: news indexes, continents and countries, each a page of its own language.

What is missing is made, what is there is never changed: a renamed or moved page stays as the editors made it. A page
that was deleted comes back at the next run; to keep a country out of the site, unpublish it or exclude its code.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TypeVar

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.text import capfirst, slugify
from wagtail.models import Page

from home.models import BasePage, HomePage
from home.services.bulk import page_bulk_create
from regions.geography import (
    CONTINENT_CODES,
    CountryEntry,
    country_entries,
    country_entry_get,
    country_forms,
    territory_name,
)
from regions.models import ContinentPage, CountryPage, NewsIndexPage, SubRegion
from regions.services.texts import setup_texts

_CodedPage = TypeVar("_CodedPage", ContinentPage, CountryPage)


def latin_slug(title: str) -> str:
    """A slug in Latin letters, whatever script the title is in: « Côte d’Ivoire » gives ``cote-d-ivoire``."""
    return slugify(anyascii(title).replace("'", "-"))[:200]


def slug_free(slug: str, *, taken: Collection[str]) -> str:
    """``slug`` itself or, where a sibling has it, the first of ``slug-2``, ``slug-3`` … that is free."""
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def news_index_setup_all(*, homes: Sequence[HomePage]) -> list[BasePage]:
    """Make the news index of each locale that has none, below its home page. Return the new ones."""
    return index_page_setup_all(model=NewsIndexPage, homes=homes, title_of=lambda code: setup_texts(code).news_title)


def index_page_setup_all(
    *, model: type[BasePage], homes: Sequence[HomePage], title_of: Callable[[str], str]
) -> list[BasePage]:
    """Make the page of ``model`` of each locale that has none, below its home page. Return the new ones.

    ``model`` is of pages that stand once for each locale; ``title_of`` gives the title for a language code. The source
    locale's home must be the first of ``homes``: its title gives the slug of all locales.
    """
    existing = {page.locale_id: page for page in model._default_manager.filter(locale_id__in=_locale_ids(homes))}
    source = next(iter(existing.values()), None)
    slugs = _slugs_below(homes)
    children: list[tuple[Page, BasePage]] = []
    for home in homes:
        if home.locale_id in existing:
            continue
        page = model(locale=home.locale, title=title_of(home.locale.language_code))
        source = source or page
        page.translation_key = source.translation_key
        page.slug = slug_free(source.slug or latin_slug(page.title), taken=slugs[home.path])
        slugs[home.path].add(page.slug)
        children.append((home, page))
    page_bulk_create(children=children)
    return [page for _home, page in children]


def index_pages_setup(
    *, models: Sequence[type[BasePage]], homes: Sequence[HomePage], say: Callable[[str], None]
) -> None:
    """Make what is missing of the pages of ``models``, each titled with the name of its model, and say so.

    For the apps above, whose models name what their pages hold.
    """
    for model in models:

        def title_of(code: str, model: type[BasePage] = model) -> str:
            with translation.override(code):
                return capfirst(str(model._meta.verbose_name))

        created = len(index_page_setup_all(model=model, homes=homes, title_of=title_of))
        with translation.override(None):
            say(f"{model._meta.verbose_name_plural}: {f'{created} made' if created else 'as they were'}")


def continent_setup_all(*, homes: Sequence[HomePage], codes: Collection[str] = CONTINENT_CODES) -> list[ContinentPage]:
    """Make the continents ``codes`` that a locale lacks, below its home page. Return the new ones.

    The source locale's home must be the first of ``homes``: its names give the slugs of all locales.
    """
    existing = _by_locale_and_code(ContinentPage.objects.filter(locale_id__in=_locale_ids(homes)))
    sources = _sources(existing, homes)
    slugs = _slugs_below(homes)
    children: list[tuple[Page, ContinentPage]] = []
    for home in homes:
        for code in CONTINENT_CODES:
            if code not in codes or (home.locale_id, code) in existing:
                continue
            title = territory_name(code, language_code=home.locale.language_code)
            page = ContinentPage(locale=home.locale, code=code, title=title)
            source = sources.setdefault(code, page)
            page.translation_key = source.translation_key
            page.slug = slug_free(source.slug or latin_slug(title), taken=slugs[home.path])
            slugs[home.path].add(page.slug)
            children.append((home, page))
    page_bulk_create(children=children)
    return [page for _home, page in children]


def country_setup_all(*, homes: Sequence[HomePage], codes: Collection[str] | None = None) -> list[CountryPage]:
    """Make every country of ISO 3166-1 (or of ``codes``) that a locale lacks, below its continent.

    Codes in the setting ``DIWAN_EXCLUDED_TERRITORIES`` are left out. The continents and sub-regions must be there, and
    the source locale's home must be the first of ``homes``. Return the new pages.
    """
    excluded = excluded_territories()
    entries = [
        entry
        for entry in country_entries()
        if entry.alpha2 not in excluded and (codes is None or entry.alpha2 in codes)
    ]
    locale_ids = _locale_ids(homes)
    continents = _by_locale_and_code(ContinentPage.objects.filter(locale_id__in=locale_ids))
    sub_regions = {
        (row.locale_id, row.code): row
        for row in SubRegion.objects.filter(locale_id__in=locale_ids).only("locale", "code")
    }
    existing = _by_locale_and_code(
        CountryPage.objects.filter(locale_id__in=locale_ids).only("locale", "code", "slug", "path", "translation_key")
    )
    by_path = {page.path: page.code for page in continents.values()}
    sources = _sources(existing, homes)
    # An editor may have moved a country to another continent: its translations go there too.
    continent_codes = {code: by_path.get(page.path[: -Page.steplen]) for code, page in sources.items()}
    wanted = [(home, entry) for home in homes for entry in entries if (home.locale_id, entry.alpha2) not in existing]
    parents = {
        (home.locale_id, entry.alpha2): continents[
            home.locale_id, continent_codes.get(entry.alpha2) or entry.continent_code
        ]
        for home, entry in wanted
    }
    slugs = _slugs_below(parents.values())
    children: list[tuple[Page, CountryPage]] = []
    for home, entry in wanted:
        parent = parents[home.locale_id, entry.alpha2]
        page = country_build(entry=entry, home=home, sub_regions=sub_regions)
        source = sources.setdefault(entry.alpha2, page)
        page.translation_key = source.translation_key
        page.slug = slug_free(source.slug or latin_slug(page.title), taken=slugs[parent.path])
        slugs[parent.path].add(page.slug)
        children.append((parent, page))
    page_bulk_create(children=children)
    return [page for _parent, page in children]


def country_build(
    *, entry: CountryEntry, home: HomePage, sub_regions: Mapping[tuple[int, str], SubRegion]
) -> CountryPage:
    """An unsaved country page of the home page's locale, with the known forms of its name, no texts and no slug."""
    locale = home.locale
    return CountryPage(
        locale=locale,
        title=territory_name(entry.alpha2, language_code=locale.language_code),
        code=entry.alpha2,
        alpha3=entry.alpha3,
        status=CountryPage.Status.STATE if entry.is_state else CountryPage.Status.TERRITORY,
        sub_region=sub_regions.get((locale.pk, entry.sub_region_code)) if entry.sub_region_code else None,
        **asdict(country_forms(entry.alpha2, language_code=locale.language_code)),
    )


def excluded_territories() -> frozenset[str]:
    """The codes that the site has no pages for; raise ImproperlyConfigured for one that ISO 3166-1 does not know."""
    codes = frozenset(settings.DIWAN_EXCLUDED_TERRITORIES)
    unknown = sorted(code for code in codes if country_entry_get(code) is None)
    if unknown:
        raise ImproperlyConfigured(f"DIWAN_EXCLUDED_TERRITORIES: not in ISO 3166-1: {', '.join(unknown)}")
    return codes


def _locale_ids(homes: Iterable[HomePage]) -> list[int]:
    return [home.locale_id for home in homes]


def _by_locale_and_code(pages: Iterable[_CodedPage]) -> dict[tuple[int, str], _CodedPage]:
    return {(page.locale_id, page.code): page for page in pages}


def _sources(existing: Mapping[tuple[int, str], _CodedPage], homes: Sequence[HomePage]) -> dict[str, _CodedPage]:
    """For each code, the page whose translation key and slug the others share: that of the first locale to have one."""
    sources: dict[str, _CodedPage] = {}
    for home in homes:
        for (locale_id, code), page in existing.items():
            if locale_id == home.locale_id:
                sources.setdefault(code, page)
    return sources


def _slugs_below(parents: Iterable[BasePage]) -> dict[str, set[str]]:
    """The slugs in use below each of these pages, by the page's path; the pages must all be of one depth."""
    slugs: dict[str, set[str]] = {parent.path: set() for parent in parents}
    if slugs:
        depth = len(next(iter(slugs))) // Page.steplen + 1
        for path, slug in Page.objects.filter(depth=depth).order_by().values_list("path", "slug"):
            if path[: -Page.steplen] in slugs:
                slugs[path[: -Page.steplen]].add(slug)
    return slugs
