"""Transactions of several writers, and of those that Django's ``atomic`` does not hold together."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from home.selectors.content_version import content_version
from home.services.content_version import content_changed, content_changing, content_version_move
from regions.models import NewsKind
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second() -> Iterator[BaseDatabaseWrapper]:
    """Another connection to the same database, as another process has it."""
    other = connection.copy("second")
    connections["second"] = other
    yield other
    other.close()
    del connections["second"]


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the signals told, in their order."""
    heard: list[str] = []

    def changing(**kwargs: Any) -> None:
        heard.append("changing")

    def changed(**kwargs: Any) -> None:
        heard.append("changed")

    content_changing.connect(changing)
    content_changed.connect(changed)
    yield heard
    content_changing.disconnect(changing)
    content_changed.disconnect(changed)


@pytest.mark.postgresql
@pytest.mark.usefixtures("site_tree")
def test_no_writer_waits_for_another(second: BaseDatabaseWrapper) -> None:
    """However long the other one's transaction is; or two that also want the same page would wait for each other."""
    content_version_move()
    before = content_version()
    with transaction.atomic():
        content_version_move()
        with transaction.atomic(using="second"):
            with second.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = 1000")
            content_version_move("second")
        assert content_version() > before


def test_without_autocommit_each_change_moves_it(site_tree: SiteTree) -> None:
    kind = site_tree.kind["fr", "visit"]
    versions = [content_version()]
    transaction.set_autocommit(False)
    try:
        for name in ("Un", "Deux"):
            NewsKind.objects.filter(pk=kind.pk).update(name=name)
            transaction.commit()
            versions.append(content_version())
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)
    assert versions == sorted(set(versions))


def test_a_change_that_was_taken_back_is_told_to_be_over(site_tree: SiteTree, told: list[str]) -> None:
    kind = site_tree.kind["fr", "visit"]
    told.clear()
    with transaction.atomic():
        kind.save()
        transaction.set_rollback(True)
    assert told == ["changing"]
    NewsKind.objects.count()
    assert told == ["changing", "changed"]
    NewsKind.objects.count()
    kind.save()
    assert told == ["changing", "changed"] * 2


def test_a_transaction_after_one_that_was_taken_back_moves_it(site_tree: SiteTree) -> None:
    kind = site_tree.kind["fr", "visit"]
    before = content_version()
    for rolled_back in (True, False):
        with transaction.atomic():
            kind.save()
            transaction.set_rollback(rolled_back)
    assert content_version() > before


def test_what_comes_right_after_the_commit_comes_after_the_change_was_told(
    site_tree: SiteTree, told: list[str]
) -> None:
    """Whoever acts on a commit may have registered before the change: a purge, for example."""
    told.clear()
    with transaction.atomic():
        transaction.on_commit(lambda: told.append(f"{NewsKind.objects.count() > 0}"))
        site_tree.kind["fr", "visit"].save()
    assert told == ["changing", "changed", "True"]


@pytest.mark.usefixtures("site_tree")
def test_who_watches_too_for_a_while_does_not_stop_it(second: BaseDatabaseWrapper) -> None:
    def pass_on(execute: Any, *arguments: Any) -> Any:
        return execute(*arguments)

    with second.execute_wrapper(pass_on):
        second.ensure_connection()
    assert second.execute_wrappers == connection.execute_wrappers != []
