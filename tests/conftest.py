"""What every test relies on: the promised servers are there, and nothing one test did is seen by the next."""

import copy
import gc
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import django.test
import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.utils import translation

from api.persisted.automatic import automatic_forget
from api.persisted.trusted import trusted_forget
from home.selectors.counts import counts_forget
from home.selectors.visibility import gate_forget
from tests import committing, migrated_database
from tests.factories import SiteTree, site_tree_make


def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop at once, and as a failure, when DATABASE_URL or CACHE_URL names a server that does not answer."""
    if hasattr(session.config, "workerinput"):
        return  # the process that started this pytest-xdist worker has looked already
    if connection.vendor == "postgresql":
        where = "{HOST}:{PORT}".format(**connection.settings_dict)
        try:
            # pytest-django keeps Django's own connection shut until a test asks for the database.
            psycopg.connect(**{**connection.get_connection_params(), "dbname": "postgres"}).close()
        except psycopg.OperationalError as error:
            pytest.exit(f"DATABASE_URL names PostgreSQL at {where}, which cannot be reached: {error}", returncode=3)
    try:
        if django_settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
            caches["default"]._cache.get_client(write=True).ping()
    except (ConnectionError, OSError) as error:
        pytest.exit(f"CACHE_URL names a cache that cannot be reached: {error}", returncode=3)
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "redis":
            raise
        pytest.exit(f"CACHE_URL names a Redis that cannot be reached: {error}", returncode=3)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Have pytest-xdist give a module to one worker whole: what it makes once is not made by each of them.

    The browser's modules come first, of which one worker does all: at the end the others would wait for it.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    yield
    items.sort(key=lambda item: "e2e" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Garbage is not looked for in what was imported and collected, a million objects that stay until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def pytest_report_header() -> str:
    return f"database: {connection.vendor}, cache: {django_settings.CACHES['default']['BACKEND']}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    for vendor in ("sqlite", "postgresql"):
        if item.get_closest_marker(vendor) and connection.vendor != vendor:
            pytest.skip(f"says something about {vendor} only; this run uses {connection.vendor}")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: None,
    _migrated_database: None,
    django_db_setup: None,
    django_db_keepdb: bool,
    django_db_blocker,
) -> Iterator[None]:
    """pytest-django's own set-up, which starts from a kept database where that is possible."""
    with django_db_blocker.unblock():
        if not django_db_keepdb:  # --reuse-db: that database may hold what another run left
            migrated_database.keep()
        committing.quick_commits()
        committing.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django.test, "TransactionTestCase", committing.CommittingTestCase)
        yield


@pytest.fixture(scope="session")
def _kept_file(request: pytest.FixtureRequest) -> Path:
    """The kept SQLite database, made where there is none yet.

    pytest-django sets up no database where no test of the run asks for one, and the connection then leads to whatever
    DATABASE_URL names, which is nobody's to keep.
    """
    if any(item.get_closest_marker("django_db") or "db" in item.fixturenames for item in request.session.items):
        request.getfixturevalue("django_db_setup")
    return migrated_database.kept_file()


@pytest.fixture(scope="module")
def migrated_file(_kept_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database in a file of each module's own, for tests that start processes of their own."""
    return Path(shutil.copy(_kept_file, tmp_path_factory.mktemp("migrated") / "db.sqlite3"))


@pytest.fixture(scope="session")
def _migrated_database(django_db_modify_db_settings: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        memory = migrated_database.load()
    yield
    if memory is not None:
        memory.close()


@pytest.fixture(autouse=True)
def _isolated_cache(settings) -> Iterator[None]:
    """An empty cache for each test, without emptying the one that another worker uses on the same Redis."""
    changed = copy.deepcopy(settings.CACHES)
    for options in changed.values():
        options["KEY_PREFIX"] = uuid.uuid4().hex
    settings.CACHES = changed
    yield
    if "locmem" in changed["default"]["BACKEND"].lower():
        caches["default"].clear()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """What the process keeps of the database belongs to the test that has just ended."""
    yield
    gate_forget()
    counts_forget()
    trusted_forget()
    automatic_forget()


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """LocaleMiddleware leaves the language of the last request active in the thread; no test inherits it."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def site_tree(db: None) -> SiteTree:
    """The site that setup_site makes, with two continents and eight countries, in three languages."""
    return site_tree_make()
