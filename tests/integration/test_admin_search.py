"""The search of the admin finds what editors have saved by the rules of their languages, drafts too."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.views.pages.search import SearchView
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, Not, Or, Phrase, PlainText

from home.language.analysis import spelling
from home.models import IndexPage, StandardPage
from tests.factories import ImageFactory, StandardPageFactory
from tests.factories.site import SiteTree
from tests.factories.small_site import user_make
from tests.integration.pairs import texts_make
from tests.integration.translating import translator_make

pytestmark = pytest.mark.django_db


def test_a_save_does_not_average_the_index(site_tree: SiteTree) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = StandardPageFactory(parent=site_tree.home["fr"], title="Mentions légales")
        page.title = "Mentions"
        page.save()
    assert not [query["sql"] for query in captured if "AVG(" in query["sql"]]
    assert any("wagtailsearch_indexentry" in query["sql"] for query in captured)

    client = Client()
    client.force_login(user_make("editor", superuser=True))
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": "menti"})
    assert [found.title for found in response.context["object_list"]] == ["Mentions"]


def test_the_command_still_weighs_titles(site_tree: SiteTree) -> None:
    StandardPageFactory(parent=site_tree.home["fr"], title="Un titre bien plus long que tous les autres titres du site")
    call_command("update_index", verbosity=0)
    norms = set(IndexEntry.objects.values_list("title_norm", flat=True))
    assert len(norms) > 3
    found = get_search_backend().search("titre", StandardPage.objects.all())
    assert [page.title for page in found] == ["Un titre bien plus long que tous les autres titres du site"]


def found(user: Any, query: str, **options: str) -> list[Any]:
    """The pages that the admin's search view gives to a user; its template is left alone."""
    request = RequestFactory().get(reverse("wagtailadmin_pages:search"), {"q": query, **options})
    request.user = user
    return list(SearchView.as_view()(request).context_data["paginator"].object_list.get_queryset())


def name_of(page: Any) -> str:
    return getattr(page.specific, "code", None) or page.slug


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_each_pair_of_the_public_search(site_tree: SiteTree, locale: str) -> None:
    user = user_make("editor", superuser=True)
    pairs = texts_make(site_tree, locale)
    wrong = {}
    for query, expected in pairs.items():
        pages = [
            page
            for page in found(user, query)
            # The set-up of the site names pages that hold records after what they hold: agreements, missions …
            if page.locale_id == site_tree.locale[locale].pk and not issubclass(page.specific_class, IndexPage)
        ]
        names = {name_of(page) for page in pages}
        # What is typed last may be the beginning of a word: no title with a longer one is left out.
        *_before, last = spelling(query).split() or [""]
        begun = {
            name_of(page) for page in pages if last and any(w.startswith(last) for w in spelling(page.title).split())
        }
        if names - begun - set(expected) or set(expected) - names:
            wrong[query] = {"expected": sorted(expected), "found": sorted(names)}
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_drafts_are_found_by_those_who_may_see_them(site_tree: SiteTree) -> None:
    site_tree.news("زيارة الوزير", locale="ar", live=False)
    site_tree.news("Visita a Cádiz", locale="es", live=False)
    renamed = StandardPageFactory(parent=site_tree.home["fr"], title="Élections")
    renamed.title = "Consultations"
    renamed.save_revision()
    admin = user_make("admin", superuser=True)
    for query, titles in {
        "وزيرا زياره": ["زيارة الوزير"],
        "cadiz": ["Visita a Cádiz"],
        "election": ["Élections"],
        "consultation": ["Élections"],
        "visita a cad": ["Visita a Cádiz"],
        "نص": [],
    }.items():
        assert [page.title for page in found(admin, query) if page.depth > 3 or page.pk == renamed.pk] == titles, query
    assert [page.title for page in found(admin, "election", ordering="-title", content_type="home.standardpage")] == [
        "Élections"
    ]
    translator = translator_make("es")
    assert found(translator, "الوزير") == []
    assert [page.title for page in found(translator, "cadiz visita")] == ["Visita a Cádiz"]


def test_choosers_and_listings_search_alike(site_tree: SiteTree, django_capture_on_commit_callbacks: Any) -> None:
    news = site_tree.news("Conférence de l'Élysée", introduction="Des œuvres de Kébé.")
    ImageFactory(title="Portrait de l'émir")
    client = Client()
    client.force_login(user_make("admin", superuser=True))
    for query in ("elysee conf", "oeuvre"):
        chosen = client.get(reverse("wagtailadmin_choose_page_search"), {"q": query})
        assert [page.pk for page in chosen.context["pages"]] == [news.pk]
        listed = client.get(reverse("wagtailadmin_explore", args=[site_tree.index["fr"].pk]), {"q": query})
        assert [page.pk for page in listed.context["object_list"]] == [news.pk]
    images = client.get(reverse("wagtailimages:index"), {"q": "emir"})
    assert [image.title for image in images.context["object_list"]] == ["Portrait de l'émir"]


def test_queries_are_joined_as_wagtail_joins_them(site_tree: SiteTree) -> None:
    for title in ("Accord de pêche", "Accord commercial", "Pêche en mer"):
        StandardPageFactory(parent=site_tree.home["fr"], title=title)

    def titles(query: Any, **options: Any) -> list[str]:
        results = get_search_backend().search(query, StandardPage.objects.all(), **options)
        return sorted(page.title for page in results)

    assert titles("accords") == ["Accord commercial", "Accord de pêche"]
    assert titles("acc") == []
    assert titles("accords peches") == ["Accord de pêche"]
    assert titles("accords peches", operator="or") == ["Accord commercial", "Accord de pêche", "Pêche en mer"]
    assert titles(Phrase("accord peche")) == ["Accord de pêche"]
    assert titles(And([PlainText("accord"), Not(PlainText("peche"))])) == ["Accord commercial"]
    assert titles(Or([PlainText("commerciaux"), PlainText("mer")])) == ["Accord commercial", "Pêche en mer"]
    assert titles("…") == titles("'); --") == []
    assert titles("Accord", fields=["title"]) == ["Accord commercial", "Accord de pêche"]


def test_rebuilding_the_search_writes_both_indexes(site_tree: SiteTree) -> None:
    StandardPageFactory(parent=site_tree.home["fr"], title="Élections")
    IndexEntry.objects.all().delete()
    user = user_make("editor", superuser=True)
    assert found(user, "election") == []
    call_command("rebuild_search", verbosity=0)
    assert [page.title for page in found(user, "election")] == ["Élections"]
