"""Commands of the project run as their own processes, as an operator runs them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
PATH = f"{Path(sys.executable).parent}:/usr/bin:/bin"


def environment(**values: str) -> dict[str, str]:
    """A process environment with nothing of this one's in it but what finds programs, and no ``.env`` file."""
    return {"PATH": PATH, "DOTENV": os.devnull, "LANG": "C.UTF-8", **values}


def run(*command: str, env: dict[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """``command`` to its end, its output as text; never raises for an exit code."""
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=240, check=False)


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (names in lower case) and body of a GET; an error status is an answer like any other."""
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request, timeout=20) as response:
            return response.status, {key.lower(): value for key, value in response.headers.items()}, response.read()
    except HTTPError as error:
        with error:
            return error.code, {key.lower(): value for key, value in error.headers.items()}, error.read()


def wait_for(url: str, *, seconds: float = 60) -> bool:
    """Whether ``url`` answers 200 before ``seconds`` are over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if get(url)[0] == 200:
                return True
        except (URLError, OSError):
            pass
        time.sleep(0.1)
    return False


@contextmanager
def serving(*command: str, env: dict[str, str], url: str, cwd: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """``command`` in the background while the block runs, from the moment ``url`` answers."""
    process = subprocess.Popen(
        command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        if not wait_for(url):
            process.terminate()
            raise AssertionError(f"{url} never answered:\n{process.communicate(timeout=20)[0]}")
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=30)
