"""A continent or country that an editor adds in the source locale gets its page in the others."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from regions.models import ContinentPage, CountryPage, SubRegion
from regions.services.mirroring import page_mirror

pytestmark = pytest.mark.django_db


def country_add(parent: ContinentPage, **fields) -> CountryPage:
    """What the admin does when an editor saves and publishes a new country."""
    page = CountryPage(locale=parent.locale, live=False, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_new_country_is_mirrored(site_tree) -> None:
    caribbean = SubRegion.objects.get(locale=site_tree.locale["fr"], code="029")
    haiti = country_add(
        site_tree.continent["fr", "019"],
        title="République d’Haïti",
        slug="republique-d-haiti",
        code="HT",
        alpha3="HTI",
        introduction="Texte français.",
        sub_region=caribbean,
    )
    arabic, spanish = (CountryPage.objects.get(locale_code=code, code="HT") for code in ("ar", "es"))
    assert (arabic.title, spanish.title) == ("هايتي", "Haití")
    assert arabic.get_url() == "/ar/amerique/republique-d-haiti/"
    assert {arabic.translation_key, spanish.translation_key} == {haiti.translation_key}
    assert (arabic.introduction, len(arabic.body), arabic.live, arabic.alias_of_id) == ("", 0, True, None)
    assert (arabic.alpha3, arabic.status) == ("HTI", "state")
    assert (arabic.sub_region.code, arabic.sub_region.locale_id) == ("029", arabic.locale_id)
    assert Page.find_problems() == ([], [], [], [], [])


def test_publishing_again_changes_nothing(site_tree) -> None:
    mexico = site_tree.country["fr", "MX"]
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "live", "last_published_at"))
    with CaptureQueriesContext(connection) as queries:
        assert page_mirror(page=mexico) == []
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 2
    mexico.save_revision().publish()
    after = list(Page.objects.order_by("pk").values_list("pk", "title", "live", "last_published_at"))
    assert [row for row in after if row[0] != mexico.pk] == [row for row in before if row[0] != mexico.pk]


def test_a_new_continent_comes_before_its_countries(site_tree) -> None:
    home = site_tree.home["fr"]
    asia = ContinentPage(locale=home.locale, title="Asie", slug="asie", code="142")
    home.add_child(instance=asia)  # live, but never published through the admin: it has no counterparts yet
    country_add(asia, title="Japon", slug="japon", code="JP", alpha3="JPN")
    assert ContinentPage.objects.get(locale_code="ar", code="142").title == "آسيا"
    assert CountryPage.objects.get(locale_code="es", code="JP").get_url() == "/es/asie/japon/"
    assert Page.find_problems() == ([], [], [], [], [])


def test_translations_drafts_and_unknown_codes_are_not_mirrored(site_tree) -> None:
    country_add(site_tree.continent["ar", "002"], title="غانا", slug="ghana", code="GH", alpha3="GHA")
    assert CountryPage.objects.filter(code="GH").count() == 1
    # CLDR has no name for QX, so the other locales are left to the fallback chain.
    country_add(site_tree.continent["fr", "002"], title="Pays inventé", slug="pays-invente", code="QX", alpha3="QXX")
    assert CountryPage.objects.filter(code="QX").count() == 1
    draft = CountryPage(locale=site_tree.locale["fr"], title="Mali", slug="mali", code="ML", alpha3="MLI", live=False)
    site_tree.continent["fr", "002"].add_child(instance=draft)
    draft.save_revision()
    assert CountryPage.objects.filter(code="ML").count() == 1


def test_a_country_that_goes_live_later_is_mirrored_when_it_does(site_tree, monkeypatch) -> None:
    """Its name in Arabic would tell what the ministry has not announced yet."""
    draft = CountryPage(locale=site_tree.locale["fr"], title="Mali", slug="mali", code="ML", alpha3="MLI", live=False)
    draft.go_live_at = timezone.now() + timedelta(days=1)
    site_tree.continent["fr", "002"].add_child(instance=draft)
    draft.save_revision().publish()
    assert list(CountryPage.objects.filter(code="ML").values_list("locale_code", "live")) == [("fr", False)]
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled", verbosity=0)
    assert sorted(CountryPage.objects.filter(code="ML").values_list("locale_code", "live")) == [
        ("ar", True),
        ("es", True),
        ("fr", True),
    ]


def test_a_new_slug_that_goes_live_later_is_followed_then(site_tree, monkeypatch) -> None:
    mexico = site_tree.country["fr", "MX"]
    mexico.unpublish()
    mexico.slug, mexico.go_live_at = "etats-unis-mexicains", timezone.now() + timedelta(days=1)
    mexico.save_revision().publish()
    arabic = CountryPage.objects.filter(locale_code="ar", code="MX").values_list("slug", flat=True)
    assert list(arabic) == ["mexique"]
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled", verbosity=0)
    assert list(arabic.all()) == ["etats-unis-mexicains"]


def test_a_page_of_the_same_code_is_left_alone(site_tree) -> None:
    country_add(site_tree.continent["ar", "002"], title="غانا", slug="ghana", code="GH", alpha3="GHA")
    country_add(site_tree.continent["fr", "002"], title="Ghana", slug="ghana", code="GH", alpha3="GHA")
    assert sorted(CountryPage.objects.filter(code="GH").values_list("locale_code", "title")) == [
        ("ar", "غانا"),
        ("es", "Ghana"),
        ("fr", "Ghana"),
    ]


def test_a_renamed_slug_is_followed_and_old_addresses_redirect(site_tree, client) -> None:
    americas = site_tree.continent["fr", "019"]
    arabic = site_tree.country["ar", "MX"]
    arabic.introduction = "مسودة"
    arabic.save_revision()
    americas.slug = "ameriques"
    americas.save_revision().publish()
    mexico = CountryPage.objects.get(pk=site_tree.country["fr", "MX"].pk)
    mexico.slug = "mexico"
    mexico.save_revision().publish()
    for code in ("fr", "ar", "es"):
        page = CountryPage.objects.get(locale_code=code, code="MX")
        assert page.get_url() == f"/{code}/ameriques/mexico/"
        assert CountryPage.objects.get(locale_code=code, code="CU").get_url() == f"/{code}/ameriques/cuba/"
    # The Arabic draft keeps its text and does not bring the old slug back.
    draft = CountryPage.objects.get(pk=arabic.pk).get_latest_revision_as_object()
    assert (draft.introduction, draft.slug) == ("مسودة", "mexico")
    assert client.get("/ar/ameriques/mexique/").headers["Location"].endswith("/ar/ameriques/mexico/")
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_slug_that_a_sibling_has_is_not_followed(site_tree) -> None:
    cuba = site_tree.country["es", "CU"]
    cuba.slug = "la-isla"
    cuba.save()
    mexico = site_tree.country["fr", "MX"]
    mexico.slug = "la-isla"
    mexico.save_revision().publish()
    slugs = {page.locale_code: page.slug for page in CountryPage.objects.filter(code="MX")}
    assert slugs == {"fr": "la-isla", "ar": "la-isla", "es": "mexique"}
