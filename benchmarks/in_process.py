"""The quick measure for whoever works on the endpoint: over WSGI in this process, without server, clients and peers."""

import gc
import io
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

import django

from benchmarks.contestants import FLOOR, OWN
from benchmarks.database import Database
from benchmarks.measure import Cell, middle, ratio
from benchmarks.processes import cpu_seconds
from benchmarks.questions import QUESTIONS
from benchmarks.requests import HOST, Client, Request, Response


class WsgiClient:
    """Calls an application, which keeps its database connection between requests, as in a server."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def send(self, request: Request, **headers: str) -> Response:
        answered: list[Any] = []
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self._application(_environ(request, **more), lambda *started: answered.extend(started))
        body = b"".join(response)
        response.close()
        found = {name.lower(): value for name, value in answered[1]}
        return Response(int(answered[0].split()[0]), found, body)


def _environ(request: Request, **headers: str) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    values: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path.replace("%20", " "),
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "REMOTE_ADDR": HOST,
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.input": io.BytesIO(request.body or b""),
    }
    for name, value in {**request.all_headers(), **headers}.items():
        key = name.upper().replace("-", "_")
        values[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return values


def run(*, news: int, questions: Sequence[str], rounds: int, seconds: float, say: Callable[[str], None]) -> None:
    """Print what our own contestants cost in this process."""
    database = Database(news)
    database.prepare(peers=False)
    settings = {"BENCH_NEWS": str(news), "BENCH_NAME": f"bench_{os.getpid()}_in_process"}
    os.environ.update({**settings, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"})
    django.setup()
    from benchmarks.run import cell_make, place_of, redis_clear
    from benchmarks.wsgi import application

    client: Client = WsgiClient(application)
    place = place_of(database, client)
    backend = _backend()
    for question in questions or QUESTIONS:
        cells = [cell_make(each, question, place, {"Diwan": client}) for each in OWN if each.server == "Diwan"]
        _measure(cells, client, backend, rounds, seconds)
        floor = next(cell for cell in cells if cell.contestant == FLOOR)
        say(question)
        for cell in cells:
            say(
                f"  {cell.contestant:<28} {middle(cell.cpu):7.2f} ms ({cell.statements:>3} SQL)  "
                f"{ratio(cell.cpu, floor.cpu):6.2f} x floor   PostgreSQL {middle(cell.postgresql):7.2f} ms"
            )
    redis_clear()


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
    return pid


def _measure(cells: Sequence[Cell], client: Client, backend: int, rounds: int, seconds: float) -> None:
    times = {}
    for cell in cells:
        start = time.process_time()
        for request in [*cell.plan] * 3:
            client.send(request)
        times[cell.contestant] = max(3, int(seconds / max(1e-4, (time.process_time() - start) / 3)))
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for cell in cells:
            number = times[cell.contestant]
            of_postgresql, start = cpu_seconds(backend), time.process_time()
            for _again in range(number):
                for request in cell.plan:
                    client.send(request)
            cell.cpu.append((time.process_time() - start) / number * 1000)
            cell.postgresql.append((cpu_seconds(backend) - of_postgresql) / number * 1000)
