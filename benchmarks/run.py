"""One run: data, agreement, figures."""

import time
from collections.abc import Callable
from typing import Any

import orjson
from django.core.cache import cache

from api.connections import cursor_decode
from benchmarks import contestants as who
from benchmarks import floor
from benchmarks.dataset import dataset_make
from benchmarks.measure import Caller, Contestant, count_statements, environ, measure, middle
from benchmarks.questions import DEEP
from benchmarks.report import report_write
from cms.wsgi import application


def run(*, questions: tuple[str, ...], news: int, rounds: int, seconds: float, say: Callable[[str], None]) -> int:
    """The exit code."""
    start = time.monotonic()
    dataset_make(news)
    say(f"{news} news in each locale ({time.monotonic() - start:.0f} s)")
    cache.clear()
    caller = Caller(application)
    deep = min(DEEP, news // 200 * 100)
    after = _cursor(caller, deep)
    position = cursor_decode(after, order="DATE_DESC", types=(str, int))
    floor.DEEP_AFTER[:] = position or ()
    variables = {"after": after}
    table: dict[str, list[Contestant]] = {}
    for question in questions or who.QUESTIONS:
        table[question] = [
            *who.limit(question),
            *who.floor(question),
            *who.diwan(question, variables),
            *who.diwan_kept(question, variables, caller),
        ]
        if not _agree(caller, table[question], say):
            return 1
    for question, contestants in table.items():
        count_statements(caller, contestants)
        say(question)
        measure(caller, contestants, rounds=rounds, seconds=seconds, say=lambda _text: None)
        base = contestants[1]
        for each in contestants:
            cpu, postgresql = middle(each.cpu), middle(each.postgresql)
            say(
                f"  {each.name:<28} {cpu:7.2f} ms ({each.statements:>3} SQL)  {cpu / middle(base.cpu):6.2f} x floor   "
                f"PostgreSQL {postgresql:7.2f} ms"
            )
    if not questions:
        report_write(table, news=news, command=f"make bench BENCH_ARGS='--news {news} --rounds {rounds}'")
        say("written to docs/performance.md")
    return 0


def _cursor(caller: Caller, place: int) -> str:
    """The cursor of the item at a place of the list of news, counted from 1: reached page by page, as a client does."""
    after = None
    for _ in range(place // 100):
        query = "query($after: String) { news(first: 100, after: $after) { pageInfo { endCursor } } }"
        body = orjson.dumps({"query": query, "variables": {"after": after}})
        _status, raw = caller(environ("/graphql/", body=body))
        after = orjson.loads(raw)["data"]["news"]["pageInfo"]["endCursor"]
    if place % 100:
        raise SystemExit("The deep list begins after a multiple of 100.")
    return str(after)


def _agree(caller: Caller, contestants: list[Contestant], say: Callable[[str], None]) -> bool:
    answers: list[tuple[str, Any]] = [
        (each.name, each.read(caller.ask(each))) for each in contestants if each.read is not None
    ]
    first_name, first = answers[0]
    for name, answer in answers[1:]:
        if answer != first:
            say(f"{contestants[0].question}: {name} does not answer what {first_name} answers")
            say(f"  {orjson.dumps(first).decode()[:1500]}\n  {orjson.dumps(answer).decode()[:1500]}")
            return False
    return True
