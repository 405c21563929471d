"""Every change that could alter an answer moves the content version; saving a draft does not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    PageViewRestriction,
)

from api.schema import schema
from home.models import NavigationMenu, SiteSettings
from home.selectors.content_version import content_version
from home.services.bulk import translatable_bulk_create
from home.services.content_version import alters_answers, content_version_move, tables_of_content
from regions.models import NewsKind
from tests.asking import ask
from tests.contract.site import site_fill
from tests.factories.content import DocumentFactory, ImageFactory, StandardPageFactory
from tests.factories.site import SiteTree
from tests.integration.test_graphql_canaries import ARGUMENTS, list_roots, walked
from tests.walking import Walk

pytestmark = pytest.mark.django_db


def moves(action: Callable[[], Any]) -> bool:
    """Whether ``action``, in a transaction of its own, moves the version."""
    connection.run_on_commit.clear()
    before = content_version()
    action()
    return content_version() > before


def test_every_kind_of_change_moves_it(site_tree: SiteTree) -> None:
    tree = site_tree
    news = tree.news("Une visite", countries=["MX"])
    plain = StandardPageFactory(parent=tree.home["fr"], title="Le ministère")
    image, document = ImageFactory(), DocumentFactory()
    root = Collection.get_first_root_node()
    collection = root.add_child(name="Interne")

    def rename() -> None:
        news.title = "Une autre visite"
        news.save_revision().publish()

    def edit(row: Any, **values: Any) -> Callable[[], None]:
        def save() -> None:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()

        return save

    actions: dict[str, Callable[[], Any]] = {
        "publish": rename,
        "unpublish": plain.unpublish,
        "publish again": lambda: plain.save_revision().publish(),
        "schedule an end": edit(plain, expire_at=timezone.now() + timedelta(days=1)),
        "move": lambda: tree.country["fr", "MX"].move(tree.continent["fr", "002"], pos="last-child"),
        "reorder": lambda: tree.country["fr", "CU"].move(tree.country["fr", "AR"], pos="left"),
        "copy": lambda: plain.copy(update_attrs={"slug": "copie", "title": "Copie"}),
        "translate": lambda: plain.copy_for_translation(tree.locale["ar"]),
        "restrict": lambda: PageViewRestriction.objects.create(page=plain, restriction_type="login"),
        "open": lambda: PageViewRestriction.objects.get().delete(),
        "kind": edit(tree.kind["fr", "visit"], name="Visites"),
        "kinds at once": lambda: NewsKind.objects.filter(slug="visit").update(sort_order=99),
        "kinds in bulk": lambda: translatable_bulk_create(
            rows=[NewsKind(slug="new", name="Neuf", locale=tree.locale["fr"])]
        ),
        "image": edit(image, focal_point_x=1, focal_point_y=1, focal_point_width=1, focal_point_height=1),
        "document": edit(document, title="Autre"),
        "collection": lambda: CollectionViewRestriction.objects.create(collection=collection, restriction_type="login"),
        "collection moved": edit(image, collection=collection),
        "redirect": lambda: Redirect.add_redirect("/ancien", plain),
        "menu": edit(NavigationMenu.objects.first(), items="[]"),
        "settings": edit(SiteSettings.objects.first(), ministry_name="Ministère"),
        "site": edit(tree.site, port=81),
        "locale": lambda: Locale.objects.create(language_code="en"),
        "delete": lambda: news.delete(),
        "by hand": content_version_move,
    }
    assert {name: moves(action) for name, action in actions.items()} == dict.fromkeys(actions, True)


def test_drafts_and_people_do_not_move_it(site_tree: SiteTree) -> None:
    news = site_tree.news("Une visite", countries=["MX"])
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "password")
    image = ImageFactory()

    def draft() -> None:
        news.title = "Un brouillon"
        news.save_revision(user=user)

    def lock() -> None:
        site_tree.home["fr"].__class__.objects.update(locked=True)

    actions: dict[str, Callable[[], Any]] = {
        "draft": draft,
        "lock": lock,
        "group": lambda: Group.objects.create(name="Insiders"),
        "question": lambda: ask("{ home { title } }"),
        "rendition": lambda: image.get_rendition("width-10"),
    }
    assert {name: moves(action) for name, action in actions.items()} == dict.fromkeys(actions, False)


def test_a_change_that_is_taken_back_leaves_the_next_one_to_move_it(site_tree: SiteTree) -> None:
    connection.run_on_commit.clear()
    kind = site_tree.kind["fr", "visit"]
    before = content_version()
    with transaction.atomic():
        kind.save()
        assert content_version() > before
        transaction.set_rollback(True)
    assert content_version() == before
    kind.save()
    moved = content_version()
    assert moved > before
    kind.save()
    assert content_version() == moved


def test_a_savepoint_that_is_taken_back_by_hand_takes_the_move_along(site_tree: SiteTree) -> None:
    connection.run_on_commit.clear()
    kind = site_tree.kind["fr", "visit"]
    before = content_version()
    savepoint = transaction.savepoint()
    kind.save()
    transaction.savepoint_rollback(savepoint)
    assert content_version() == before
    kind.save()
    assert content_version() > before


@pytest.mark.parametrize(
    ("sql", "alters"),
    [
        ('UPDATE "wagtailcore_page" SET "title" = %s WHERE "id" = %s', True),
        ("UPDATE wagtailcore_page SET path = %s WHERE id = %s", True),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "id" = %s', False),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "live" = %s WHERE "id" = %s', True),
        ('INSERT OR IGNORE INTO "regions_newskind" ("id") VALUES (%s)', True),
        ('DELETE FROM "home_customimage" WHERE "id" IN (%s)', True),
        ('SELECT 1 FROM "wagtailcore_page" FOR UPDATE', False),
        ('INSERT INTO "wagtailcore_revision" ("id") VALUES (%s)', False),
        ('UPDATE "home_contentversion" SET "number" = 1', False),
        ('SAVEPOINT "x"', False),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, title = %s WHERE "id" = %s', True),
        ('UPDATE "wagtailcore_page" SET "locked" = %s, "locked_by_id" = NULL', False),
        ("update wagtailcore_page set title = %s", True),
        ('WITH old AS (DELETE FROM ONLY "regions_newskind" RETURNING *) SELECT * FROM old', True),
        ("WITH x AS (SELECT 1) UPDATE regions_newskind SET name = %s", True),
        ('INSERT INTO "public"."regions_newskind" ("id") VALUES (%s)', True),
        ("MERGE INTO regions_newskind USING x ON x.id = regions_newskind.id WHEN MATCHED THEN DELETE", True),
        ('TRUNCATE TABLE "regions_newskind" CASCADE', True),
        ("COPY regions_newskind FROM STDIN", True),
        ("WITH x AS (SELECT 1) SELECT * FROM regions_newskind", False),
        (b'UPDATE "regions_newskind" SET "name" = 1', True),
    ],
)
def test_statements_are_told_apart(sql: Any, alters: bool) -> None:
    assert alters_answers(sql) is alters


def test_no_table_that_an_answer_reads_is_forgotten(site_tree: SiteTree) -> None:
    """What the contract's queries read is watched, but for tables that say nothing of content."""
    site_fill(site_tree)
    with CaptureQueriesContext(connection) as captured:
        walked(Walk(schema.graphql_schema, ARGUMENTS), list_roots("ar"), 3)
        ask('{ route(path: "/fr/nowhere/") { __typename } siteSettings { ministryName } locales { code } }')
    read = {
        table
        for table in connection.introspection.table_names()
        for query in captured
        if f'"{table}"' in query["sql"] or f" {table} " in query["sql"]
    }
    assert len(read) > 15
    # SQLite's index of the search is written by triggers of the table of its entries.
    beside = {"django_content_type", "home_contentversion", "home_searchentry_terms"}
    assert read - tables_of_content() <= beside
