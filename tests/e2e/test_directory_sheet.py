"""The sheet of missions in a real browser: what reads in another direction begins where its column does."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser

import bulk
from home.selectors.locales import locale_direction
from tests.e2e.browser import BROWSER_MARKS, reader

pytestmark = BROWSER_MARKS
STYLE = Path(bulk.__file__).parent / "static/bulk/css/directory.css"
ADDRESS = "Calle de Ejemplo 1\n11000 Ciudad de México (ejemplo)"
STARTS = """() => [...document.querySelectorAll("h2 bdi, dd, dd bdi")].map(element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const rtl = document.documentElement.dir === "rtl";
  const [words, column] = [range, element.closest("h2, dl > div")].map(part => part.getBoundingClientRect());
  const start = rtl ? column.right - words.right : words.left - column.left;
  return [getComputedStyle(element).direction, Math.round(start)];
})"""


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_what_reads_in_another_direction_begins_where_its_column_does(browser: Browser, locale: str) -> None:
    entry: dict[str, Any] = {"title": "Ambassade du Maroc à Mexico (exemple)", "locale": "fr", "address": ADDRESS}
    contact = {"kind": "X", "purpose": "", "value": "+212 500 00 00 00", "url": ""}
    missions = [{"entry": entry, "kind": "x", "contacts": [contact]}]
    direction = locale_direction(locale)
    context = {"missions": missions, "locale": locale, "direction": direction, "today": date(2026, 12, 1)}
    with translation.override(locale):
        sheet = render_to_string("bulk/directory.html", {**context, "heading": ""})
    with reader(browser, locale) as page:
        page.set_content(sheet)
        page.add_style_tag(path=STYLE)
        column = 13 * 16
        # The title, the address, the number and what isolates it.
        assert page.evaluate(STARTS) == [["ltr", 0], ["ltr", column], [direction, column], ["ltr", column]]
