"""What the plain HTML pages show around a page: settings, menus, breadcrumbs and the other languages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Locale, Page, Site

from home.models import NavigationMenu, SiteSettings
from home.selectors.locales import locale_chain, locale_codes, locale_direction, locale_name
from home.selectors.visibility import GATE_FIELDS, Gate, gate_open


def gate_of_request(request: HttpRequest) -> Gate:
    """The visibility gate of the site that the request addresses, opened once for the request."""
    gate: Gate | None = getattr(request, "_diwan_gate", None)
    if gate is None:
        site = Site.find_for_request(request)
        gate = gate_open(site_id=site.pk if site else None)
        request._diwan_gate = gate  # type: ignore[attr-defined]  # kept where only this function looks
    return gate


def child_list_shown(*, page: Page, gate: Gate) -> QuerySet[Page]:
    """The visible pages directly below ``page``, in the order of the tree."""
    return page.get_children().filter(gate.visible())


def page_is_hidden_by_ancestor(*, page: Page, gate: Gate) -> bool:
    """Is a page above ``page`` unpublished or out of its dates?"""
    return gate.is_in_dead_branch({name: getattr(page, name) for name in GATE_FIELDS})


def pages_localized(*, page_ids: Iterable[int], locale: Locale, gate: Gate) -> dict[int, Page]:
    """Page ids to the pages that a reader of ``locale`` gets for them, in two statements for any number.

    Each id gives the visible page of its translation set in ``locale``, else in the first locale of its fallback
    chain that has one; ids without such a page are left out.
    """
    keys = dict(Page.objects.filter(pk__in=set(page_ids)).values_list("pk", "translation_key"))
    chain = locale_chain(locale=locale.language_code)
    wanted = Q(translation_key__in=set(keys.values()), locale__language_code__in=chain)
    candidates = Page.objects.filter(wanted, gate.visible()).select_related("locale")
    best: dict[Any, Page] = {}
    for page in sorted(candidates, key=lambda page: chain.index(page.locale.language_code)):
        best.setdefault(page.translation_key, page)
    return {page_id: best[key] for page_id, key in keys.items() if key in best}


def _menu_entries(*, menu: NavigationMenu | None, locale: Locale, request: HttpRequest) -> list[dict[str, Any]]:
    """``{"label", "url", "children": [{"label", "url"}]}`` for each entry whose page, if it has one, is visible."""
    if menu is None:
        return []
    raw = [entry["value"] for entry in menu.items.raw_data]
    links = [link for value in raw for link in (value, *_children(value))]
    page_ids = [link["page"] for link in links if link.get("page")]
    pages = pages_localized(page_ids=page_ids, locale=locale, gate=gate_of_request(request))

    def entry(link: dict[str, Any]) -> dict[str, Any] | None:
        page = pages.get(link.get("page") or 0)
        url = page.get_url(request) if page else link.get("url")
        if not url:
            return None
        return {"label": link.get("label") or (page.title if page else url), "url": url}

    entries = []
    for value in raw:
        shown = entry(value)
        if shown:
            entries.append({**shown, "children": list(filter(None, map(entry, _children(value))))})
    return entries


def _children(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The links below a menu entry, whether the list is stored with block ids or without."""
    return [child.get("value", child) for child in value.get("children") or []]


def _menus(*, site: Site | None, locale: Locale) -> dict[str, NavigationMenu]:
    return {menu.location: menu for menu in NavigationMenu.objects.filter(site=site, locale=locale)}


def _alternates(*, page: Page, request: HttpRequest) -> list[dict[str, Any]]:
    """The languages that have a page of their own here: ``{"code", "name", "direction", "url", "current"}``."""
    others = Q(translation_key=page.translation_key, alias_of__isnull=True) & ~Q(pk=page.pk)
    shown = Page.objects.filter(others, gate_of_request(request).visible()).select_related("locale")
    pages = {other.locale.language_code: other for other in shown}
    pages[page.locale.language_code] = page
    return [
        {
            "code": code,
            "name": locale_name(code),
            "direction": locale_direction(code),
            "url": pages[code].get_url(request),
            "current": pages[code].pk == page.pk,
        }
        for code in locale_codes()
        if code in pages
    ]


def plain_face_context(*, page: Page, request: HttpRequest) -> dict[str, Any]:
    """Everything that ``home/base.html`` needs, in a number of statements that does not depend on the site's size."""
    locale = page.locale
    site = Site.find_for_request(request)
    menus = _menus(site=site, locale=locale)
    above = page.get_ancestors().filter(gate_of_request(request).visible()) if page.path else Page.objects.none()
    breadcrumbs = [{"title": ancestor.title, "url": ancestor.get_url(request)} for ancestor in above]
    return {
        "direction": locale_direction(locale.language_code),
        "site_settings": SiteSettings.objects.filter(site=site, locale=locale).prefetch_related("social_links").first(),
        "header_menu": _menu_entries(menu=menus.get("header"), locale=locale, request=request),
        "footer_menu": _menu_entries(menu=menus.get("footer"), locale=locale, request=request),
        "breadcrumbs": breadcrumbs,
        "home_url": breadcrumbs[0]["url"] if breadcrumbs else page.get_url(request),
        "alternates": _alternates(page=page, request=request),
    }
