"""Counterparts of continents and countries that editors add or rename: the trees stand in every locale."""

import logging
from collections.abc import Iterable
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page
from wagtail.signals import page_slug_changed

from home.models import HomePage
from home.services.bulk import page_bulk_create
from regions.geography import country_forms, territory_name_or_none
from regions.models import ContinentPage, CountryPage, SubRegion
from regions.services.trees import slug_free

logger = logging.getLogger(__name__)


@transaction.atomic
def page_mirror(*, page: ContinentPage | CountryPage) -> list[ContinentPage | CountryPage]:
    """Make the missing counterparts of a page of the source locale: live, named from CLDR, with the
    forms of its name that are known and empty texts.

    A locale is passed over when it has a page of this translation key or this code, when it has no home page, or when
    CLDR has no name for the code (then the fallback chain serves the source page). Return the new pages.
    """
    if page.locale.language_code != settings.DIWAN_SOURCE_LOCALE or page.alias_of_id:
        return []
    same = Q(translation_key=page.translation_key) | Q(code=page.code)
    present = type(page).objects.filter(same).values_list("locale_id", flat=True)
    homes = list(HomePage.objects.exclude(locale_id__in=set(present)).select_related("locale"))
    if not homes:
        return []
    parents = _parents(page=page, homes=homes)
    children: list[tuple[Page, ContinentPage | CountryPage]] = []
    for home in homes:
        language_code = home.locale.language_code
        title = territory_name_or_none(page.code, language_code=language_code)
        if title is None:
            logger.info("No counterpart of page %s in %s: CLDR does not name %s", page.pk, language_code, page.code)
            continue
        parent = parents.get(home.locale_id)
        if parent is None:
            logger.warning("No counterpart of page %s in %s: its parent has none", page.pk, language_code)
            continue
        counterpart = _counterpart(page=page, home=home, title=title)
        taken = set(parent.get_children().values_list("slug", flat=True))
        counterpart.slug = slug_free(page.slug, taken=taken)
        children.append((parent, counterpart))
    page_bulk_create(children=children)
    return [counterpart for _parent, counterpart in children]


@transaction.atomic
def page_slug_follow(*, page: ContinentPage | CountryPage) -> list[ContinentPage | CountryPage]:
    """Give the counterparts of a page of the source locale its slug; return those that changed.

    The old addresses redirect, as after a change of slug in the editor. A counterpart keeps its slug where a sibling
    has the new one.
    """
    if page.locale.language_code != settings.DIWAN_SOURCE_LOCALE or page.alias_of_id:
        return []
    changed = []
    counterparts = type(page).objects.filter(translation_key=page.translation_key, alias_of=None)
    for counterpart in counterparts.exclude(pk=page.pk).exclude(slug=page.slug):
        if counterpart.get_siblings(inclusive=False).filter(slug=page.slug).exists():
            logger.warning("Page %s keeps its slug: a sibling is called %r", counterpart.pk, page.slug)
            continue
        before = counterpart.specific_class.objects.get(pk=counterpart.pk)
        counterpart.slug = page.slug
        counterpart.save()
        latest = counterpart.latest_revision
        if latest is not None:
            # Otherwise the next publication of a draft would bring the old slug back.
            latest.content["slug"] = page.slug
            latest.save(update_fields=["content"])
        page_slug_changed.send(sender=type(page), instance=counterpart, instance_before=before)
        changed.append(counterpart)
    return changed


def _parents(*, page: ContinentPage | CountryPage, homes: Iterable[HomePage]) -> dict[int, Page]:
    """The page to put the counterpart below, by locale; a continent that has no counterpart yet gets one first."""
    if isinstance(page, ContinentPage):
        return {home.locale_id: home for home in homes}
    continent = page.get_parent().specific
    page_mirror(page=continent)
    return {parent.locale_id: parent for parent in ContinentPage.objects.filter(code=continent.code)}


def _counterpart(*, page: ContinentPage | CountryPage, home: HomePage, title: str) -> ContinentPage | CountryPage:
    shared = {"locale": home.locale, "translation_key": page.translation_key, "title": title, "code": page.code}
    if isinstance(page, ContinentPage):
        return ContinentPage(**shared)
    sub_region = None
    if page.sub_region:
        key = page.sub_region.translation_key
        sub_region = SubRegion.objects.filter(translation_key=key, locale=home.locale).first()
    return CountryPage(
        **shared,
        alpha3=page.alpha3,
        status=page.status,
        relations_since=page.relations_since,
        sub_region=sub_region,
        **asdict(country_forms(page.code, language_code=home.locale.language_code)),
    )
