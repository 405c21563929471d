"""The figures as tables and a chart in docs/performance.md."""

import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks.chart import chart
from benchmarks.contestants import FLOOR, LIMIT, UNCACHED
from benchmarks.database import Database
from benchmarks.measure import Cell, middle, ratio
from benchmarks.run import Figures
from benchmarks.servers import ROOT, THREADS, WORKERS
from benchmarks.verdicts import MEBIBYTE, Verdict, flatness, growth, verdicts

_PAGE = ROOT / "docs" / "performance.md"
_CHART = ROOT / "docs" / "images" / "performance.svg"


def report_write(figures: Figures, *, command: str) -> None:
    """Put tables and chart in the place of the former ones."""
    parts = [
        _made_by(command, figures.news),
        "### Targets",
        verdict_table(figures),
        "### CPU of the application for one answer: ratio to the floor, milliseconds, (SQL statements)",
        _table(figures, lambda cell, floor, limit: _cost(cell, floor, cell.cpu, floor.cpu) + f" ({cell.statements})"),
        "### CPU of PostgreSQL for one answer: ratio to the floor, milliseconds",
        _table(figures, lambda cell, floor, limit: _cost(cell, floor, cell.postgresql, floor.postgresql)),
        "### Answers in a second: ratio to the constant view, number",
        _table(
            figures,
            lambda cell, floor, limit: f"{_number(ratio(cell.rate, limit.rate))}×, {_number(middle(cell.rate))}",
        ),
        "### Memory of a worker afterwards, resident (its share of what workers have in common counted once)",
        _memory_table(figures),
    ]
    text = _PAGE.read_text(encoding="utf-8")
    _PAGE.write_text(replaced(text, "figures", "\n\n".join(parts)), encoding="utf-8")
    _CHART.write_text(chart(figures), encoding="utf-8")


def sweep_write(scales: Sequence[Figures], *, command: str) -> None:
    """Put the table of several numbers of news in the place of the former one."""
    text = _PAGE.read_text(encoding="utf-8")
    parts = [_made_by(command, *(figures.news for figures in scales)), sweep_table(scales)]
    _PAGE.write_text(replaced(text, "sweep", "\n\n".join(parts)), encoding="utf-8")


def replaced(text: str, name: str, content: str) -> str:
    """``text`` with other content between the markers of this name. Raises ValueError when there are none."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"The page has no place for {name}: {begin} … {end}")
    return text.split(begin)[0] + f"{begin}\n{content}\n{end}" + text.split(end)[1]


def verdict_table(figures: Figures) -> str:
    """Targets, what was measured, and whether they hold."""
    return _verdicts(verdicts(figures))


def sweep_table(scales: Sequence[Figures]) -> str:
    """Flatness: a row for each question, our endpoint beside the floor."""
    heads = [f"{each} at {figures.news:,}" for each in (UNCACHED, FLOOR) for figures in scales]
    grown = ["objects answered", *(f"{each}, last ÷ first for an object" for each in (UNCACHED, FLOOR))]
    lines = ["| | " + " | ".join([*heads, *grown]) + " |", "|---|" + "---|" * (len(heads) + len(grown))]
    for question in scales[0].cells:
        cells = [_found(figures, question, each) for each in (UNCACHED, FLOOR) for figures in scales]
        row = [f"{_number(middle(cell.cpu))} + {_number(middle(cell.postgresql))} ms" for cell in cells]
        row.append(" → ".join(f"{_found(figures, question, UNCACHED).items:,}" for figures in (scales[0], scales[-1])))
        for each in (UNCACHED, FLOOR):
            both = [growth(scales[0], scales[-1], question, each, values) for values in (_cpu, _postgresql)]
            row.append(" + ".join(f"{value:.2f}×" for value in both))
        lines.append(f"| {question} | " + " | ".join(row) + " |")
    return f"{_verdicts(flatness(scales))}\n\nApplication + PostgreSQL:\n\n" + "\n".join(lines)


def _verdicts(found: Sequence[Verdict]) -> str:
    lines = ["| target | measured | |", "|---|---|---|"]
    lines += [
        f"| {each.target} | {each.measured} | {'holds' if each.holds else '**does not hold**'} |" for each in found
    ]
    return "\n".join(lines)


def _made_by(command: str, *news: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "wagtail", "graphene-django", "gunicorn"))
    numbers = ", ".join(f"{each:,}" for each in news)
    return (
        f"{datetime.now(UTC).date()}, `{command}`: {numbers} news in each of three locales; gunicorn with {WORKERS} "
        f"workers of {THREADS} threads; Python {platform.python_version()}, {packages}, "
        f"PostgreSQL {Database(news[0]).version()}."
    )


def _table(figures: Figures, write: Callable[[Cell, Cell, Cell], str]) -> str:
    lines = ["| | " + " | ".join(figures.cells) + " |", "|---|" + "---|" * len(figures.cells)]
    for place, each in enumerate(next(iter(figures.cells.values()))):
        row = []
        for question, cells in figures.cells.items():
            floor, limit = (_found(figures, question, name) for name in (FLOOR, LIMIT))
            row.append(write(cells[place], floor, limit))
        lines.append(f"| {each.contestant} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def _cost(cell: Cell, floor: Cell, mine: list[float], its: list[float]) -> str:
    times = f"{_number(ratio(mine, its))}×" if all(its) else "–"
    return f"**{times}** {_number(middle(mine))}"


def _memory_table(figures: Figures) -> str:
    lines = ["| server | MiB |", "|---|---|"]
    for name, workers in figures.memory.items():
        each = ", ".join(f"{one.resident / MEBIBYTE:.0f} ({one.proportional / MEBIBYTE:.0f})" for one in workers)
        lines.append(f"| {name} | {each} |")
    return "\n".join(lines)


def _found(figures: Figures, question: str, contestant: str) -> Cell:
    cell = figures.cell(question, contestant)
    assert cell is not None
    return cell


def _cpu(cell: Cell) -> list[float]:
    return cell.cpu


def _postgresql(cell: Cell) -> list[float]:
    return cell.postgresql


def _number(value: float) -> str:
    """Two digits that say something, and no more of large numbers than there are."""
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"
