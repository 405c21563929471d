"""make clients, audit and schema-lint on a machine that cannot run them."""

import sys
from pathlib import Path

import pytest

from tests.integration.servers import environment, run

pytestmark = pytest.mark.once


def said(folder: Path, *suites: str) -> tuple[int, str]:
    result = run(sys.executable, "-m", "tests.clients", *suites, env={**environment(), "PATH": str(folder)})
    return result.returncode, result.stdout


@pytest.mark.parametrize("suite", ["clients", "audit", "lint"])
def test_without_node_they_say_so_and_fail(tmp_path: Path, suite: str) -> None:
    code, words = said(tmp_path, suite)
    assert code == 2
    assert words.startswith(
        "These checks need Node 20 or newer with npm, and nothing else in Diwan does: apt-get install"
    )


def test_an_old_node_is_named(tmp_path: Path) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho v18.20.4\n")
        program.chmod(0o755)
    assert said(tmp_path, "clients") == (2, "These checks need Node 20 or newer; 'node' is v18.20.4.\n")


def test_an_unknown_suite(tmp_path: Path) -> None:
    assert said(tmp_path, "nonsense") == (2, "usage: python -m tests.clients audit | clients | lint …\n")
