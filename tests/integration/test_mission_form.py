"""The form of a mission: its weeks, its map and its time zones, and what the server makes of times in any notation."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from missions.models import MissionOpening, MissionPage
from tests.factories.records import index_get
from tests.factories.small_site import user_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def add_url(client, site) -> str:
    client.force_login(user_make("chief", superuser=True))
    parent = index_get(MissionPage, home=site.home["fr"])
    return reverse("wagtailadmin_pages:add", args=["missions", "missionpage", parent.pk])


def mission_data(site, *, hours: list[dict], **changes) -> dict:
    return nested_form_data(
        {
            "title": "Ambassade à Mexico", "slug": "ambassade-a-mexico", "record_key": "", "direction": "abroad",
            "kind": "embassy", "host_country": site.country["fr", "MX"].pk, "sending_country": "",
            "sending_organisation": "", "city": "", "status": "open", "status_since": "", "working_languages": "",
            "status_precision": "day", "status_until": "", "status_history": inline_formset([]),
            "introduction": "", "address": "", "address_text": "", "latitude": "", "longitude": "",
            "time_zone": "America/Mexico_City", "district": "", "image": "", "image_alt": "", "image_credit": "",
            "body": streamfield([]), "comments": inline_formset([]), "seo_title": "", "search_description": "",
            "contacts": inline_formset([]), "services": inline_formset([]), "closures": inline_formset([]),
            "appointments": inline_formset([]), "accreditations": inline_formset([]),
            "opening_hours": inline_formset(hours), **changes,
        }
    )  # fmt: skip


def row(opens: str, closes: str) -> dict:
    return {"service": "", "weekday": "1", "opens": opens, "closes": closes}


def test_times_of_any_notation_are_kept(client, add_url, site) -> None:
    data = mission_data(site, hours=[row("9", "12h30"), row("2:30 pm", "٢٤:٠٠")])
    assert client.post(add_url, {**data, "action-publish": "1"}).status_code == 302
    kept = MissionOpening.objects.order_by("opens").values_list("opens", "closes")
    assert [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in kept] == [("09:00", "12:30"), ("14:30", "00:00")]


def test_hours_that_make_no_sense_are_told_at_their_field(client, add_url, site) -> None:
    for hours, errors in [
        ([row("quand", "12")], [["opens"]]),
        ([row("12", "9")], [["closes"]]),
        ([row("9", "12"), row("11h", "13h")], [[], ["opens"]]),
        ([{**row("9", "12"), "service": "visas"}], [["service"]]),
        ([{**row("9", "12"), "weekday": "8"}], [["weekday"]]),
    ]:
        response = client.post(add_url, {**mission_data(site, hours=hours), "action-publish": "1"})
        assert response.status_code == 200
        assert [list(form.errors) for form in response.context["form"].formsets["opening_hours"].forms] == errors
    response = client.post(add_url, {**mission_data(site, hours=[row("9", "12")], time_zone=""), "action-publish": "1"})
    assert list(response.context["form"].errors) == ["time_zone"]
    assert MissionPage.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"latitude": "91", "longitude": "0"}, ["latitude"]),
        ({"latitude": "nan", "longitude": "0"}, ["latitude"]),
        ({"latitude": "19.4"}, ["longitude"]),
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"host_country": ""}, ["host_country"]),
        ({"direction": "here"}, ["host_country", "sending_country"]),
    ],
)
def test_places_that_make_no_sense_are_told_at_their_field(client, add_url, site, changes, fields) -> None:
    data = mission_data(site, hours=[], **changes)
    response = client.post(add_url, {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert set(fields) <= set(response.context["form"].errors)
    assert MissionPage.objects.count() == 0


def test_the_form_brings_what_its_scripts_need(client, add_url, site) -> None:
    soup = BeautifulSoup(client.get(add_url).content, "lxml")
    [weeks] = soup.select("[data-diwan-hours]")
    told = json.loads(weeks.select_one("script").get_text())
    assert told["days"][0] == {"number": 1, "name": "Lundi"}
    assert len(told["services"]) == 6
    places = json.loads(soup.select_one("#diwan-places").get_text())
    assert places["countries"][str(site.country["fr", "SN"].pk)] == {"zones": ["Africa/Dakar"], "rests": [6, 7]}
    assert places["own"]["zones"] == ["Africa/Casablanca"]
    assert len(soup.select("#id_time_zone-names option")) > 400
    sources = {str(tag["src"]) for tag in soup.select("script[src]")}
    for name in ("opening_hours", "mission_map"):
        assert f"/static/missions/js/{name}.js" in {source.split("?")[0] for source in sources}
    # Nothing is asked of other hosts, and no script stands in the markup that is ours.
    world = soup.select_one("[data-diwan-map]")["data-world"]
    assert world == "/static/missions/img/world.svg"
    outline = Path(finders.find("missions/img/world.svg") or "").read_text(encoding="utf-8")
    assert "naturalearthdata.com" in outline
    assert len(outline) < 40_000
    assert not re.search(r"https?://(?!127\.0\.0\.1|localhost|testserver)", " ".join(sources))
