"""setup_site makes a whole site once, and only what is missing afterwards."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    ReferenceIndex,
    Site,
    Workflow,
    WorkflowPage,
)
from wagtail.search.backends import get_search_backend

from home.models import GroupGrant, HomePage, NavigationMenu, SiteSettings
from missions.models import MissionIndexPage
from regions.models import ContinentPage, CountryPage, NewsIndexPage, NewsKind, SubRegion
from regions.services.site_setup import site_setup_all
from tests.factories import site_tree_make
from translations.models import TranslationReviewTask

pytestmark = pytest.mark.django_db

NOTHING_TO_DO = """\
locales (fr, ar, es): as they were
home pages: as they were
site localhost:80: as it was
news indexes: as they were
sub-regions: as they were
continents: as they were
countries and territories: as they were
kinds of news: as they were
site settings: as they were
menus: as they were
groups: as they were
moderation of news: as it was
review of translations: as it was
lists of travel advice: as they were
bilateral records: as they were
registers of agreements: as they were
directories of missions: as they were
lists of organisations: as they were
lists of people: as they were
rights of posts: as they were
"""


def run(**options: Any) -> str:
    out = StringIO()
    call_command("setup_site", stdout=out, **options)
    return out.getvalue()


def snapshot() -> dict[str, list[Any]]:
    """Every row that setup_site may write."""
    models = (
        Locale,
        Site,
        Page,
        HomePage,
        NewsIndexPage,
        ContinentPage,
        CountryPage,
        SubRegion,
        NewsKind,
        SiteSettings,
        NavigationMenu,
        Group,
        Group.permissions.through,
        GroupPagePermission,
        GroupCollectionPermission,
        GroupGrant,
        Workflow,
        WorkflowPage,
        ReferenceIndex,
    )
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_everything_is_made() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = run()
    assert "countries and territories: 747 made" in report
    assert len(queries) < 500
    assert [locale.language_code for locale in Locale.objects.all()] == ["ar", "es", "fr"]
    assert HomePage.objects.count() == NewsIndexPage.objects.count() == 3
    assert ContinentPage.objects.count() == 15
    assert CountryPage.objects.count() == 747
    assert SubRegion.objects.count() == 72
    assert NewsKind.objects.count() == 27
    # The home pages hold the news, six sorts of records and the continents.
    assert Page.objects.count() == 1 + 3 + 3 + 6 * 3 + 15 + 747
    assert not Page.objects.filter(title__startswith="Welcome").exists()

    assert Page.find_problems() == ([], [], [], [], [])
    assert {page.numchild for page in HomePage.objects.all()} == {12}
    americas = ContinentPage.objects.get(locale_code="ar", code="019")
    assert (americas.numchild, americas.get_children().count()) == (57, 57)
    assert Page.get_first_root_node().numchild == 3

    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("localhost", 80, "Diwan")
    assert site.root_page.specific == HomePage.objects.get(locale_code="fr")
    # Every row passes the checks that the admin makes before it saves a page.
    for page in (*HomePage.objects.all(), *NewsIndexPage.objects.all(), *ContinentPage.objects.all()):
        page.full_clean()
    for country in CountryPage.objects.filter(code__in=["MX", "AQ", "CI", "EH", "TW"]):
        country.full_clean()

    before_second_run = snapshot()
    with CaptureQueriesContext(connection) as queries:
        assert run() == NOTHING_TO_DO
    assert len(queries) < 60
    assert snapshot() == before_second_run


def test_bulk_rows_are_indexed_like_saved_ones(site_tree) -> None:
    before = set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "model_path"))
    assert len([path for *_ids, path in before if path == "sub_region"]) == 24
    call_command("rebuild_references_index", verbosity=0)
    assert set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "model_path")) == before
    found = get_search_backend().search("المكسيك", CountryPage.objects.all())
    assert [page.code for page in found] == ["MX"]


def test_addresses_and_names(site_tree) -> None:
    addresses = {key: page.get_url() for key, page in site_tree.country.items() if key[1] in {"MX", "SN"}}
    assert addresses == {
        ("fr", "MX"): "/fr/amerique/mexique/",
        ("ar", "MX"): "/ar/amerique/mexique/",
        ("es", "MX"): "/es/amerique/mexique/",
        ("fr", "SN"): "/fr/afrique/senegal/",
        ("ar", "SN"): "/ar/afrique/senegal/",
        ("es", "SN"): "/es/afrique/senegal/",
    }
    assert [site_tree.home[code].get_url() for code in ("fr", "ar", "es")] == ["/fr/", "/ar/", "/es/"]
    assert [site_tree.index[code].get_url() for code in ("fr", "ar", "es")] == [
        "/fr/actualites/",
        "/ar/actualites/",
        "/es/actualites/",
    ]
    assert [site_tree.home[code].title for code in ("fr", "ar", "es")] == ["Accueil", "الرئيسية", "Inicio"]
    mexico = site_tree.country["ar", "MX"]
    assert (mexico.title, mexico.alpha3, mexico.status, mexico.flag) == ("المكسيك", "MEX", "state", "🇲🇽")
    assert (mexico.draft_title, mexico.live, mexico.has_unpublished_changes) == ("المكسيك", True, False)
    assert mexico.first_published_at == mexico.last_published_at is not None
    assert (mexico.introduction, len(mexico.body), mexico.formal_name, mexico.alias_of_id) == ("", 0, "", None)
    assert (mexico.sub_region.name, mexico.sub_region.parent.code) == ("أمريكا الوسطى", "419")
    assert mexico.get_translation(site_tree.locale["fr"]).title == "Mexique"
    assert {page.get_parent().specific.code for page in site_tree.country.values()} == {"002", "019"}


def test_pages_answer(site_tree, client: Client) -> None:
    for path, word in (("/fr/amerique/mexique/", "Mexique"), ("/ar/amerique/mexique/", "المكسيك"), ("/es/", "Inicio")):
        response = client.get(path)
        assert response.status_code == 200, path
        assert word in response.content.decode()


def test_options_set_the_site_and_stay(site_tree) -> None:
    run(hostname="cms.example.org", port=443, site_name="Ministère")
    site_setup_all(country_codes=())
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("cms.example.org", 443, "Ministère")
    with pytest.raises(CommandError, match="--port"):
        run(port=70000)


def test_editors_changes_stay(site_tree) -> None:
    mexico = site_tree.country["fr", "MX"]
    mexico.title = "États-Unis mexicains"
    mexico.slug = "mexico"
    mexico.save_revision().publish()
    cuba = site_tree.country["es", "CU"]
    cuba.unpublish()
    NewsKind.objects.filter(slug="visit").update(name="Autre nom")
    NavigationMenu.objects.all().update(items="[]")
    Group.objects.get(name="Editors").permissions.clear()
    GroupPagePermission.objects.filter(group__name="Moderators", page=site_tree.home["es"]).delete()
    WorkflowPage.objects.filter(page=site_tree.index["ar"]).delete()
    before = snapshot()
    site_tree_make()
    assert snapshot() == before


def test_what_was_deleted_comes_back_as_a_translation_of_the_others(site_tree) -> None:
    key = site_tree.country["fr", "CU"].translation_key
    site_tree.country["es", "CU"].delete()
    site_tree_make()
    cuba = CountryPage.objects.get(locale_code="es", code="CU")
    assert (cuba.title, cuba.slug, cuba.translation_key) == ("Cuba", "cuba", key)
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_moved_country_and_a_taken_slug(site_tree) -> None:
    site_tree.country["fr", "MA"].move(site_tree.continent["fr", "019"], pos="last-child")
    for code in ("ar", "es"):
        site_tree.country[code, "MA"].delete()
        blocker = site_tree.country[code, "BR"]
        blocker.refresh_from_db()
        blocker.slug = "maroc"
        blocker.save()
    site_tree_make()
    for code in ("ar", "es"):
        morocco = CountryPage.objects.get(locale_code=code, code="MA")
        assert morocco.get_url() == f"/{code}/amerique/maroc-2/"
    assert Page.find_problems() == ([], [], [], [], [])


def test_fourth_locale(site_tree, settings, client: Client) -> None:
    """Settings are all that a fourth locale takes: its row, tree, kinds, menus and group are made."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("pt", "Portuguese")]
    before = CountryPage.objects.count()
    report = run()
    assert "no words for 'pt'" in report
    assert CountryPage.objects.filter(locale_code="pt").count() == 249
    mexico = CountryPage.objects.get(locale_code="pt", code="MX")
    assert (mexico.title, mexico.get_url()) == ("México", "/pt/amerique/mexique/")
    assert mexico.translation_key == site_tree.country["fr", "MX"].translation_key
    assert CountryPage.objects.get(locale_code="pt", code="DE").title == "Alemanha"
    assert NavigationMenu.objects.filter(locale__language_code="pt").count() == 2
    group = Group.objects.get(name="Translators (português)")
    assert {row.page.specific for row in group.page_permissions.all()} == {HomePage.objects.get(locale_code="pt")}
    moderated = GroupPagePermission.objects.filter(group__name="Moderators").values_list("page__slug", flat=True)
    assert set(moderated) == {"fr", "ar", "es", "pt"}
    assert WorkflowPage.objects.filter(page__locale__language_code="pt").count() == 1
    assert Page.find_problems() == ([], [], [], [], [])
    assert before == 24
    assert client.get("/pt/amerique/mexique/").status_code == 200


