"""Measures what an answer costs: CPU of the application, CPU of PostgreSQL, answers in a second."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.load import Load, load_make
from benchmarks.requests import Request
from benchmarks.servers import Server

# Whoever needs longer than this for an answer is asked by one client for each worker: more would only wait.
_SLOW = 1.0


@dataclass
class Cell:
    """One contestant's answers to one question; one value for each round."""

    contestant: str
    question: str
    server: str
    plan: Sequence[Request]
    statements: int
    clients: int = 0
    cpu: list[float] = field(default_factory=list)
    """Milliseconds of the application for one answer, the HTTP server's part included."""
    postgresql: list[float] = field(default_factory=list)
    """Milliseconds of PostgreSQL for one answer."""
    rate: list[float] = field(default_factory=list)
    """Answers in a second."""
    items: int = 1
    """Objects in the answer."""


def middle(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """The median of the rounds' ratios: what disturbs a round disturbs both in it."""
    return middle(one / other for one, other in zip(these, those, strict=True))


def cells_measure(cells: Sequence[Cell], servers: dict[str, Server], *, rounds: int, seconds: float) -> None:
    """Warm up, then measure each cell ``rounds`` times, one after another in each round."""
    for cell in cells:
        connections = servers[cell.server].connections
        first, second = (load_make(connections[:2], cell.plan, seconds=0) for _ in range(2))
        cell.clients = len(connections) if min(first.seconds, second.seconds) <= _SLOW else 2
        if cell.clients > 2:
            load_make(connections, cell.plan, seconds=min(0.3, seconds))
    for _ in range(rounds):
        for cell in cells:
            _measure(cell, servers[cell.server], seconds)


def _measure(cell: Cell, server: Server, seconds: float) -> None:
    postgresql, cpu = server.postgresql_cpu(), server.cpu()
    load = load_make(server.connections[: cell.clients], cell.plan, seconds=seconds)
    used = server.cpu() - cpu
    of_postgresql = sum(after - postgresql.get(pid, 0.0) for pid, after in server.postgresql_cpu().items())
    _note(cell, load, used, of_postgresql)


def _note(cell: Cell, load: Load, cpu: float, postgresql: float) -> None:
    cell.cpu.append(cpu / load.answers * 1000)
    cell.postgresql.append(postgresql / load.answers * 1000)
    cell.rate.append(load.answers / load.seconds)
