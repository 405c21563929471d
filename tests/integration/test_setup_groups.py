"""What groups of users setup_site makes, what they may do, and that each right is given once."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, Permission

from home.models import GroupGrant
from regions.services import access
from tests.integration.test_setup_site import run, snapshot

pytestmark = pytest.mark.django_db


def permissions_of(group: Group) -> set[str]:
    return {f"{row.content_type.app_label}.{row.codename}" for row in group.permissions.select_related("content_type")}


def test_groups(site_tree) -> None:
    names = [
        "Editors",
        "Editors (español)",
        "Editors (العربية)",
        "Moderators",
        "Reviewers (español)",
        "Reviewers (العربية)",
        "Translators (español)",
        "Translators (العربية)",
    ]
    groups = {group.name: group for group in Group.objects.all()}
    assert sorted(groups) == names
    pages = {
        name: {
            (row.page.slug, row.permission.codename.removesuffix("_page"))
            for row in groups[name].page_permissions.select_related("page", "permission")
        }
        for name in names
    }
    assert pages["Editors"] == {("fr", "add"), ("fr", "change"), ("fr", "lock")}
    for language, code in (("español", "es"), ("العربية", "ar")):
        for role in ("Translators", "Reviewers"):
            assert pages[f"{role} ({language})"] == {(code, "add"), (code, "change")}
        assert pages[f"Editors ({language})"] == {
            (code, kind) for kind in ("add", "change", "lock", "publish", "unlock")
        }
    assert {slug for slug, _codename in pages["Moderators"]} == {"fr", "ar", "es"}
    assert {codename for _slug, codename in pages["Moderators"]} == {
        "add",
        "bulk_delete",
        "change",
        "lock",
        "publish",
        "unlock",
    }
    assert permissions_of(groups["Translators (español)"]) == {
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "translations.view_glossaryterm",
    }
    assert permissions_of(groups["Reviewers (español)"]) == permissions_of(groups["Translators (español)"])
    for name in ("Editors (español)", "Moderators"):
        assert "translations.change_translationassignment" in permissions_of(groups[name])
        assert "translations.change_glossaryterm" in permissions_of(groups[name])
        assert "translations.delete_memoryunit" in permissions_of(groups[name])
    assert "regions.add_newskind" in permissions_of(groups["Editors"])
    assert "wagtail_localize.submit_translation" not in permissions_of(groups["Editors"])
    media = groups["Editors"].collection_permissions.values_list("permission__codename", flat=True)
    assert sorted(media) == [
        "add_document",
        "add_image",
        "choose_document",
        "choose_image",
    ]
    assert "home.change_sitesettings" in permissions_of(groups["Moderators"])


def rights_of(name: str) -> set[tuple[str, str]]:
    """All that a group may do: a permission, and the slug of the page or ``everywhere``."""
    group = Group.objects.get(name=name)
    pages = group.page_permissions.values_list("permission__codename", "page__slug")
    collections = group.collection_permissions.values_list("permission__codename", flat=True)
    return {*pages, *((label, "everywhere") for label in (*permissions_of(group), *collections))}


def take_away(name: str, *codenames: str) -> None:
    group = Group.objects.get(name=name)
    group.permissions.remove(*group.permissions.filter(codename__in=codenames))
    group.page_permissions.filter(permission__codename__in=codenames).delete()
    group.collection_permissions.filter(permission__codename__in=codenames).delete()


def test_a_site_of_before_gets_the_rights_that_were_added_since(site_tree) -> None:
    """Once, and whatever else an administrator has changed stays."""
    before = {name: rights_of(name) for name in ("Moderators", "Translators (español)", "Editors (español)")}
    GroupGrant.objects.all().delete()
    for name in before:
        take_away(name, "view_glossaryterm", "change_glossaryterm", "delete_memoryunit", "change_translationassignment")
    take_away("Moderators", "add_redirect", "publish_page", "add_image")
    own = Permission.objects.get(codename="delete_newskind")
    Group.objects.get(name="Translators (español)").permissions.add(own)
    report = run()
    assert "groups: 3 given their rights" in report
    assert "  Translators (español): translations.view_glossaryterm\n" in report
    assert (
        "  Moderators: translations.change_glossaryterm, translations.change_translationassignment, "
        "translations.delete_memoryunit, translations.view_glossaryterm\n"
    ) in report
    assert rights_of("Moderators") == before["Moderators"] - {
        ("wagtailredirects.add_redirect", "everywhere"),
        ("add_image", "everywhere"),
        *(("publish_page", code) for code in ("fr", "ar", "es")),
    }
    assert rights_of("Editors (español)") == before["Editors (español)"]
    added = {("regions.delete_newskind", "everywhere")}
    assert rights_of("Translators (español)") == before["Translators (español)"] | added
    # What is taken away from now on is not given back.
    take_away("Moderators", "change_glossaryterm")
    kept = snapshot()
    assert "groups: as they were" in run()
    assert snapshot() == kept


def test_a_right_that_a_release_adds_is_given_once(site_tree, monkeypatch) -> None:
    role = replace(
        access.EDITOR_ROLE,
        page_permissions=(*access.EDITOR_ROLE.page_permissions, "wagtailcore.publish_page"),
        collection_permissions=(*access.EDITOR_ROLE.collection_permissions, "wagtailimages.change_image"),
        permissions=(*access.EDITOR_ROLE.permissions, "regions.delete_newskind"),
    )
    monkeypatch.setattr(access, "EDITOR_ROLE", role)
    take_away("Editors", "lock_page")
    before = rights_of("Editors")
    assert "  Editors: regions.delete_newskind, wagtailcore.publish_page, wagtailimages.change_image\n" in run()
    given = {("regions.delete_newskind", "everywhere"), ("change_image", "everywhere"), ("publish_page", "fr")}
    assert rights_of("Editors") == before | given
    take_away("Editors", "publish_page", "change_image", "delete_newskind")
    assert "groups: as they were" in run()
    assert rights_of("Editors") == before


def test_a_group_that_was_deleted_begins_anew(site_tree) -> None:
    before = rights_of("Reviewers (español)")
    Group.objects.get(name="Reviewers (español)").delete()
    assert "groups: 1 given their rights" in run()
    assert rights_of("Reviewers (español)") == before
