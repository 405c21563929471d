"""The form of a mission in a real browser: the weeks of opening hours, the map, the time zones; French and Arabic."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import BROWSER_MARKS, log_in, reader
from tests.e2e.conftest import PASSWORD, Served

pytestmark = BROWSER_MARKS
PREPARE = """
import datetime
from home.models import HomePage
from missions.models import MissionOpening, MissionPage, MissionService
from regions.models import CountryPage
from tests.factories.records import record_make

record_make(
    MissionPage,
    home=HomePage.objects.get(locale__language_code="fr"),
    title="Ambassade à Mexico %(name)s",
    kind="embassy",
    host_country=CountryPage.objects.get(code="MX", locale_code="fr"),
    time_zone="America/Mexico_City",
    rows={
        "services": [MissionService(kind="visas")],
        "opening_hours": [
            MissionOpening(weekday=1, opens=datetime.time(9), closes=datetime.time(12)),
            MissionOpening(weekday=2, opens=datetime.time(9), closes=datetime.time(12)),
            MissionOpening(weekday=2, opens=datetime.time(14), closes=datetime.time(16)),
        ],
    },
)
"""
LANGUAGES = [("fr", "ltr"), ("ar", "rtl")]


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with reader(browser, request.node.callspec.params["language"]) as page:
        yield page


@pytest.fixture
def form(page: Page, site: Served, request: pytest.FixtureRequest) -> Page:
    """The form of a mission of this test's own, opened by the superuser."""
    name = request.node.name.replace("[", "-").replace("]", "").replace("_", "-")
    site.manage("shell", "--no-imports", "-c", PREPARE % {"name": name})
    [[found]] = _rows(site, "SELECT page_ptr_id FROM missions_missionpage ORDER BY page_ptr_id DESC LIMIT 1")
    log_in(page, site.base, "admin", PASSWORD)
    page.goto(f"{site.base}/admin/pages/{found}/edit/")
    page.locator(".diwan-hours__day").first.wait_for()
    return page


