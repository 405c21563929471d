"""Contestants' servers: gunicorn as production runs it, on a free port of this machine."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import psycopg

from benchmarks.load import Connection
from benchmarks.processes import children, cpu_seconds, cpu_seconds_of
from benchmarks.requests import HOST, HttpClient, Request

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 4
_WORKER = Request("/bench-worker/")
_STARTS_WITHIN = 300


@dataclass(frozen=True)
class Plan:
    """How a server is started: its name, the environment its Python stands in, and variables of the process."""

    name: str
    python: Path = ROOT / ".venv" / "bin" / "python"
    settings: str = "benchmarks.settings"
    environment: dict[str, str] = field(default_factory=dict)


class Server:
    """A running gunicorn."""

    def __init__(self, plan: Plan, port: int, process: subprocess.Popen[bytes], database: psycopg.Connection) -> None:
        self.plan = plan
        self.port = port
        self._process = process
        self._database = database
        self.connections: list[Connection] = []

    def wait(self) -> None:
        """Until every worker answers, then open as many connections to each as it has threads."""
        deadline = time.monotonic() + _STARTS_WITHIN
        of_worker: dict[int, list[Connection]] = {}
        while len(of_worker) < WORKERS or min(map(len, of_worker.values())) < THREADS:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"The server of {self.plan.name} does not start.")
            connection = Connection(self.port)
            kept = of_worker.setdefault(self._worker(connection), [])
            # A worker that takes every connection is kept busy by them until the other one is there.
            kept.append(connection)
        # One of each worker, then the next, so that the first few are spread as well as all.
        self.connections = [each for row in zip(*of_worker.values(), strict=False) for each in row][: WORKERS * THREADS]
        for kept in of_worker.values():
            for connection in kept[THREADS:]:
                connection.close()

    def _worker(self, connection: Connection) -> int:
        connection.socket.sendall(_WORKER.raw())
        answer = b""
        while not (answer.partition(b"\r\n\r\n")[2]):
            answer += connection.socket.recv(65536)
        return int(orjson.loads(answer.partition(b"\r\n\r\n")[2]))

    def client(self) -> HttpClient:
        """A connection for asking."""
        return HttpClient(self.port)

    def workers(self) -> list[int]:
        """The workers' process ids."""
        return children(self._process.pid)

    def cpu(self) -> float:
        """CPU seconds of the workers so far."""
        return cpu_seconds_of(self.workers())

    def postgresql_cpu(self) -> dict[int, float]:
        """CPU seconds so far of each of PostgreSQL's processes that work for this server."""
        rows = self._database.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [application_name(self.plan)]
        ).fetchall()
        return {pid: cpu_seconds(pid) for (pid,) in rows}

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        for connection in self.connections:
            connection.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def application_name(plan: Plan) -> str:
    """By which PostgreSQL knows the connections of this run's server."""
    return f"bench_{os.getpid()}_{plan.name}".replace(" ", "_")


@contextmanager
def served(plans: list[Plan]) -> Iterator[dict[str, Server]]:
    """All servers by name, each with connections open; ended however the block ends."""
    server = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as database:
        running: dict[str, Server] = {}
        try:
            for plan in plans:
                running[plan.name] = _start(plan, database)
            for each in running.values():
                each.wait()
            yield running
        finally:
            for each in running.values():
                each.stop()


def _start(plan: Plan, database: psycopg.Connection) -> Server:
    environment = {
        **os.environ,
        **plan.environment,
        "DJANGO_SETTINGS_MODULE": plan.settings,
        "BENCH_NAME": application_name(plan),
    }
    with socket.create_server((HOST, 0), backlog=256) as listening:
        # As the Dockerfile has it, but for workers that are not replaced: their memory is looked at in the end.
        options = [f"--workers={WORKERS}", "--worker-class=gthread", f"--threads={THREADS}", "--keep-alive=3600"]
        more = [
            f"--bind=fd://{listening.fileno()}",
            "--no-control-socket",
            "--log-level=warning",
            "--timeout=300",
            "--worker-tmp-dir=/dev/shm",
        ]
        process = subprocess.Popen(
            [plan.python, "-W", "ignore", "-m", "gunicorn", "benchmarks.wsgi", *options, *more],
            cwd=ROOT,
            env=environment,
            pass_fds=[listening.fileno()],
        )
        return Server(plan, listening.getsockname()[1], process, database)
