"""The project's targets beside what was measured; whether each holds is computed here, never written by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.contestants import CACHED, FLOOR, LIMIT, NOT_MODIFIED, PEERS, UNCACHED
from benchmarks.measure import Cell, middle, ratio
from benchmarks.run import Figures

MEBIBYTE = 1024 * 1024
# "Flat" is: from the smallest database to the largest, with a hundred times the news, no more than this.
FLAT = 1.25
# Less than this is below what can be told from the clocks' steps; it is not divided by.
_NOTHING = 0.05


@dataclass(frozen=True)
class Verdict:
    """One target."""

    target: str
    measured: str
    holds: bool


def verdicts(figures: Figures) -> list[Verdict]:
    """For all targets that this run has measured."""
    found = [
        _of_each(figures, "uncached: at most 2 × the floor's application CPU", 2.0, _cpu(UNCACHED, FLOOR)),
        _of_each(figures, "uncached: at most 1.5 × the floor's PostgreSQL CPU", 1.5, _postgresql),
        _of_each(figures, "uncached: at most half of the best peer's application CPU", 0.5, _best_peer),
        _statements(figures),
        _of_each(figures, "cached: at most 1.25 × the constant view's CPU", 1.25, _cpu(CACHED, LIMIT)),
        _of_each(figures, "cached: at least 0.8 of the constant view's answers a second", 0.8, _rate, least=True),
        _of_each(figures, "304: no more CPU than the constant view", 1.0, _cpu(NOT_MODIFIED, LIMIT)),
        _memory(figures),
    ]
    return [each for each in found if each is not None]


def flatness(scales: Sequence[Figures]) -> list[Verdict]:
    """Whether the endpoint costs the same however much there is: the largest database beside the smallest."""
    least, most = scales[0], scales[-1]
    both = f"for an object of the answer, from {least.news:,} to {most.news:,} news in each locale"
    kinds: list[tuple[str, Callable[[Cell], list[float]]]] = [
        ("application", lambda cell: cell.cpu),
        ("PostgreSQL", lambda cell: cell.postgresql),
    ]
    found = []
    for name, values in kinds:
        grown = {question: growth(least, most, question, UNCACHED, values) for question in least.cells}
        measured = ", ".join(f"{question} {_times(value)}" for question, value in grown.items())
        holds = all(value <= FLAT for value in grown.values())
        found.append(Verdict(f"uncached: flat {both} (at most {FLAT} ×), {name}", measured, holds))
    return found


def growth(
    least: Figures, most: Figures, question: str, contestant: str, values: Callable[[Cell], list[float]]
) -> float:
    """How many times as much an answer costs in the larger database, for each object in it.

    With more news, more countries have as many as are asked for: an answer that tells more may cost more.
    """
    small, large = least.cell(question, contestant), most.cell(question, contestant)
    assert small is not None
    assert large is not None
    larger = max(1.0, large.items / small.items)
    if middle(values(small)) < _NOTHING:
        return middle(values(large)) / _NOTHING / larger
    return ratio(values(large), values(small)) / larger


Of = Callable[[Figures, str], float | None]


def _of_each(figures: Figures, target: str, bound: float, of: Of, *, least: bool = False) -> Verdict | None:
    values = {question: of(figures, question) for question in figures.cells}
    known = {question: value for question, value in values.items() if value is not None}
    if not known:
        return None
    holds = all(value >= bound if least else value <= bound for value in known.values())
    return Verdict(target, ", ".join(f"{question} {_times(value)}" for question, value in known.items()), holds)


def _times(value: float) -> str:
    return f"{value:.2f}×"


def _cpu(one: str, other: str) -> Of:
    def of(figures: Figures, question: str) -> float | None:
        mine, yours = figures.cell(question, one), figures.cell(question, other)
        return ratio(mine.cpu, yours.cpu) if mine and yours else None

    return of


def _postgresql(figures: Figures, question: str) -> float | None:
    mine, yours = figures.cell(question, UNCACHED), figures.cell(question, FLOOR)
    return ratio(mine.postgresql, yours.postgresql) if mine and yours else None


def _best_peer(figures: Figures, question: str) -> float | None:
    mine = figures.cell(question, UNCACHED)
    peers = [cell for peer in PEERS if (cell := figures.cell(question, peer.name))]
    if not mine or not peers:
        return None
    return ratio(mine.cpu, min(peers, key=lambda cell: middle(cell.cpu)).cpu)


def _rate(figures: Figures, question: str) -> float | None:
    mine, yours = figures.cell(question, CACHED), figures.cell(question, LIMIT)
    return ratio(mine.rate, yours.rate) if mine and yours else None


def _statements(figures: Figures) -> Verdict:
    numbers = {question: cell.statements for question in figures.cells if (cell := figures.cell(question, UNCACHED))}
    measured = ", ".join(f"{question} {number}" for question, number in numbers.items())
    return Verdict("uncached: at most 8 SQL statements each", measured, max(numbers.values()) <= 8)


def _memory(figures: Figures) -> Verdict:
    workers = figures.memory["Diwan"]
    resident = max(each.resident for each in workers) / MEBIBYTE
    own = max(each.proportional for each in workers) / MEBIBYTE
    measured = f"{resident:.0f} MiB resident, of which {own:.0f} MiB when shared pages are divided"
    return Verdict("memory of a worker after the whole: less than 200 MiB", measured, resident < 200)
