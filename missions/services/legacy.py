"""Organisations, as imports of old pages ask for them."""

from collections.abc import Collection, Sequence

from django.conf import settings
from wagtail.models import Locale, Page

from home.language.folding import fold
from missions.models import NewsOrganisationLink, OrganisationPage
from regions.legacy.data_files import organisations
from regions.models import NewsPage
from regions.services.legacy_registry import organisations_of_import_set


class OrganisationsByCode:
    """Pages of organisations by the codes of the legacy importer (``regions.services.legacy_registry``)."""

    def find(self, *, codes: Collection[str], locale: Locale) -> dict[str, Page]:
        """By stable key, else by a name or acronym that the importer knows the organisation by. One statement."""
        pages = OrganisationPage.objects.filter(locale_code__in={locale.language_code, settings.DIWAN_SOURCE_LOCALE})
        # The page of the language asked for comes first.
        rows = sorted(pages.defer("body"), key=lambda page: (page.locale_code != locale.language_code, page.pk))
        by_key: dict[str, Page] = {}
        by_name: dict[str, Page] = {}
        for page in rows:
            by_key.setdefault(page.record_key.casefold(), page)
            for name in (page.acronym, page.title, page.formal_name):
                if name:
                    by_name.setdefault(fold(name), page)
        found: dict[str, Page] = {}
        for entry in organisations():
            if entry["code"] not in codes:
                continue
            names = [fold(name) for language in ("fr", "ar", "es") for name in entry.get(language, [])]
            page = by_key.get(entry["code"].casefold()) or next((by_name[n] for n in names if n in by_name), None)
            if page is not None:
                found[entry["code"]] = page
        return found

    def link(self, *, news: NewsPage, organisations: Sequence[Page]) -> None:
        """Rows name organisations by their pages in the source language."""
        linked = {row.organisation.translation_key for row in news.organisation_links.all()}
        wanted = [page.translation_key for page in organisations if page.translation_key not in linked]
        sources = OrganisationPage.objects.filter(translation_key__in=wanted, locale_code=settings.DIWAN_SOURCE_LOCALE)
        for place, page in enumerate(sources.order_by("pk"), start=len(linked)):
            news.organisation_links.add(NewsOrganisationLink(organisation=page, sort_order=place))


def register() -> None:
    """Tell imports where organisations are kept; called once, when the apps are ready."""
    organisations_of_import_set(OrganisationsByCode())
