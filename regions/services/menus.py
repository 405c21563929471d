"""Site settings and menus of each locale, as a new site begins with them."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from wagtail.models import Locale, Page, Site

from home.models import HomePage, NavigationMenu, SiteSettings
from home.services.bulk import translatable_bulk_create
from regions.geography import CONTINENT_CODES
from regions.models import ContinentPage, NewsIndexPage
from regions.services.texts import setup_texts


def site_settings_setup_all(*, site: Site, locales: Sequence[Locale]) -> int:
    """Make the settings of each locale that has none. Return how many."""
    existing = {row.locale_id: row for row in SiteSettings.objects.filter(site=site)}
    source = next(iter(existing.values()), None)
    rows = []
    for locale in locales:
        if locale.pk in existing:
            continue
        texts = setup_texts(locale.language_code)
        row = SiteSettings(site=site, locale=locale, ministry_name=texts.ministry_name, tagline=texts.tagline)
        source = source or row
        row.translation_key = source.translation_key
        rows.append(row)
    translatable_bulk_create(rows=rows)
    return len(rows)


def menu_setup_all(*, site: Site, homes: Sequence[HomePage]) -> int:
    """Make the header and footer menu of each locale that has none. Return how many.

    The header leads to the news and the continents, the footer to the home page and the news.
    """
    existing = {(row.locale_id, row.location): row for row in NavigationMenu.objects.filter(site=site)}
    keys = {row.location: row.translation_key for row in existing.values()}
    missing = [
        (home, location)
        for home in homes
        for location in NavigationMenu.Location
        if (home.locale_id, location.value) not in existing
    ]
    if not missing:
        return 0
    locale_ids = [home.locale_id for home in homes]
    news = {page.locale_id: page for page in NewsIndexPage.objects.filter(locale_id__in=locale_ids)}
    continents = {(page.locale_id, page.code): page for page in ContinentPage.objects.filter(locale_id__in=locale_ids)}
    rows = []
    for home, location in missing:
        pages: list[Page | None] = [home, news.get(home.locale_id)]
        if location == NavigationMenu.Location.HEADER:
            pages = [news.get(home.locale_id), *(continents.get((home.locale_id, code)) for code in CONTINENT_CODES)]
        menu = NavigationMenu(site=site, locale=home.locale, location=location.value)
        menu.items = json.dumps([menu_item(page=page) for page in pages if page is not None])
        menu.translation_key = keys.setdefault(location.value, menu.translation_key)
        rows.append(menu)
    translatable_bulk_create(rows=rows)
    return len(rows)


def menu_item(*, page: Page, children: Sequence[Page] = ()) -> dict[str, Any]:
    """The stored form of one entry of a menu that leads to ``page``, labelled by its title."""

    def link(target: Page) -> dict[str, Any]:
        return {"page": target.pk, "url": "", "label": ""}

    below = [{"type": "item", "value": link(child), "id": str(uuid.uuid4())} for child in children]
    return {"type": "item", "value": {**link(page), "children": below}, "id": str(uuid.uuid4())}
