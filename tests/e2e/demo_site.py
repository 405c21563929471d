"""A demo site in a folder of its own, run as ``make run`` runs it."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.integration.servers import ROOT, environment, free_port


class DemoSite:
    """A demo site in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.database = folder / "db.sqlite3"
        self.env = environment(
            DATABASE_URL=f"sqlite:///{self.database}", MEDIA_ROOT=str(folder / "media"), PYTHONUNBUFFERED="1"
        )
        self.command = [sys.executable, "manage.py", "run_demo", "--port", str(self.port)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, name: str) -> Path:
        """Start it, its words going to a log of this ``name``."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        return log

    def stop(self, number: int) -> int:
        """Send a signal to the command alone, as a service manager would. Returns its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=40)

    def processes(self) -> list[int]:
        """Process ids of everything that this site started and that still lives (Linux)."""
        mark = f"MEDIA_ROOT={self.folder / 'media'}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def content(self) -> list[str]:
        """Everything that the database holds but the background tasks and the index of references that they keep."""
        kept_by_the_worker = ("django_tasks", "wagtailcore_referenceindex", "sqlite_sequence")
        with sqlite3.connect(self.database) as connection:
            lines = list(connection.iterdump())
        return [line for line in lines if not any(f'INTO "{name}' in line for name in kept_by_the_worker)]


def said(log: Path, text: str, *, seconds: float) -> bool:
    """Whether ``text`` is in the log before ``seconds`` are over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if text in log.read_text(encoding="utf-8"):
            return True
        time.sleep(0.05)
    return False
