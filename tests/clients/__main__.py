"""Runs checks of ``checks/*.mjs``: python -m tests.clients audit | clients | lint, or several of them.

``audit`` and ``clients`` serve a demo site of their own on a free port, and stop it. Node 20 or newer and npm are
needed; what the checks need is installed from package-lock.json beside this file when that has changed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.demo_site import DemoSite, said
from tests.integration.servers import ROOT, wait_for

HERE = Path(__file__).resolve().parent
STAMP = HERE / "node_modules" / ".diwan-lock"
OLDEST_NODE = 20
SUITES = {
    "audit": ["audit", "draft"],
    "clients": ["clients", "relay", "codegen", "sync", "documents"],
    "lint": ["lint"],
}


class UnusableError(Exception):
    """The checks cannot be run on this machine; the message says what is missing."""


def say(line: str) -> None:
    """Tell whoever runs this, before what a check tells next."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def node_ready() -> None:
    """Install what the checks need, unless it is there. Raises UnusableError."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise UnusableError(
            f"These checks need Node {OLDEST_NODE} or newer with npm, and nothing else in Diwan does: "
            "apt-get install nodejs npm, or https://nodejs.org."
        )
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(re.sub(r"\D.*", "", version.removeprefix("v")) or 0) < OLDEST_NODE:
        raise UnusableError(f"These checks need Node {OLDEST_NODE} or newer; 'node' is {version}.")
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    say("Installing what tests/clients/package-lock.json names …")
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=HERE, check=False).returncode:
        raise UnusableError("npm ci failed: see above.")
    STAMP.write_text(wanted, encoding="utf-8")


@contextmanager
def served(folder: Path) -> Iterator[DemoSite]:
    """A demo site in ``folder``, for as long as the block runs."""
    site = DemoSite(folder)
    log = site.start("site")
    try:
        if not (said(log, site.base, seconds=120) and wait_for(f"{site.base}/healthz/")):
            raise UnusableError(f"The demo site did not start:\n{log.read_text(encoding='utf-8')}")
        yield site
    finally:
        assert site.process is not None
        site.process.terminate()
        site.process.wait(timeout=40)


def passes(check: str, folder: Path, site: DemoSite | None) -> bool:
    """Run one check, its words going to our own output."""
    say(f"--- {check}")
    if check == "sync":
        assert site is not None
        command = [sys.executable, "manage.py", "sync_documents", str(folder / "manifests"), "--client", "checks"]
        return subprocess.run(command, cwd=ROOT, env=site.env, check=False).returncode == 0
    environment = {**os.environ, "DIWAN_CLIENTS_WORK": str(folder)}
    if site is not None:
        environment["DIWAN_URL"] = f"{site.base}/graphql/"
    return subprocess.run(["node", f"checks/{check}.mjs"], cwd=HERE, env=environment, check=False).returncode == 0


def main(suites: list[str]) -> int:
    """Run the suites. Returns the exit code: 0, 1 for a check that fails, 2 for a machine that cannot run them."""
    if not suites or set(suites) - set(SUITES):
        say(f"usage: python -m tests.clients {' | '.join(SUITES)} …")
        return 2
    checks = [check for suite in suites for check in SUITES[suite]]
    try:
        node_ready()
        with tempfile.TemporaryDirectory(prefix="diwan-clients-") as name:
            folder = Path(name)
            if checks == SUITES["lint"]:
                results = {check: passes(check, folder, None) for check in checks}
            else:
                with served(folder) as site:
                    results = {check: passes(check, folder, site) for check in checks}
    except UnusableError as error:
        say(str(error))
        return 2
    failed = [check for check, passed in results.items() if not passed]
    say(f"failed: {', '.join(failed)}" if failed else f"all passed: {', '.join(results)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
