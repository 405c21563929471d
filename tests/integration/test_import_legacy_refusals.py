"""What import_legacy_page refuses: a clear reason, and the database as it was."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection
from django.db.models.signals import pre_save

from regions.management.commands.import_legacy_page import Command
from regions.models import ImportRecord, NewsKind, NewsPage
from tests.factories import SiteTree, site_tree_make
from tests.importing import FIXTURES, run_import, run_import_text, snapshot

ROOT = Path(__file__).resolve().parents[2]
GOOD = "Amérique\nNos relations\n" + "Mot " * 40 + ".\n- Entretien à Rabat\n- Visite au Mexique\n"


@pytest.fixture
def site(db: None) -> SiteTree:
    return site_tree_make(continents=("002", "019"), countries=("MX",))


def refused(path: Path | str, **options) -> str:
    """The reason given; fails when the import is not refused or anything changed."""
    before = snapshot()
    with pytest.raises(CommandError) as refusal:
        run_import_text(path, **options)
    assert snapshot() == before
    assert refusal.value.returncode == 1
    return str(refusal.value)


WRONG_OPTIONS = [
    ({"locale": "de"}, "Unknown locale 'de'. Known: fr, ar, es."),
    ({"continent": "999"}, "Unknown continent '999'. Known UN M49 codes: 002, 019, 142, 150, 009."),
    ({"continent": "419"}, "Unknown continent '419'. It is a part of 019: import the page there."),
    ({"continent": "029"}, "It is a part of 019"),
    ({"locale": "ar"}, "The page is not in 'ar': most of its letters are Latn, not Arab."),
    ({"continent": "002"}, "The page is about continent 019, not 002"),
    ({"encoding": "utf-16"}, "The file is not utf-16"),
]
DAMAGED = [
    (b"", "The file is empty."),
    (b"\n \n", "The file is empty."),
    (b"\x00\x01\x02\x03" * 100, "NUL bytes"),
    (bytes(range(256)), "NUL bytes"),
    (b"%PDF-1.7\n...", "a PDF"),
    (GOOD.encode()[:40] + b"\xff\xfe" + GOOD.encode()[40:] + "é".encode() * 5, "damaged UTF-8"),
    (GOOD.encode().replace("é".encode(), "\ufffd".encode()), "characters were lost (U+FFFD) in line 1"),
    (GOOD.encode().decode("cp1252").encode(), "decoded twice"),
    ("Amérique\n".encode(), "not a page of the old portal"),
    (b"Rien\n\nde\n\nconnu\n", "not a page of the old portal"),
    (b"<html><body>Am\xc3\xa9rique", "HTML"),
    (b"abc\n" * 6_000, "6,000 lines, more than 5,000"),
    (b"a" * 30_000, "Line 1 has 30,000 characters"),
    (b"a" * (2 * 1024 * 1024 + 1), "larger than 2,097,152 bytes"),
]


def test_wrong_options(site, tmp_path, subtests):
    page = tmp_path / "page.txt"
    page.write_text(GOOD, encoding="utf-8")
    for options, message in WRONG_OPTIONS:
        with subtests.test(message):
            assert message in refused(page, **options)


def test_damaged_files(site, tmp_path, subtests):
    page = tmp_path / "page.txt"
    for data, message in DAMAGED:
        with subtests.test(message):
            page.write_bytes(data)
            assert message in refused(page)


def test_an_enormous_file_is_not_read(site, tmp_path, settings):
    settings.DIWAN_IMPORT_MAX_BYTES = 1_000
    page = tmp_path / "page.txt"
    with page.open("wb") as file:
        file.truncate(1 << 40)
    assert "larger than 1,000 bytes" in refused(page)


def test_no_file(site, tmp_path):
    assert "does not exist" in refused(tmp_path / "none.txt")
    assert "is a folder" in refused(tmp_path)


@pytest.mark.django_db
def test_without_the_trees_the_cure_is_named():
    assert "Run manage.py setup_site first" in refused("fr_asie.txt", continent="142")


def test_without_the_kinds_the_cure_is_named(site, tmp_path):
    NewsKind.objects.filter(slug="meeting").delete()
    page = tmp_path / "page.txt"
    page.write_text(GOOD, encoding="utf-8")
    assert refused(page) == "Locale 'fr' has no kind of news 'meeting'. Run manage.py setup_site first."


def test_a_page_in_another_language_is_warned_of(site, tmp_path):
    report = run_import("es_america.txt", locale="fr", dry_run=True)
    assert report["warnings"][-1].startswith("The page looks like 'es', not 'fr'.")


@pytest.mark.parametrize("error", [IntegrityError("taken"), OperationalError("database is locked")])
def test_a_failure_half_way_leaves_nothing(site, tmp_path, error):
    page = tmp_path / "page.txt"
    page.write_text(GOOD, encoding="utf-8")
    seen = []

    def fail_at_the_second_item(sender, instance, **kwargs):
        seen.append(instance)
        if len(seen) == 2:
            raise error

    pre_save.connect(fail_at_the_second_item, sender=NewsPage)
    try:
        message = refused(page)
    finally:
        pre_save.disconnect(fail_at_the_second_item, sender=NewsPage)
    assert "Nothing was written" in message


def test_the_database_refuses_a_second_record_of_one_piece(site, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(GOOD, encoding="utf-8")
    run_import(page)
    record = ImportRecord.objects.filter(kind="news").first()
    with pytest.raises(IntegrityError):
        ImportRecord.objects.create(locale=record.locale, kind=record.kind, source_key=record.source_key, digest="")


@pytest.mark.postgresql
# What migrations made is put back for the tests that commit: each leaves every table empty.
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_each_page_once(tmp_path):
    site_tree_make(continents=("019",), countries=("MX",))
    page = tmp_path / "page.txt"
    page.write_text(GOOD, encoding="utf-8")
    errors: list[BaseException] = []
    start = threading.Barrier(3)

    def run() -> None:
        try:
            start.wait()
            run_import(page)
        except BaseException as error:  # noqa: BLE001  # whatever a thread raised is asserted on below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert NewsPage.objects.count() == 2
    assert ImportRecord.objects.count() == 3


def test_exit_code_of_a_refusal(tmp_path):
    """As a shell sees it; refused before any table is looked at, so the database may be empty."""
    command = [sys.executable, str(ROOT / "manage.py"), "import_legacy_page", str(FIXTURES / "fr_asie.txt")]
    arguments = ["--locale", "de", "--continent", "142"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "CommandError: Unknown locale 'de'" in done.stderr


def test_exit_code_of_a_wrong_command_line(capsys):
    command = Command()
    command._called_from_command_line = True
    parser = command.create_parser("manage.py", "import_legacy_page")
    with pytest.raises(SystemExit) as stop:
        parser.parse_args(["page.txt", "--locale", "fr"])
    assert stop.value.code == 2
    assert "--continent" in capsys.readouterr().err


def test_help_names_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        call_command("import_legacy_page", "--help")
    assert "1  refused" in capsys.readouterr().out
    assert django_settings.DIWAN_IMPORT_MAX_BYTES == 2 * 1024 * 1024
