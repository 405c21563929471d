"""Each kind of change to the content ends the kept answers that it alters."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from home.models import CustomDocument, CustomImage, NavigationMenu, SiteSettings, StandardPage
from regions.models import NewsCountryLink, NewsKind, NewsPage
from tests.factories.site import SiteTree
from tests.integration.kept_answers import QUESTIONS, ask, fresh, hit

# Nothing is kept within a transaction: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


def changes(tree: SiteTree) -> dict[str, tuple[str, Callable[[], Any]]]:
    """Each kind of change, with a question whose answer it alters."""
    mexico, plain = tree.country["fr", "MX"], StandardPage.objects.get(title="Le ministère")
    news, image = NewsPage.objects.get(title="Une visite"), CustomImage.objects.get()
    plain.create_alias(update_slug="copie")
    counted, country = "{ news { totalCount } }", '{{ country(code: "MX") {{ {} }} }}'.format
    credit, document = country("image { credit }"), country("body { ... on DocumentBlock { document { title } } }")
    days = [datetime.now(UTC) + timedelta(days=number) for number in (-1, 1)]

    def set_(queryset: Any, **values: Any) -> Callable[[], Any]:
        return lambda: queryset.update(**values)

    def publish(page: Any, title: str) -> None:
        page.refresh_from_db()
        page.title = title
        page.save_revision().publish()

    def translate() -> None:
        NewsPage.objects.get(title="Un communiqué").copy_for_translation(tree.locale["ar"]).save_revision().publish()

    return {
        "publish": (country("title"), lambda: publish(mexico, "Le Mexique")),
        "translation publish": ("{ news(locale: AR) { nodes { locale } } }", translate),
        "alias update": ('{ route(path: "/fr/copie/") { ... on Page { title } } }', lambda: publish(plain, "Nous")),
        "move": (
            '{ country(code: "CU") { continent { code } } }',
            lambda: tree.country["fr", "CU"].move(tree.continent["fr", "002"], pos="first-child"),
        ),
        "reorder": (
            "{ news { nodes { countries { nodes { code } } } } }",
            set_(NewsCountryLink.objects.filter(page=news), sort_order=-F("pk")),
        ),
        "snippet": ("{ newsKinds { name } }", set_(NewsKind.objects.filter(slug="visit"), name="Visites")),
        "image": (credit, set_(CustomImage.objects.filter(pk=image.pk), credit="Une agence")),
        "document": (document, set_(CustomDocument.objects.all(), title="Traité")),
        "collection privacy": (
            credit,
            lambda: CollectionViewRestriction.objects.create(collection=image.collection, restriction_type="login"),
        ),
        "page privacy": (
            country("title"),
            lambda: PageViewRestriction.objects.create(page=mexico, restriction_type="login"),
        ),
        "redirect": (QUESTIONS["route"], lambda: Redirect.add_redirect("/fr/ancien", plain)),
        "navigation": (
            QUESTIONS["navigation"],
            set_(
                NavigationMenu.objects.filter(location="header"),
                items=json.dumps(
                    [{"type": "item", "value": {"page": plain.pk, "url": "", "label": "Nous", "children": []}}]
                ),
            ),
        ),
        "settings": (QUESTIONS["settings"], set_(SiteSettings.objects, ministry_name="Le ministère")),
        "site": ("{ home { url } }", set_(Site.objects, port=8443)),
        "locale": (
            "{ home { alternates { hreflang } } }",
            set_(Locale.objects.filter(language_code="es"), language_code="en"),
        ),
        "go-live": (counted, set_(Page.objects.filter(title="Un communiqué"), go_live_at=days[1])),
        "expiry": (counted, set_(Page.objects.filter(pk=news.pk), expire_at=days[0])),
        "new": (counted, lambda: tree.news("Neuf")),
        "unpublish": (counted, lambda: NewsPage.objects.get(title="Neuf").unpublish()),
        "delete": (
            '{ route(path: "/fr/copie/") { __typename } }',
            lambda: plain.get_descendants(inclusive=True).delete(),
        ),
    }


def test_each_kind_of_change_shows_at_once(store: str, site: SiteTree) -> None:
    """The question's answer differs afterwards, so it would be the old one if the version had not moved."""
    shown = {}
    for name, (query, change) in changes(site).items():
        before = ask(query)
        assert "errors" not in before.json(), name
        assert hit(query), name
        change()
        after = ask(query).content
        shown[name] = after != before.content and after == fresh(query)
    assert shown == dict.fromkeys(shown, True)