def test_excluded_territories(settings) -> None:
    settings.DIWAN_EXCLUDED_TERRITORIES = ["EH", "AQ"]
    assert "left out as the settings say: AQ, EH" in run()
    assert CountryPage.objects.count() == 247 * 3
    settings.DIWAN_EXCLUDED_TERRITORIES = ["EH", "XX"]
    with pytest.raises(CommandError, match="not in ISO 3166-1: XX"):
        run()


def test_an_edited_welcome_page_is_kept() -> None:
    welcome = Page.objects.get(slug="home")
    welcome.save_revision().publish()
    report = run()
    assert Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page == welcome
    assert "it shows another page" in report


def test_news_is_moderated(site_tree) -> None:
    workflow = Workflow.objects.get(name="Modération des actualités")
    assert site_tree.index["fr"].get_workflow() == workflow
    assert site_tree.news("Visite").get_workflow() == workflow
    task = workflow.tasks.get().specific
    assert task.name == "Approbation"
    assert [group.name for group in task.groups.all()] == ["Moderators"]


def test_a_site_from_before_the_records_gets_their_pages_once(site_tree, client) -> None:
    """The rights come with the trees: editors of the source language write there at once, those of others do not."""
    for index in MissionIndexPage.objects.all():
        index.delete()
    said = run()
    assert "directories of missions: 3 made" in said
    assert "groups: as they were" in said
    assert run() == NOTHING_TO_DO.replace("localhost", "testserver")
    editor = get_user_model().objects.create_user("editor")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    url = {
        page.locale_code: reverse("wagtailadmin_pages:add", args=["missions", "missionpage", page.pk])
        for page in MissionIndexPage.objects.all()
    }
    assert {code: client.get(address).status_code for code, address in url.items()} == {"fr": 200, "ar": 302, "es": 302}


