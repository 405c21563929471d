"""Rules of the house that no linter knows."""

import ast
import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
API_FILES = sorted((ROOT / "api").rglob("*.py"))
OWN_FILES = sorted(
    path
    for folder in ("cms", "api", "bulk", "translations", "travel", "relations", "missions", "regions", "home", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def managers_used(source: str) -> list[int]:
    """Lines of ``source`` that reach for a model manager: ``.objects``, ``._default_manager`` or ``._base_manager``."""
    names = {"objects", "_default_manager", "_base_manager"}
    tree = ast.walk(ast.parse(source))
    return sorted(node.lineno for node in tree if isinstance(node, ast.Attribute) and node.attr in names)


def test_managers_are_recognised() -> None:
    assert managers_used("a = Page.objects.live()\nb = page._default_manager\nc = objects") == [1, 2]


@pytest.mark.parametrize("path", API_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_api_reads_through_selectors(path: Path) -> None:
    assert managers_used(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_a_reader_likes(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def locked(name: str) -> dict[str, str]:
    """Name to version of requirements/``name``.txt."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize(("lock", "groups"), [("base", []), ("dev", ["dev"])])
def test_lock_satisfies_pyproject(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    versions = locked(lock)
    for requirement in map(Requirement, wanted):
        version = versions[requirement.name.lower().replace("_", "-")]
        assert requirement.specifier.contains(version), f"{requirement}: {lock}.txt has {version}; run make lock"


@pytest.mark.parametrize("lock", ["base", "dev", "uv", "node"])
def test_lock_is_hashed_and_names_no_index(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text):
        assert "--hash=sha256:" in block


def test_lock_of_the_node_checks_names_no_registry() -> None:
    lock = json.loads((ROOT / "tests" / "clients" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, package in packages.items() if "resolved" in package or "integrity" not in package] == []


def test_dev_lock_installs_the_versions_that_run_in_production() -> None:
    base, dev = locked("base"), locked("dev")
    assert {name: dev.get(name) for name in base} == base


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
def test_a_module_is_given_to_one_worker(request: pytest.FixtureRequest) -> None:
    """Without a word, releases of pytest and pytest-xdist that do not fit spread modules, and all is made twice."""
    if request.config.getvalue("loadgroup"):
        assert request.node.nodeid.endswith("@tests/unit/test_house_rules.py")
