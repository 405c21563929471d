"""manage.py schema_changes: what breaks clients of the last release fails, and only that."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.once

SERVED = (Path(settings.BASE_DIR) / "api" / "schema.graphql").read_text(encoding="utf-8")


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout on the way to 0.3.0, without any release."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.3.0"\n')
    commit(tmp_path, SERVED)
    return tmp_path


def commit(folder: Path, sdl: str) -> None:
    (folder / "api").mkdir(exist_ok=True)
    (folder / "api" / "schema.graphql").write_text(sdl, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "schema")


def release(folder: Path, tag: str, sdl: str) -> None:
    """Release a schema, and go on."""
    commit(folder, sdl)
    git(folder, "tag", tag)
    commit(folder, SERVED)


def said(folder: Path) -> str:
    out = StringIO()
    call_command("schema_changes", repository=folder, stdout=out)
    return out.getvalue()


def broken(folder: Path) -> list[str]:
    """The lines that say what breaks."""
    with pytest.raises(CommandError) as caught:
        said(folder)
    return re.findall(r"^- (.*)", str(caught.value), re.MULTILINE)


def with_member(line: str, *, after: str = "type Query {") -> str:
    """The served schema as it was when a type had one more member."""
    assert after in SERVED
    return SERVED.replace(after, f"{after}\n  {line}", 1)


def test_nothing_was_released_yet(repository: Path) -> None:
    git(repository, "tag", "vnext")
    git(repository, "tag", "2.0.0")
    assert (
        said(repository) == "Not compared with a release: nothing was released yet (no tag v<major>.<minor>.<patch>).\n"
    )


def test_no_checkout(tmp_path: Path) -> None:
    assert said(tmp_path) == "Not compared with a release: this is no git checkout.\n"


def test_no_git(repository: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert said(repository) == "Not compared with a release: this is no git checkout.\n"


def test_a_shallow_clone(repository: Path, tmp_path_factory) -> None:
    release(repository, "v0.2.0", SERVED)
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", "--depth", "1", repository.as_uri(), ".")
    assert "this is a shallow clone" in said(clone)


def test_the_same_schema_breaks_nobody(repository: Path) -> None:
    release(repository, "v0.2.0", SERVED)
    assert said(repository) == "No client of v0.2.0 breaks.\n"


def test_what_was_added_breaks_nobody(repository: Path) -> None:
    release(repository, "v0.2.0", re.sub(r'  """[^"]*"""\n  alpha3: String\n', "", SERVED))
    assert said(repository) == "No client of v0.2.0 breaks.\n"


def test_what_went_breaks_clients(repository: Path) -> None:
    sdl = with_member("gone(a: Int): Was").replace("type Query", "type Was { x: Int }\n\ntype Query", 1)
    sdl = sdl.replace("enum LocaleCode {", "enum LocaleCode {\n  DE", 1)
    release(repository, "v0.2.0", sdl)
    assert sorted(broken(repository)) == [
        "DE was removed from enum type LocaleCode.",
        "Query.gone was removed.",
        "Was was removed.",
    ]


def test_what_was_deprecated_in_the_last_release_may_go(repository: Path) -> None:
    sdl = with_member('gone(a: Int): Was @deprecated(reason: "Use home.")')
    sdl = sdl.replace("type Query", "type Was { x: Other }\n\ntype Other { y: Int }\n\ntype Query", 1)
    sdl = sdl.replace("enum LocaleCode {", "enum LocaleCode {\n  DE @deprecated", 1)
    sdl = sdl.replace("  locales:", "  locales(old: Int @deprecated):", 1)
    assert "(old: Int" in sdl
    release(repository, "v0.2.0", sdl)
    assert said(repository) == "No client of v0.2.0 breaks.\n"
    # Not in a patch of that release.
    (repository / "pyproject.toml").write_text('[project]\nversion = "0.2.1"\n')
    assert len(broken(repository)) == 5


def test_what_is_deprecated_and_still_served_must_stay_as_it_was(repository: Path) -> None:
    release(repository, "v0.2.0", re.sub(r"(\n  totalCount: )Int!", r"\1String! @deprecated", SERVED, count=1))
    assert broken(repository) == ["AgreementConnection.totalCount changed type from String! to Int!."]


def test_the_newest_release_counts_and_only_one_that_led_here(repository: Path) -> None:
    release(repository, "v0.2.0", with_member("gone: Int"))
    release(repository, "v0.10.0", SERVED)
    release(repository, "v0.9.0", with_member("other: Int"))
    git(repository, "checkout", "--quiet", "-b", "side")
    release(repository, "v0.11.0", with_member("aside: Int"))
    git(repository, "checkout", "--quiet", "-")
    assert said(repository) == "No client of v0.10.0 breaks.\n"


@pytest.mark.parametrize("sdl", ["type Query {", "type Query { a: Nowhere }", "\n"])
def test_a_release_that_cannot_be_read_fails(repository: Path, sdl: str) -> None:
    release(repository, "v0.2.0", sdl)
    with pytest.raises(CommandError, match=r"v0\.2\.0"):
        said(repository)
