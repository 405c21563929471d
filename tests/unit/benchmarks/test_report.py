"""The report: ratios by round, verdicts from figures, and the page's places for them."""

from pathlib import Path

import pytest

from benchmarks.chart import chart
from benchmarks.contestants import CACHED, FLOOR, LIMIT, NOT_MODIFIED, UNCACHED
from benchmarks.measure import Cell, ratio
from benchmarks.processes import Memory
from benchmarks.report import replaced, sweep_table, verdict_table
from benchmarks.run import Figures
from benchmarks.verdicts import flatness, verdicts

PAGE = Path(__file__).resolve().parents[3] / "docs" / "performance.md"
MEBIBYTE = 1024 * 1024


def cell(contestant: str, *, cpu: float, postgresql: float = 1.0, rate: float = 100.0, statements: int = 3) -> Cell:
    """Three rounds; the machine is twice as slow in the second."""
    slow = (1, 2, 1)
    return Cell(
        contestant,
        "listing",
        "Diwan",
        [],
        statements,
        8,
        [cpu * each for each in slow],
        [postgresql * each for each in slow],
        [rate / each for each in slow],
    )


def figures(*, news: int = 5000, uncached: float = 4.0, resident: int = 150, **changed: Cell) -> Figures:
    cells = {
        LIMIT: cell(LIMIT, cpu=1),
        FLOOR: cell(FLOOR, cpu=2),
        UNCACHED: cell(UNCACHED, cpu=uncached, postgresql=1.5, statements=8),
        CACHED: cell(CACHED, cpu=1.25, rate=80),
        NOT_MODIFIED: cell(NOT_MODIFIED, cpu=1),
        "graphene-django": cell("graphene-django", cpu=8),
        "wagtail-grapple": cell("wagtail-grapple", cpu=16),
    }
    memory = {"Diwan": [Memory(100 * MEBIBYTE, 90 * MEBIBYTE), Memory(resident * MEBIBYTE, 140 * MEBIBYTE)]}
    return Figures(
        news, {"listing": [*({**cells, **{each.contestant: each for each in changed.values()}}).values()]}, memory
    )


def test_a_ratio_is_the_median_of_the_rounds_ratios() -> None:
    assert ratio([2.0, 40.0, 6.0], [1.0, 20.0, 2.0]) == 2.0


def test_every_target_holds_at_its_bound() -> None:
    found = verdicts(figures())
    assert [each.holds for each in found] == [True] * 8
    assert [each.measured for each in found] == [
        "listing 2.00×",
        "listing 1.50×",
        "listing 0.50×",
        "listing 8",
        "listing 1.25×",
        "listing 0.80×",
        "listing 1.00×",
        "150 MiB resident, of which 140 MiB when shared pages are divided",
    ]


@pytest.mark.parametrize(
    ("changed", "failing"),
    [
        ({"a": cell(UNCACHED, cpu=4.1, postgresql=1.5)}, {0, 2}),
        ({"a": cell(UNCACHED, cpu=4, postgresql=1.6)}, {1}),
        ({"a": cell("graphene-django", cpu=7.9)}, {2}),
        ({"a": cell("graphene-django", cpu=100), "b": cell("wagtail-grapple", cpu=7.9)}, {2}),
        ({"a": cell(UNCACHED, cpu=4, postgresql=1.5, statements=9)}, {3}),
        ({"a": cell(CACHED, cpu=1.26, rate=80)}, {4}),
        ({"a": cell(CACHED, cpu=1.25, rate=79)}, {5}),
        ({"a": cell(NOT_MODIFIED, cpu=1.01)}, {6}),
        ({"resident": 200}, {7}),
    ],
)
def test_a_target_that_is_missed_does_not_hold(changed: dict[str, Cell], failing: set[int]) -> None:
    found = verdicts(figures(**changed))  # type: ignore[arg-type] # one is a number
    assert {place for place, each in enumerate(found) if not each.holds} == failing
    assert verdict_table(figures(**changed)).count("**does not hold**") == len(failing)  # type: ignore[arg-type] # as above


def test_peers_that_did_not_take_part_are_not_spoken_of() -> None:
    found = figures()
    found.cells["listing"] = [each for each in found.cells["listing"] if "gra" not in each.contestant]
    assert "best peer" not in verdict_table(found)
    assert len(verdicts(found)) == 7


def test_flat_is_measured_from_the_smallest_to_the_largest() -> None:
    scales = [figures(news=500), figures(news=5000, uncached=40), figures(news=50_000, uncached=5)]
    application, postgresql = flatness(scales)
    assert (application.holds, application.measured) == (True, "listing 1.25×")
    assert (postgresql.holds, postgresql.measured) == (True, "listing 1.00×")
    scales[2] = figures(news=50_000, uncached=5.1)
    assert not flatness(scales)[0].holds
    assert "from 500 to 50,000 news" in sweep_table(scales)


def test_answers_that_tell_more_may_cost_more() -> None:
    scales = [figures(news=500), figures(news=50_000, uncached=6)]
    assert not flatness(scales)[0].holds
    for each in scales[1].cells["listing"]:
        each.items = 2
    assert (flatness(scales)[0].holds, flatness(scales)[0].measured) == (True, "listing 0.75×")
    assert "| 1 → 2 |" in sweep_table(scales)


def test_what_is_between_the_marks_is_replaced() -> None:
    page = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n<!-- y: begin -->\n<!-- y: end -->\n"
    once = replaced(page, "x", "new")
    assert once == "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n<!-- y: begin -->\n<!-- y: end -->\n"
    assert replaced(once, "x", "new") == once
    with pytest.raises(ValueError, match="no place for z"):
        replaced(page, "z", "new")


def test_the_page_has_its_places() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("figures", "sweep"):
        assert replaced(text, name, "content") != text


def test_the_chart_shows_each_contestant_beside_the_floor() -> None:
    drawn = chart(figures())
    for each in figures().cells["listing"]:
        assert f">{each.contestant}</text>" in drawn
    assert drawn.count("<rect ") == 1 + 7
    for written in ("0.50", "1.00", "2.00", "4.00", "8.00"):
        assert f">{written}</text>" in drawn
