"""Runs the web server, the background worker and the scheduler of a demo site together: all live, or all end."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

POLL_SECONDS = 0.2
STOP_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there now; sockets that merely linger from a former server do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _end_with_parent() -> None:
    """On Linux, have the kernel end this child even when its supervisor is killed without a chance to do it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Runs ``commands`` (name to argument list) until one ends or a signal comes.

    The first one serves ``url``; the others are started when that answers.
    """

    def __init__(self, commands: dict[str, Sequence[str]], *, url: str, stop_with_parent: bool = False) -> None:
        self.commands = commands
        self.url = url
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        self.parent = os.getppid() if stop_with_parent else None

    def run(self, *, on_ready: Callable[[], None]) -> str | None:
        """Call ``on_ready`` when ``url`` answers. Returns None after a signal, or the name of the child that ended."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        ready = False
        try:
            first, *others = self.commands
            self._start(first)
            while not self.stopping:
                if not ready and self._answers():
                    ready = True
                    on_ready()
                    # Only now: whoever waits for the site need not wait for the others, which start as slowly.
                    for name in others:
                        self._start(name)
                for name, child in self.children.items():
                    if child.poll() is not None and not self.stopping:
                        return name
                if self.parent is not None and os.getppid() != self.parent:
                    break
                time.sleep(POLL_SECONDS)
        finally:
            self._end_children()
        return None

    def _start(self, name: str) -> None:
        self.children[name] = subprocess.Popen(  # noqa: S603  # our own commands, no shell
            self.commands[name], preexec_fn=_end_with_parent if sys.platform == "linux" else None
        )

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _answers(self) -> bool:
        try:
            with urlopen(self.url, timeout=2) as response:  # noqa: S310  # our own http:// address
                return bool(response.status == 200)
        except (URLError, OSError):
            return False

    def _end_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
