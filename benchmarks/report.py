"""The figures as a table and a chart in docs/performance.md."""

import platform
from html import escape
from pathlib import Path

import django
import wagtail
from django.db import connection
from django.utils import timezone

from benchmarks.measure import Contestant, middle

ROOT = Path(__file__).resolve().parents[1]
_PAGE = ROOT / "docs" / "performance.md"
_CHART = ROOT / "docs" / "images" / "performance.svg"
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_COLOURS = ("#b8c4ce", "#5b7083", "#8c1d40", "#2a7f62", "#c98b1b")
_ROW, _LEFT, _WIDTH = 15, 250, 560


def report_write(table: dict[str, list[Contestant]], *, news: int, command: str) -> None:
    """Put the table and the chart in the place of the former ones."""
    text = _PAGE.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    figures = f"{_BEGIN}\n{_table(table, news=news, command=command)}\n{_END}"
    _PAGE.write_text(before + figures + after, encoding="utf-8")
    _CHART.write_text(_chart(table), encoding="utf-8")


def _table(table: dict[str, list[Contestant]], *, news: int, command: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    lines = [
        f"{timezone.localdate()}, `{command}`: {news:,} news in each of three locales; "
        f"Python {platform.python_version()}, Django {django.get_version()}, Wagtail {wagtail.__version__}, "
        f"PostgreSQL {server}.",
        "",
        "| | " + " | ".join(table) + " |",
        "|---|" + "---|" * len(table),
    ]
    names = [each.name for each in next(iter(table.values()))]
    for place, name in enumerate(names):
        cells = []
        for contestants in table.values():
            each, floor = contestants[place], contestants[1]
            ratio = middle(each.cpu) / middle(floor.cpu)
            cells.append(
                f"**{middle(each.cpu):.2f}** + {middle(each.postgresql):.1f} ms ({each.statements}), {ratio:.1f}×"
            )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _chart(table: dict[str, list[Contestant]]) -> str:
    longest = max(middle(each.cpu) for contestants in table.values() for each in contestants)
    parts, y = [], 24
    for question, contestants in table.items():
        parts.append(f'<text x="8" y="{y}" font-weight="bold">{escape(question)}</text>')
        y += 8
        for place, each in enumerate(contestants):
            value = middle(each.cpu)
            width = max(1, value / longest * _WIDTH)
            parts.append(
                f'<text x="16" y="{y + 11}">{escape(each.name)}</text>'
                f'<rect x="{_LEFT}" y="{y + 2}" width="{width:.1f}" height="{_ROW - 4}" fill="{_COLOURS[place % 5]}"/>'
                f'<text x="{_LEFT + width + 6:.1f}" y="{y + 11}">{value:.2f}</text>'
            )
            y += _ROW
        y += 22
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 60} {y}" font-family="sans-serif" '
        f'font-size="11"><title>CPU milliseconds of the application for one answer</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )
