"""The factories make what their docstrings say."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Page

from tests.committing import CommittingTestCase
from tests.factories import (
    ContinentPageFactory,
    CountryPageFactory,
    DocumentFactory,
    HomePageFactory,
    ImageFactory,
    LocaleFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SiteTree,
    StandardPageFactory,
    SubRegionFactory,
    site_tree_make,
)
from tests.factories.kept_rows import rows_of, tables


def test_a_page_takes_the_locale_of_its_parent(db) -> None:
    home = HomePageFactory(locale=LocaleFactory(language_code="ar"))
    continent = ContinentPageFactory(parent=home)
    country = CountryPageFactory(parent=continent, code="BR")
    page = StandardPageFactory(parent=home, title="الوزارة")
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), countries=[country], continents=[continent])
    assert (country.title, country.alpha3, country.url_path) == ("البرازيل", "BRA", "/ar/amerique/bresil/")
    assert page.slug == "lwzrh"
    assert {home.locale_code, continent.locale_code, country.locale_code, news.locale_code} == {"ar"}
    assert news.kind.locale == news.locale
    assert [link.country_id for link in news.country_links.all()] == [country.pk]
    assert [link.continent_id for link in news.continent_links.all()] == [continent.pk]
    assert Page.find_problems() == ([], [], [], [], [])


def test_media(db) -> None:
    image, document = ImageFactory(), DocumentFactory()
    assert (image.width, image.height, image.collection.name) == (640, 400, "Root")
    assert document.file.read() == b"A document.\n"
    assert SubRegionFactory().name == SubRegionFactory(name="another").name == "Amérique centrale"


def test_small_site(site_tree: SiteTree) -> None:
    news = site_tree.news("Visite", locale="es", kind="visit", countries=["MX"], featured=True)
    assert news.get_url() == "/es/actualites/visite/"
    assert site_tree.country["es", "MX"].title == "México"
    assert len(site_tree.country) == 24


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_did_is_undone() -> None:
    before = {name: rows_of(name)[1] for name in tables()}
    site_tree_make()
    Group.objects.all().delete()
    Permission.objects.filter(codename="add_page").update(name="x")
    get_user_model().objects.create_superuser("a", "a@example.org", "password")
    changed = {name for name in before if rows_of(name)[1] != before[name]}
    assert {"auth_group", "auth_group_permissions", "auth_permission", "home_homepage", "wagtailcore_page"} < changed
    CommittingTestCase()._fixture_teardown()
    assert {name: rows_of(name)[1] for name in tables()} == before
