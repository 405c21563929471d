"""A CDN that is down: the editor notices nothing, the purge is tried again, the log tells the operator."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from api.cdn import backends, purging
from api.cdn.purging import DELAYS, tags_purge_task
from home.tasks import embeds_store_task
from regions.models import NewsPage
from tests.factories.site import SiteTree
from tests.integration.cdn import PurgeServer, configuration, purge_server
from tests.integration.servers import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def news(site_tree: SiteTree) -> NewsPage:
    return site_tree.news("Une visite")


@pytest.fixture
def server(news: NewsPage, settings: Any, caplog: Any) -> Iterator[PurgeServer]:
    caplog.set_level("INFO", "api")
    with purge_server() as running:
        settings.WAGTAILFRONTENDCACHE = configuration(running)
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        yield running


def work() -> None:
    """What the worker does with everything that is due."""
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False, interval=0)


def waiting() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(status="READY", task_path="api.cdn.purging.tags_purge_task"))


def seconds_until(task: DBTaskResult) -> int:
    return round((task.run_after - timezone.now()).total_seconds())


def let_time_pass() -> None:
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(seconds=1))


def said(caplog: Any, level: str) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == level and record.name == "api"]


def publish(news: NewsPage) -> None:
    news.title = "Une autre visite"
    news.save_revision().publish()
    assert NewsPage.objects.get().title == "Une autre visite"


def test_a_purge_waits_for_nobody_and_is_sent_twice(server: PurgeServer, news: NewsPage, caplog: Any) -> None:
    publish(news)
    assert server.purges == []
    work()
    first = [purge.tags for purge in server.purges]
    assert len(first) == 1
    assert "t-NewsItem" in first[0]
    assert said(caplog, "INFO") == [f"Purged at http: {' '.join(first[0])}"]
    assert [seconds_until(task) for task in waiting()] == [purging.AGAIN_SECONDS]
    let_time_pass()
    work()
    assert [purge.tags for purge in server.purges] == first * 2
    assert waiting() == []


def test_an_error_is_tried_again(server: PurgeServer, news: NewsPage, caplog: Any) -> None:
    server.status = 503
    publish(news)
    work()
    assert said(caplog, "WARNING") == ["http could not be purged (status 503); it is tried again in 5 s"]
    assert abs(seconds_until(waiting()[0]) - DELAYS[0]) <= 1
    let_time_pass()
    work()
    assert said(caplog, "WARNING")[1:] == ["http could not be purged (status 503); it is tried again in 15 s"]
    server.status = 200
    server.purges.clear()
    let_time_pass()
    work()
    assert "t-NewsItem" in server.tags
    assert abs(seconds_until(waiting()[0]) - purging.AGAIN_SECONDS) <= 1


def test_what_is_tried_again_comes_after_all_other_work(server: PurgeServer, news: NewsPage) -> None:
    """A CDN that hangs takes its time at each attempt."""
    server.status = 503
    publish(news)
    work()
    [retry] = waiting()
    let_time_pass()
    other = embeds_store_task.enqueue([])
    work()
    retry.refresh_from_db()
    assert retry.started_at > DBTaskResult.objects.get(pk=other.id).started_at


def test_a_cdn_that_does_not_answer_is_left(server: PurgeServer, news: NewsPage, caplog: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(backends, "TIMEOUT", 0.2)
    server.hang = threading.Event()
    publish(news)
    work()
    assert said(caplog, "WARNING") == ["http could not be purged (timed out); it is tried again in 5 s"]
    assert len(waiting()) == 1


def test_nobody_at_the_address(server: PurgeServer, news: NewsPage, caplog: Any, settings: Any) -> None:
    settings.WAGTAILFRONTENDCACHE["http"]["LOCATION"] = f"http://127.0.0.1:{free_port()}"
    publish(news)
    work()
    assert len(waiting()) == 1
    assert len(said(caplog, "WARNING")) == 1
    assert "refused" in said(caplog, "WARNING")[0]


def test_after_a_day_it_is_given_up_with_the_command_to_run(server: PurgeServer, caplog: Any) -> None:
    assert 23 * 3600 < sum(DELAYS) < 25 * 3600
    server.status = 500
    tags_purge_task.enqueue(["p-1", "t-NewsItem"], ["http"], len(DELAYS), True)
    work()
    assert said(caplog, "ERROR") == [
        "http could not be purged (status 500), and is not tried again: what it keeps may be old. "
        "When it answers, run: manage.py purge_cdn p-1 t-NewsItem"
    ]
    assert waiting() == []


def test_the_token_is_never_logged(server: PurgeServer, news: NewsPage, caplog: Any) -> None:
    server.status = 403
    publish(news)
    work()
    assert server.purges[0].headers["authorization"] == "Bearer t0ken"
    assert "t0ken" not in caplog.text


def test_a_change_that_cannot_be_told_is_everything(server: PurgeServer, caplog: Any) -> None:
    """Of a task that another release has left, for example, nothing may be known."""
    purging.changes_purge_task.enqueue({"pages": {}, "pictures": [7]})
    work()
    assert server.tags == {"diwan"}
    assert said(caplog, "ERROR") == ["What a change made old could not be told: everything is purged"]


def test_the_command(server: PurgeServer, capsys: Any, settings: Any) -> None:
    call_command("purge_cdn")
    assert server.take() == {"diwan"}
    call_command("purge_cdn", "p-1", "t-Route")
    assert server.take() == {"p-1", "t-Route"}
    assert capsys.readouterr().out == "http: purged diwan\nhttp: purged p-1 t-Route\n"
    server.status = 401
    with pytest.raises(CommandError, match=r"^http could not be purged: status 401$"):
        call_command("purge_cdn")
    settings.WAGTAILFRONTENDCACHE = {}
    with pytest.raises(CommandError, match="PURGE_CDN is not set"):
        call_command("purge_cdn")


def test_a_document_with_another_text_under_its_id(server: PurgeServer, tmp_path: Path, capsys: Any) -> None:
    """Processes remember the old text for a minute; what they answer meanwhile may be kept."""
    for number, text in enumerate(("query A { home { title } }", "query A { home { slug } }")):
        (tmp_path / "documents.json").write_text(json.dumps({"a": text}), encoding="utf-8")
        call_command("sync_documents", str(tmp_path), *(["--replace"] if number else []))
        assert [task.args_kwargs["args"] for task in waiting()] == [[["diwan"], ["http"], 0, False]] * number
    assert seconds_until(waiting()[0]) == 120
    assert "The CDN forgets everything in 120 seconds" in capsys.readouterr().out
