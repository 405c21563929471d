"""What tells releases apart, whose processes answer from one Redis while a new one is rolled out."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from api.cache import keys


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for each app of the project."""
    (tmp_path / "data").mkdir()
    (tmp_path / "models.py").write_text("x = 1", encoding="utf-8")
    (tmp_path / "data" / "stop_words.toml").write_text("fr = ['le']", encoding="utf-8")
    monkeypatch.setattr(keys.apps, "get_app_config", lambda _label: SimpleNamespace(path=str(tmp_path)))
    return tmp_path


def digest() -> str:
    return keys.code_digest.__wrapped__()


@pytest.mark.parametrize("name", ["models.py", "data/stop_words.toml"])
def test_code_and_what_it_reads(app: Path, name: str) -> None:
    before = digest()
    assert digest() == before
    (app / name).write_text("", encoding="utf-8")
    assert digest() != before


@pytest.mark.parametrize("library", ["wagtail", "graphql-core", "babel", "hijridate", "pyuca", "snowballstemmer"])
def test_libraries_that_answers_follow_from(app: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Names and dates by CLDR and the Hijri calendar, the order of names, what words a search finds."""
    before, version = digest(), keys.version
    monkeypatch.setattr(keys, "version", lambda name: "0" if name == library else version(name))
    assert digest() != before