def test_translations_are_reviewed(site_tree) -> None:
    for code, language in (("es", "español"), ("ar", "العربية")):
        workflow = Workflow.objects.get(name=f"Traduction ({language})")
        assert site_tree.home[code].get_workflow() == workflow
        assert site_tree.index[code].get_workflow() == workflow
        task = workflow.tasks.get().specific
        assert isinstance(task, TranslationReviewTask)
        assert task.name == f"Relecture ({language})"
        assert {group.name for group in task.groups.all()} == {f"Reviewers ({language})", f"Editors ({language})"}
    site_tree.home["es"].workflowpage.delete()
    assert "review of translations: as it was" in run()
    assert Workflow.objects.count() == 4
    assert HomePage.objects.get(locale_code="es").get_workflow().name == "Moderators approval"


def test_a_site_of_before_adopts_the_review(site_tree, capsys) -> None:
    """Until then its translators publish as they did, and its news is moderated."""
    moderation = Workflow.objects.get(name="Modération des actualités")
    publish = Permission.objects.get(codename="publish_page")
    for name, code in (("Translators (español)", "es"), ("Translators (العربية)", "ar")):
        group = Group.objects.get(name=name)
        GroupPagePermission.objects.create(group=group, page=site_tree.home[code], permission=publish)
        WorkflowPage.objects.create(page=site_tree.index[code], workflow=moderation)
        Group.objects.filter(name__in=[name.replace("Translators", role) for role in ("Reviewers", "Editors")]).delete()
    Workflow.objects.filter(name__startswith="Traduction").delete()
    moderators = Group.objects.get(name="Moderators")
    moderators.permissions.remove(*Permission.objects.filter(content_type__app_label="translations"))
    call_command("require_translation_review")
    assert capsys.readouterr().out == "Moderators: may assign translations\n"
    assert "review of translations: set up for ar, es" in run()
    assert NewsIndexPage.objects.get(locale_code="ar").get_workflow() == moderation
    capsys.readouterr()
    expected = """\
Translators (العربية): no longer publishes
Translators (español): no longer publishes
/ar/%(ar)s/: follows the review of translations
/es/%(es)s/: follows the review of translations
""" % {code: site_tree.index[code].slug for code in ("ar", "es")}
    call_command("require_translation_review", dry_run=True)
    assert capsys.readouterr().out == expected + "dry run: nothing was changed\n"
    assert NewsIndexPage.objects.get(locale_code="ar").get_workflow() == moderation
    call_command("require_translation_review")
    assert capsys.readouterr().out == expected
    assert NewsIndexPage.objects.get(locale_code="ar").get_workflow().name == "Traduction (العربية)"
    assert not GroupPagePermission.objects.filter(group__name__startswith="Translators", permission=publish).exists()
    assert NewsIndexPage.objects.get(locale_code="fr").get_workflow() == moderation
    call_command("require_translation_review")
    assert capsys.readouterr().out == "nothing to change\n"


@pytest.mark.parametrize(("code", "name"), [("fr", "News moderation"), ("ar", "Translation (العربية)")])
def test_a_workflow_set_up_in_another_language_is_not_made_twice(site_tree, code, name) -> None:
    workflow = site_tree.index[code].get_workflow()
    count = Workflow.objects.count()
    workflow.name = name
    workflow.save()
    call_command("setup_site", verbosity=0)
    assert Workflow.objects.count() == count
    assert Workflow.objects.get(pk=workflow.pk).name == name
    assert NewsIndexPage.objects.get(locale_code=code).get_workflow() == workflow


def test_menus_and_settings(site_tree) -> None:
    header = NavigationMenu.objects.get(locale=site_tree.locale["ar"], location="header")
    targets = [item.value["page"].specific for item in header.items]
    assert targets == [site_tree.index["ar"], site_tree.continent["ar", "002"], site_tree.continent["ar", "019"]]
    header.items.stream_block.clean(header.items)
    assert len(set(NavigationMenu.objects.values_list("translation_key"))) == 2
    assert SiteSettings.objects.get(locale=site_tree.locale["es"]).ministry_name == "Ministerio de Asuntos Exteriores"
