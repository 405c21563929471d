"""The search of the admin finds what editors have saved, and a save does not read the whole index."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from home.models import StandardPage
from tests.factories import StandardPageFactory
from tests.factories.site import SiteTree
from tests.factories.small_site import user_make

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
