"""The content version that Redis tells, whatever readers, writers and Redis itself do between two of its commands."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
import redis
from django.core.cache import cache
from django.db import transaction

from api.cache import answer_store
from api.cache.shared import SharedStore
from home.selectors.content_version import content_version
from home.services.content_version import content_version_move
from tests.needs import needs_redis

# Nothing is told within a transaction: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def store() -> Iterator[SharedStore]:
    needs_redis()
    content_version_move()
    kept = answer_store()
    assert isinstance(kept, SharedStore)
    assert told(kept) == content_version()
    # A machine that does much else lets Redis answer later than a reader waits.
    for _ in range(20):
        if told_by_redis(kept):
            break
        kept._rests_until = 0.0
    yield kept
    # What a test left open is not told within the next one.
    content_version_move()


def told(store: SharedStore) -> int | None:
    """The version as a reader learns it."""
    return store.find("answer:x").version


def told_by_redis(store: SharedStore) -> bool:
    """Whether a reader learns the version without looking into the database."""
    with mock.patch("api.cache.shared.content_version", side_effect=content_version) as read:
        told(store)
    return not read.called


def meanwhile(act: Callable[[], Any]) -> Any:
    """Have ``act`` done once, after a reader has read the version in the database and before it does anything else."""
    left = [act]

    def read() -> int:
        version = content_version()
        if left:
            left.pop()()
        return version

    return mock.patch("api.cache.shared.content_version", read)


def forget() -> None:
    """As a Redis that was restarted."""
    for name in ("version", "period", "writers"):
        cache.delete(f"content-{name}")


def test_redis_tells_it_until_it_moves(store: SharedStore) -> None:
    assert told_by_redis(store)
    content_version_move()
    assert told(store) == content_version()
    assert told_by_redis(store)


def test_a_reader_overtaken_by_a_change_tells_nobody_of_the_version_before(store: SharedStore) -> None:
    forget()
    with meanwhile(content_version_move):
        before = told(store)
    assert told(store) == content_version() != before


def test_a_reader_overtaken_by_a_change_and_a_restart_tells_nobody_either(store: SharedStore) -> None:
    def change() -> None:
        content_version_move()
        forget()

    forget()
    with meanwhile(change):
        before = told(store)
    assert told(store) == content_version() != before


def test_while_somebody_writes_the_database_is_asked(store: SharedStore) -> None:
    """Another thread's change may begin and end meanwhile."""
    with transaction.atomic():
        content_version_move()
        with mock.patch("api.cache.shared._writer", return_value="another"):
            store.change_begins()
            store.change_ends()
        with mock.patch("api.cache.shared.content_version_is_settled", return_value=True):
            told(store)
            assert not told_by_redis(store)
    assert told(store) == content_version()
    assert told_by_redis(store)


def test_a_version_read_before_the_commit_of_a_change_that_redis_forgot_ends_with_it(store: SharedStore) -> None:
    before = content_version()
    with transaction.atomic():
        content_version_move()
        forget()
        # Somebody else, who sees nothing of it.
        others: dict[str, Any] = {
            "content_version_is_settled": mock.Mock(return_value=True),
            "content_version": lambda: before,
        }
        with mock.patch.multiple("api.cache.shared", **others):
            assert told(store) == before
        with mock.patch("api.cache.shared.content_version_is_settled", return_value=True):
            assert told_by_redis(store)
    assert told(store) == content_version() != before


def test_a_writer_that_dies_after_its_commit_leaves_no_old_version(store: SharedStore) -> None:
    with mock.patch.object(SharedStore, "change_ends"):
        content_version_move()
    assert told(store) == content_version()
    assert not told_by_redis(store)


def test_a_change_that_is_taken_back_leaves_no_writer_behind(store: SharedStore) -> None:
    with transaction.atomic():
        content_version_move()
        transaction.set_rollback(True)
    told(store)
    told(store)
    assert told_by_redis(store)


def test_a_change_that_redis_did_not_hear_of_is_told_within_seconds(store: SharedStore) -> None:
    with mock.patch.object(SharedStore, "_tell"):
        content_version_move()
    assert 0 < store._client.pttl(store._version) <= 5_000


def test_a_connection_that_redis_closed_is_opened_again(store: SharedStore) -> None:
    assert told_by_redis(store)
    store._client.client_kill_filter(_type="normal", skipme=True)
    assert told_by_redis(store)


def test_each_thread_has_the_answers_to_its_own_questions(store: SharedStore) -> None:
    for name in "abcd":
        store._client.set(f"test:{name}", name * 1000, ex=60)

    def ask(name: str) -> set[bytes | None]:
        # The version alone and with an answer, by turns: neither question takes the other's answer.
        told = [store._ask(*[f"test:{name}"] * (turn % 3))[2:] for turn in range(300)]
        return {each for answers in told for each in answers}

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, "abcd")) == [{name.encode() * 1000} for name in "abcd"]


def test_an_answer_read_by_half_is_not_taken_for_the_next(store: SharedStore) -> None:
    with mock.patch.object(type(store._own.connection), "read_response", side_effect=redis.TimeoutError):
        assert told(store) == content_version()
    store._rests_until = 0.0
    assert told_by_redis(store)


def test_a_redis_that_failed_is_asked_again_when_it_has_rested(store: SharedStore) -> None:
    store._rests_until = time.monotonic() + 3600
    assert told(store) == content_version()
    assert not told_by_redis(store)
    store._rests_until = 1e-9
    assert told_by_redis(store)
    assert store._rests_until == 0