def _rows(site: Served, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(site.database) as connection:
        return connection.execute(query, values).fetchall()


def stored(site: Served) -> list[tuple[Any, ...]]:
    """(id, service, day, opens, closes) of the newest mission's published rows."""
    query = (
        "SELECT id, service, weekday, substr(opens, 1, 5), substr(closes, 1, 5) FROM missions_missionopening "
        "WHERE page_id = (SELECT max(page_ptr_id) FROM missions_missionpage) ORDER BY service, weekday, opens"
    )
    return _rows(site, query)


def day(page: Page, key: str) -> Locator:
    return page.locator(f'[data-day="{key}"]')


def write(page: Page, key: str, index: int, opens: str, closes: str) -> None:
    """Write one pair of times with the keyboard alone."""
    day(page, key).locator('[data-time="opens"]').nth(index).fill(opens)
    page.keyboard.press("Tab")
    page.keyboard.type(closes)
    page.keyboard.press("Tab")


def publish(page: Page) -> None:
    with page.expect_navigation():
        page.evaluate(
            """() => {
              const button = document.querySelector("[name='action-publish']");
              button.form.requestSubmit(button);
            }"""
        )


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_hours_are_written_as_weeks(form: Page, site: Served, language: str, direction: str) -> None:
    before = stored(site)
    assert [row[1:] for row in before] == [
        ("", 1, "09:00", "12:00"),
        ("", 2, "09:00", "12:00"),
        ("", 2, "14:00", "16:00"),
    ]
    assert form.locator("#id_opening_hours-FORMS").is_visible() is False
    assert form.locator(".diwan-hours__line").count() == 2
    assert day(form, "-1").evaluate("element => getComputedStyle(element).direction") == direction
    assert day(form, "-1").locator("input").first.evaluate("element => getComputedStyle(element).direction") == "ltr"
    # Monday comes where the reader begins.
    monday, tuesday = (day(form, key).bounding_box() for key in ("-1", "-2"))
    assert monday
    assert tuesday
    assert (monday["x"] < tuesday["x"]) is (direction == "ltr")

    # An afternoon is added to Monday by the keyboard, in the way people write times.
    day(form, "-1").locator('[data-action="add"]').focus()
    form.keyboard.press("Enter")
    form.keyboard.type("14h30" if language == "fr" else "٢:٣٠ م")
    form.keyboard.press("Tab")
    form.keyboard.type("17")
    form.keyboard.press("Tab")
    expect(day(form, "-1").locator('[data-time="opens"]').nth(1)).to_have_value("14:30")
    expect(day(form, "-1").locator('[data-time="closes"]').nth(1)).to_have_value("17:00")
    expect(day(form, "-1").locator(":focus")).to_have_class("diwan-hours__remove")
    day(form, "-1").locator('[data-action="copy"]').focus()
    form.keyboard.press("Enter")
    expect(day(form, "-5").locator("input")).to_have_count(4)
    assert day(form, "-6").locator("input").count() == 0
    day(form, "-3").locator('[data-action="close"]').click()

    # Visas have hours of their own on Thursday.
    day(form, "visas-4").locator('[data-action="add"]').click()
    form.keyboard.type("930")
    form.keyboard.press("Tab")
    form.keyboard.type("24:00")
    form.keyboard.press("Tab")
    expect(day(form, "visas-4").locator('[data-time="closes"]')).to_have_value("00:00")

    publish(form)
    after = stored(site)
    morning, afternoon = ("09:00", "12:00"), ("14:30", "17:00")
    assert [row[1:] for row in after] == [
        *(("", number, *hours) for number in (1, 2, 4, 5) for hours in (morning, afternoon)),
        ("visas", 4, "09:30", "00:00"),
    ]
    # What was not touched is the same row; what was changed is, too.
    kept = {row[0] for row in before}
    assert [row[0] for row in after if row[0] in kept] == [row[0] for row in before]


@pytest.mark.parametrize(("language", "direction"), LANGUAGES[1:])
def test_what_is_wrong_with_hours_is_said_where_it_was_written(
    form: Page, site: Served, language: str, direction: str
) -> None:
    before = stored(site)
    write(form, "-1", 0, "quand", "12")
    note = day(form, "-1").locator(".diwan-hours__note")
    expect(note).to_be_visible()
    write(form, "-1", 0, "12", "9")
    expect(note).to_be_visible()
    write(form, "-1", 0, "9", "12")
    expect(note).to_be_hidden()
    write(form, "-2", 1, "11h", "16h")
    expect(day(form, "-2").locator(".diwan-hours__note").nth(1)).to_be_visible()
    form.evaluate(
        """() => {
          const button = document.querySelector("[name='action-publish']");
          button.form.requestSubmit(button);
        }"""
    )
    form.wait_for_load_state("networkidle")
    # The server refuses it, too, and says so in the week.
    expect(day(form, "-2").locator(".diwan-hours__note").nth(1)).to_be_visible()
    assert form.locator("#id_opening_hours-FORMS").is_visible() is False
    assert stored(site) == before


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_mission_is_placed_on_the_map(form: Page, site: Served, language: str, direction: str) -> None:
    latitude, longitude = form.locator("#id_latitude"), form.locator("#id_longitude")
    picture = form.locator(".diwan-map__picture")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    # East is on the right in Arabic, too: a quarter of the width from the left is 90 degrees west.
    picture.click(position={"x": box["width"] / 4, "y": box["height"] / 4})
    assert abs(float(longitude.input_value()) + 90) < 1
    assert abs(float(latitude.input_value()) - 45) < 1
    longitude.fill("-90")
    latitude.fill("45")
    picture.focus()
    form.keyboard.press("ArrowRight")
    form.keyboard.press("ArrowDown")
    assert (latitude.input_value(), longitude.input_value()) == ("40", "-85")
    for _ in range(3):
        form.keyboard.press("+")
    form.keyboard.press("ArrowLeft")
    form.keyboard.press("Shift+ArrowUp")
    assert (latitude.input_value(), longitude.input_value()) == ("40.063", "-85.625")
    # The mark is dragged.
    mark = form.locator(".diwan-map__mark").bounding_box()
    assert mark
    form.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    form.mouse.down()
    form.mouse.move(mark["x"] + mark["width"] / 2 + 80, mark["y"] + mark["height"] / 2, steps=4)
    form.mouse.up()
    assert float(longitude.input_value()) > -84
    # The fields are the truth.
    latitude.fill("19.4326")
    longitude.fill("-99.1332")
    expect(form.locator(".diwan-map__said")).to_contain_text("-99.1332")
    publish(form)
    assert _rows(site, "SELECT latitude, longitude FROM missions_missionpage ORDER BY page_ptr_id DESC LIMIT 1") == [
        (19.4326, -99.1332)
    ]


@pytest.mark.parametrize(("language", "direction"), LANGUAGES[:1])
def test_time_zones_of_the_host_country_are_offered(form: Page, language: str, direction: str) -> None:
    field = form.locator("#id_time_zone")
    zones = form.locator(".diwan-zones__zone")
    assert "America/Tijuana" in zones.all_inner_texts()
    zones.filter(has_text="America/Tijuana").click()
    expect(field).to_have_value("America/Tijuana")
    field.fill("")
    senegal = json.loads(
        form.locator("#diwan-places").inner_text() or form.locator("#diwan-places").text_content() or ""
    )
    [key] = [pk for pk, place in senegal["countries"].items() if place["zones"] == ["Africa/Dakar"]]
    form.locator("#id_host_country").select_option(key)
    expect(field).to_have_value("Africa/Dakar")
    assert form.locator("#id_time_zone-names option").count() > 400
