"""``make run`` as a newcomer meets it: cut short, taken up, used, stopped and started again."""

import json
import os
import re
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.e2e.demo_site import DemoSite, said
from tests.integration.servers import environment, free_port, run, wait_for

pytestmark = [pytest.mark.sqlite, pytest.mark.xdist_group("run_demo")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[DemoSite]:
    made = DemoSite(tmp_path_factory.mktemp("demo"))
    shutil.copy(migrated_file, made.database)
    yield made
    if made.process is not None and made.process.poll() is None:
        os.killpg(made.process.pid, signal.SIGKILL)
        made.process.wait()


@pytest.fixture(scope="module")
def cut_short(site: DemoSite) -> DemoSite:
    """A first run that was killed while it loaded the demo content."""
    log = site.start("first")
    assert said(log, "load_demo", seconds=240), log.read_text()
    time.sleep(1)
    assert site.stop(signal.SIGKILL) == -signal.SIGKILL
    return site


@pytest.fixture(scope="module")
def log(cut_short: DemoSite) -> str:
    """What the second run, which completed the first, said until it served."""
    path = cut_short.start("second")
    assert said(path, "Ask it something", seconds=240), path.read_text()
    time.sleep(0.5)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def stopped(site: DemoSite, log: str) -> DemoSite:
    assert site.stop(signal.SIGINT) == 0
    return site


def test_next_run_completes_what_was_cut_short(log: str) -> None:
    assert "Loading the demo content (load_demo)" in log
    assert "Migrating" not in log


def test_says_where_to_go(site: DemoSite, log: str) -> None:
    assert f"{site.base}/admin/" in log
    assert wait_for(f"{site.base}/healthz/", seconds=5)


def test_the_printed_query_is_answered(site: DemoSite, log: str) -> None:
    [line] = re.findall(r"^ *(curl .*)$", log, re.MULTILINE)
    words = shlex.split(line)
    assert words[:2] == ["curl", "-s"]
    request = Request(words[2], data=words[words.index("-d") + 1].encode())
    request.add_header(*words[words.index("-H") + 1].split(": "))
    with urlopen(request, timeout=20) as response:
        answer = json.load(response)
    assert answer["data"]["country"]["name"] == "المكسيك"
    assert answer["data"]["country"]["direction"] == "RTL"
    assert "errors" not in answer


def test_every_printed_login_opens_the_admin(site: DemoSite, log: str) -> None:
    logins = re.findall(r"^ +([a-z-]+) +password (\S+)", log, re.MULTILINE)
    assert {"editor", "translator-ar", "translator-es", "admin"} <= {name for name, _ in logins}
    for name, password in logins:
        jar = CookieJar()
        opener = build_opener(HTTPCookieProcessor(jar))
        opener.open(f"{site.base}/admin/login/", timeout=20).read()
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        form = {"username": name, "password": password, "csrfmiddlewaretoken": token or "", "next": "/admin/"}
        with opener.open(f"{site.base}/admin/login/", urlencode(form).encode(), timeout=20) as page:
            assert page.url == f"{site.base}/admin/", name


def test_static_files_of_the_admin_are_served(site: DemoSite, log: str) -> None:
    with urlopen(f"{site.base}/admin/login/", timeout=20) as page:
        [sheet] = re.findall(r'href="(/static/wagtailadmin/css/core\.css[^"]*)"', page.read().decode())
    with urlopen(f"{site.base}{sheet}", timeout=20) as response:
        assert response.status == 200


def test_taken_port_is_said_plainly(site: DemoSite, log: str) -> None:
    result = run(*site.command, env=site.env)
    assert result.returncode == 1
    assert result.stderr.startswith(f"CommandError: Port {site.port} is taken")
    assert f"PORT={site.port + 1} make run" in result.stderr


def test_stops_whole(stopped: DemoSite) -> None:
    assert "Traceback" not in (stopped.folder / "second.log").read_text(encoding="utf-8")
    assert stopped.processes() == []


def test_another_run_changes_nothing_and_ends_when_a_part_of_it_dies(stopped: DemoSite) -> None:
    before = stopped.content()
    log = stopped.start("third")
    assert said(log, "Ask it something", seconds=60), log.read_text()
    assert "Loading" not in log.read_text()
    assert "Migrating" not in log.read_text()
    assert stopped.process is not None
    children = Path(f"/proc/{stopped.process.pid}/task/{stopped.process.pid}/children").read_text().split()
    server = next(pid for pid in children if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(int(server), signal.SIGTERM)
    assert stopped.process.wait(timeout=40) == 1
    assert "The web server has ended" in log.read_text(encoding="utf-8")
    assert stopped.processes() == []
    assert stopped.content() == before


def test_make_run_hands_the_port_on() -> None:
    result = run("make", "--dry-run", "run", "PORT=8123", env=environment())
    assert "manage.py run_demo --port 8123" in result.stdout


def test_production_settings_are_refused(tmp_path: Path) -> None:
    env = environment(
        DJANGO_SETTINGS_MODULE="cms.settings.production",
        SECRET_KEY="a-secret-key-that-is-long-enough-for-production-settings",
        ALLOWED_HOSTS="cms.example.org",
        DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3",
    )
    result = run(sys.executable, "manage.py", "run_demo", "--port", str(free_port()), env=env)
    assert result.returncode == 1
    assert "development settings only" in result.stderr
