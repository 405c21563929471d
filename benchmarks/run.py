"""Runs: servers up, answers compared, costs measured, figures written."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import redis

from benchmarks.agreement import differences, strangers
from benchmarks.contestants import ALL_MATCHES, FLOOR, OWN, PEERS, UNCACHED, Contestant, own_plan, plans
from benchmarks.database import Database
from benchmarks.measure import Cell, cells_measure, middle
from benchmarks.processes import Memory, memory
from benchmarks.questions import QUESTIONS, Place, deep_of
from benchmarks.requests import Asking, Client
from benchmarks.servers import served

Say = Callable[[str], None]


@dataclass
class Figures:
    """What a run has found: cells by question, in the contestants' order; the memory of each server's workers."""

    news: int
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    memory: dict[str, list[Memory]] = field(default_factory=dict)

    def cell(self, question: str, contestant: str) -> Cell | None:
        """None when it did not take part."""
        return next((cell for cell in self.cells[question] if cell.contestant == contestant), None)


class Disagreement(Exception):
    """Two contestants answer differently."""


def run(*, news: int, questions: Sequence[str], peers: bool, rounds: int, seconds: float, say: Say) -> Figures:
    """All contestants side by side. Raises Disagreement before anything is measured."""
    database = Database(news)
    database.prepare(peers=peers)
    contestants = [*OWN, *(PEERS if peers else ())]
    wanted = {each.server for each in contestants}
    figures = Figures(news)
    try:
        with served([plan for plan in plans(news) if plan.name in wanted]) as servers:
            clients: dict[str, Client] = {name: server.client() for name, server in servers.items()}
            place = place_of(database, clients["Diwan"])
            for question in questions or QUESTIONS:
                figures.cells[question] = [cell_make(each, question, place, clients) for each in contestants]
            say(f"All answers are the same: {len(contestants)} contestants, {len(figures.cells)} questions.")
            for question, cells in figures.cells.items():
                cells_measure(cells, servers, rounds=rounds, seconds=seconds)
                say("\n".join([question, *map(_line, cells)]))
            figures.memory = {name: [memory(pid) for pid in server.workers()] for name, server in servers.items()}
    finally:
        redis_clear()
    return figures


def sweep(*, scales: Sequence[int], rounds: int, seconds: float, say: Say) -> list[Figures]:
    """Our endpoint and the floor on several numbers of news, interleaved."""
    for news in scales:
        Database(news).prepare(peers=False)
        say(f"{news} news in each locale are there.")
    own = [each for each in OWN if each.name in (FLOOR, UNCACHED)]
    found = [Figures(news) for news in scales]
    try:
        with served([own_plan(news, f"Diwan {news}") for news in scales]) as servers:
            places = {}
            for news in scales:
                places[news] = place_of(Database(news), servers[f"Diwan {news}"].client())
            for question in QUESTIONS:
                for figures in found:
                    server = f"Diwan {figures.news}"
                    clients: dict[str, Client] = {"Diwan": servers[server].client()}
                    cells = [cell_make(each, question, places[figures.news], clients) for each in own]
                    for cell in cells:
                        cell.server = server
                    figures.cells[question] = cells
                together = [cell for figures in found for cell in figures.cells[question]]
                cells_measure(together, servers, rounds=rounds, seconds=seconds)
                say("\n".join([question, *(f"{_line(cell)}  {cell.server}" for cell in together)]))
    finally:
        redis_clear()
    return found


def place_of(database: Database, client: Client) -> Place:
    """Where the deep listing begins; our cursor is reached page by page, as a client does."""
    deep, cursor = deep_of(database.news), None
    document = "query($after: String) { news(first: 100, after: $after) { pageInfo { endCursor } } }"
    for _ in range(deep // 100):
        found = Asking(client).graphql("/graphql/", document, {"after": cursor})
        cursor = found["news"]["pageInfo"]["endCursor"]
    return Place(deep, database.news_at(deep), str(cursor))


def cell_make(contestant: Contestant, question: str, place: Place, clients: dict[str, Client]) -> Cell:
    """What a contestant sends for an answer that agrees with hand-written SQL, else Disagreement."""
    ask = contestant.ask(question, place)
    # What a process keeps from its first answer on (site roots, compiled SQL) is not part of an answer.
    for _ in range(3):
        asking = Asking(clients[contestant.server])
        answer = ask(asking)
    if answer is not None:
        floor = next(each for each in OWN if each.name == FLOOR)
        expected = floor.ask(question, place)(Asking(clients[floor.server]))
        found = _compare(contestant, question, expected, answer, clients[floor.server])
        if found:
            raise Disagreement("\n  ".join([f"{question}: {contestant.name} answers otherwise", *found[:10]]))
    return Cell(
        contestant.name, question, contestant.server, asking.requests, asking.statements, items=objects_in(answer)
    )


def objects_in(value: Any) -> int:
    """How many objects there are in an answer, itself among them."""
    if isinstance(value, dict):
        return 1 + sum(map(objects_in, value.values()))
    return sum(map(objects_in, value)) if isinstance(value, list) else 0


def _compare(contestant: Contestant, question: str, expected: Any, answer: Any, floor: Client) -> list[str]:
    if question == "search" and contestant.peer:
        # Each ranks by its own measure: of all that matches, any twenty will do.
        matches = orjson.loads(floor.send(ALL_MATCHES).body)["data"]["search"]["nodes"]
        found = answer["search"]["nodes"]
        number = len(expected["search"]["nodes"])
        fewer = [] if len(found) == number else [f"search: {number} items expected, {len(found)} found"]
        return fewer + strangers(matches, found)
    return differences(expected, answer, unordered=contestant.unordered)


def _line(cell: Cell) -> str:
    return (
        f"  {cell.contestant:<28} {middle(cell.cpu):8.2f} ms  PostgreSQL {middle(cell.postgresql):8.2f} ms  "
        f"{cell.statements:>5} SQL  {len(cell.plan):>4} requests  {middle(cell.rate):8.1f} answers/s"
    )


def redis_clear() -> None:
    """What this run has kept; the rest of that Redis is not ours."""
    client = redis.Redis.from_url(os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/11"))
    for key in client.scan_iter(f"bench_{os.getpid()}_*", count=1000):
        client.unlink(key)
