"""What an import of old pages must know of the site before it writes."""

from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from wagtail.models import Locale, Page

from home.language.folding import fold
from home.models import HomePage
from regions.models import ContinentPage, CountryPage, ImportRecord, NewsIndexPage, NewsKind, NewsPage


def locale_get(*, code: str) -> Locale | None:
    """The locale of a language code, or None while ``setup_site`` has not made it."""
    return Locale.objects.filter(language_code=code).first()


def home_list() -> list[HomePage]:
    """The home pages of all locales, the source locale's first."""
    homes = list(HomePage.objects.select_related("locale").order_by("pk"))
    return sorted(homes, key=lambda home: home.locale.language_code != settings.DIWAN_SOURCE_LOCALE)


def news_index_get(*, locale: Locale) -> NewsIndexPage | None:
    return NewsIndexPage.objects.filter(locale=locale).first()


def continent_get(*, locale: Locale, code: str) -> ContinentPage | None:
    return ContinentPage.objects.filter(locale=locale, code=code).first()


def country_list_by_code(*, locale: Locale, codes: Collection[str]) -> dict[str, CountryPage]:
    """The country pages of a locale, drafts too, by ISO 3166-1 alpha-2 code; codes without a page are left out."""
    pages = CountryPage.objects.filter(locale=locale, code__in=codes).defer("body", "key_facts")
    return {page.code: page for page in pages}


def country_codes_below(*, continent: ContinentPage) -> set[str]:
    """The codes of the countries below a continent's page."""
    return set(CountryPage.objects.child_of(continent).values_list("code", flat=True))


def news_kind_list_by_slug(*, locale: Locale) -> dict[str, NewsKind]:
    return {kind.slug: kind for kind in NewsKind.objects.filter(locale=locale)}


def import_record_get(*, locale: Locale, kind: str, source_key: str) -> ImportRecord | None:
    return ImportRecord.objects.filter(locale=locale, kind=kind, source_key=source_key).first()


def import_record_list_by_key(*, locale: Locale, kind: str, source_keys: Collection[str]) -> dict[str, ImportRecord]:
    records = ImportRecord.objects.filter(locale=locale, kind=kind, source_key__in=source_keys)
    return {record.source_key: record for record in records}


def import_revision_ids(*, page_ids: Collection[int], kind: str) -> set[int]:
    """The versions of some pages that an import wrote last, in whatever language the import was."""
    records = ImportRecord.objects.filter(page_id__in=page_ids, kind=kind, revision__isnull=False)
    return {revision_id for revision_id in records.values_list("revision_id", flat=True) if revision_id}


def news_list_by_id(*, page_ids: Iterable[int | None]) -> dict[int, NewsPage]:
    """News pages by id, with their links to countries and continents."""
    pages = NewsPage.objects.filter(pk__in=[page_id for page_id in page_ids if page_id])
    return {page.pk: page for page in pages.prefetch_related("country_links", "continent_links")}


def news_list_by_title(*, locale: Locale, titles: Sequence[str]) -> dict[str, list[NewsPage]]:
    """News of a locale with one of these titles, by folded title, whether an import made them or not."""
    found: dict[str, list[NewsPage]] = {}
    for page in NewsPage.objects.filter(locale=locale, title__in=titles).defer("body").order_by("pk"):
        found.setdefault(fold(page.title), []).append(page)
    return found


def slugs_below(*, parent: Page) -> set[str]:
    """The slugs that the children of ``parent`` have."""
    return set(Page.objects.child_of(parent).values_list("slug", flat=True))
