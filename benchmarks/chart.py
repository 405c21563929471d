"""The chart: how many times the floor's CPU each contestant spends, a panel for each question, logarithmic."""

import math
from html import escape

from benchmarks.contestants import CACHED, FLOOR, LIMIT, NOT_MODIFIED, UNCACHED
from benchmarks.measure import Cell, ratio
from benchmarks.run import Figures

_OWN = {LIMIT: "#9aa8b5", FLOOR: "#5b7083", UNCACHED: "#8c1d40", CACHED: "#2a7f62", NOT_MODIFIED: "#2a7f62"}
_PEER = "#d9a441"
_COLUMNS = 2
# Pixels: a bar's row; names left of the bars; the bars; figures right of them.
_ROW, _NAMES, _BARS, _FIGURES, _HEAD, _GAP = 17, 180, 240, 60, 40, 22
_TITLE = 60


def chart(figures: Figures) -> str:
    """An SVG document."""
    ratios = {
        question: [(cell, ratio(cell.cpu, _floor(cells).cpu)) for cell in cells]
        for question, cells in figures.cells.items()
    }
    values = [value for rows in ratios.values() for _cell, value in rows]
    low, high = math.floor(math.log10(min(values))), math.log10(max(values)) + 0.1
    rows = max(len(each) for each in ratios.values())
    width, height = _NAMES + _BARS + _FIGURES, _HEAD + rows * _ROW + 24
    panels = []
    for number, (question, bars) in enumerate(ratios.items()):
        x, y = number % _COLUMNS * (width + _GAP) + 10, number // _COLUMNS * (height + _GAP) + _TITLE
        panels.append(f'<g transform="translate({x} {y})">{_panel(question, bars, low, high)}</g>')
    all_width = _COLUMNS * (width + _GAP)
    all_height = _TITLE + math.ceil(len(ratios) / _COLUMNS) * (height + _GAP)
    title = "CPU of the application for one answer, as a multiple of hand-written SQL's"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {all_width} {all_height}" font-family="sans-serif" '
        f'font-size="11" fill="#222"><title>{title}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="10" y="26" font-size="15" font-weight="bold">{title}</text>'
        f'<text x="10" y="42" fill="#666">Logarithmic. Dashed: twice, the target for answers made anew.</text>'
        f"{''.join(panels)}</svg>\n"
    )


def _floor(cells: list[Cell]) -> Cell:
    return next(cell for cell in cells if cell.contestant == FLOOR)


def _panel(question: str, bars: list[tuple[Cell, float]], low: int, high: float) -> str:
    def place(value: float) -> float:
        return _NAMES + (math.log10(value) - low) / (high - low) * _BARS

    bottom = _HEAD + len(bars) * _ROW
    parts = [f'<text x="0" y="16" font-size="13" font-weight="bold">{escape(question)}</text>']
    for power in range(low, math.floor(high) + 1):
        x, one = place(10.0**power), power == 0
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_HEAD - 6}" y2="{bottom + 2}" stroke="{"#555" if one else "#ddd"}"/>'
            f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" fill="#666">{10.0**power:g}×</text>'
        )
    # The target for answers made anew.
    x = place(2)
    parts.append(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_HEAD - 6}" y2="{bottom + 2}" stroke="#8c1d40" stroke-dasharray="3 3"/>'
    )
    for number, (cell, value) in enumerate(bars):
        y, end, origin = _HEAD + number * _ROW, place(value), place(1)
        left, length = min(end, origin), max(1.5, abs(end - origin))
        weight = ' font-weight="bold"' if cell.contestant == UNCACHED else ""
        written = f"{value:.2f}" if value < 10 else f"{value:,.0f}"
        parts.append(
            f'<text x="{_NAMES - 8}" y="{y + 11}" text-anchor="end"{weight}>{escape(cell.contestant)}</text>'
            f'<rect x="{left:.1f}" y="{y + 1}" width="{length:.1f}" height="{_ROW - 5}" '
            f'fill="{_OWN.get(cell.contestant, _PEER)}"/>'
            f'<text x="{max(end, origin) + 5:.1f}" y="{y + 11}"{weight} stroke="#fff" stroke-width="3" '
            f'paint-order="stroke">{written}</text>'
        )
    return "".join(parts)
