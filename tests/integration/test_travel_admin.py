"""Travel advice in the admin: the form and its note, the listing and its filters, the report."""

import datetime
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from regions.services.access import EDITORS
from tests.factories.advice import advice_change, advice_make, advice_translate
from tests.integration.translating import client_for, messages_of, speak_english
from tests.integration.translating import editor_make as locale_editor_make
from travel.models import TravelAdviceArea, TravelAdviceChange, TravelAdviceIndexPage, TravelAdvicePage

pytestmark = [pytest.mark.once, pytest.mark.django_db]

NOTE_IS_MISSING = "Say in a sentence what has changed for readers, even if the change is minor."


@pytest.fixture
def client(admin):
    return client_for(admin)


def form_data(site_tree, *, areas=(), initial=0, **changes) -> dict:
    """The POST data of the form."""
    return nested_form_data(
        {
            "title": "Mexique",
            "slug": "mexique",
            "record_key": "",
            "country": site_tree.country["fr", "MX"].pk,
            "level": 2,
            "areas": inline_formset(list(areas), initial=initial),
            "introduction": "Prudence.",
            "sections": streamfield([("section", {"kind": "entry", "text": rich_text("<p>Un visa.</p>")})]),
            "reviewed_on": "2026-01-15",
            "review_due_on": "",
            "change_note": "",
            "image": "",
            "image_alt": "",
            "image_credit": "",
            "body": streamfield([]),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            **changes,
        }
    )


def add_url() -> str:
    index = TravelAdviceIndexPage.objects.get(locale__language_code="fr")
    return reverse("wagtailadmin_pages:add", args=["travel", "traveladvicepage", index.pk])


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


PUBLISH = {"action-publish": "1"}
LIST = "/admin/travel_advice/"


@pytest.fixture
def sheet(client, site_tree):
    """A sheet that was published by the form."""
    advice_make(site_tree, "BR")  # so that the list of this language is there
    response = client.post(add_url(), {**form_data(site_tree), **PUBLISH})
    assert response.status_code == 302, response.context["form"].errors
    return TravelAdvicePage.objects.get(slug="mexique")


def errors_of(response) -> dict:
    assert response.status_code == 200
    with translation.override("en"):
        return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


def test_a_country_is_chosen_by_its_name_in_the_source_language(client, sheet) -> None:
    page = BeautifulSoup(client.get(add_url()).content, "html.parser")
    options = [option.text for option in page.select("select[name=country] option")]
    assert options == [
        "Choose…", "Argentine", "Brésil", "Cuba", "États-Unis", "Jamaïque", "Maroc", "Mexique", "Sénégal"
    ]  # fmt: skip


def test_a_change_that_readers_see_needs_a_note_and_nothing_is_saved_without(client, site_tree, sheet) -> None:
    revisions = sheet.revisions.count()
    response = client.post(edit_url(sheet), {**form_data(site_tree, level=4), **PUBLISH})
    assert errors_of(response) == {"change_note": [NOTE_IS_MISSING]}
    assert NOTE_IS_MISSING in response.content.decode()
    assert TravelAdvicePage.objects.get(pk=sheet.pk).level == 2
    assert sheet.revisions.count() == revisions
    response = client.post(edit_url(sheet), {**form_data(site_tree, level=4, change_note="Fermeture."), **PUBLISH})
    assert response.status_code == 302
    assert TravelAdvicePage.objects.get(pk=sheet.pk).level == 4
    assert list(TravelAdviceChange.objects.filter(page=sheet).values_list("level", "note", "is_minor")) == [
        (4, "Fermeture.", False),
        (2, "", False),
    ]


def test_a_part_of_the_country_counts_and_a_minor_change_needs_a_note_too(client, site_tree, sheet) -> None:
    rows = [{"name": "Le nord", "level": 4}]
    data = form_data(site_tree, areas=rows, is_minor_change="on")
    assert errors_of(client.post(edit_url(sheet), {**data, **PUBLISH})) == {"change_note": [NOTE_IS_MISSING]}
    assert not TravelAdviceArea.objects.filter(page=sheet).exists()
    data = form_data(site_tree, areas=rows, is_minor_change="on", change_note="Le nord.")
    assert client.post(edit_url(sheet), {**data, **PUBLISH}).status_code == 302
    area = TravelAdviceArea.objects.get(page=sheet)
    # The same again changes nothing, and what stood there is kept.
    same = form_data(
        site_tree, areas=[{"name": "Le nord", "level": 4, "id": area.pk}], initial=1, reviewed_on="2026-02-01"
    )
    assert client.post(edit_url(sheet), {**same, **PUBLISH}).status_code == 302
    page = TravelAdvicePage.objects.get(pk=sheet.pk)
    assert (page.change_note, page.is_minor_change, page.reviewed_on) == (
        "Le nord.",
        True,
        datetime.date(2026, 2, 1),
    )
    gone = form_data(site_tree, areas=[{"name": "Le nord", "level": 4, "id": area.pk, "DELETE": "1"}], initial=1)
    assert errors_of(client.post(edit_url(sheet), {**gone, **PUBLISH})) == {"change_note": [NOTE_IS_MISSING]}


def test_a_draft_needs_no_note(client, site_tree, sheet) -> None:
    response = client.post(edit_url(sheet), form_data(site_tree, level=4))
    assert response.status_code == 302
    assert TravelAdvicePage.objects.get(pk=sheet.pk).get_latest_revision_as_object().level == 4


def noted(client, page) -> tuple[Any, bool]:
    """What the form begins with: the note, and whether "minor" is ticked."""
    form = BeautifulSoup(client.get(edit_url(page)).content, "html.parser")
    return form.select_one("[name=change_note]").get("value", ""), form.select_one("[name=is_minor_change]").has_attr(
        "checked"
    )


def test_yesterday_s_note_is_not_published_again(client, site_tree, sheet) -> None:
    data = form_data(site_tree, level=3, change_note="Le niveau monte.", is_minor_change="on")
    client.post(edit_url(sheet), data)
    # A draft keeps its note until it is published.
    assert noted(client, sheet) == ("Le niveau monte.", True)
    client.post(edit_url(sheet), {**data, **PUBLISH})
    assert TravelAdvicePage.objects.get(pk=sheet.pk).change_note == "Le niveau monte."
    assert noted(client, sheet) == ("", False)
    assert errors_of(client.post(edit_url(sheet), {**form_data(site_tree, level=4), **PUBLISH})) == {
        "change_note": [NOTE_IS_MISSING]
    }


def test_the_note_of_a_schedule_is_not_published_again_by_a_later_draft(client, site_tree, sheet, monkeypatch) -> None:
    start = timezone.now()
    version = sheet.get_latest_revision_as_object()
    version.level, version.change_note = 3, "Note du lundi."
    version.go_live_at = start + datetime.timedelta(hours=1)
    version.save_revision().publish()
    # Who goes on writing before that day sees the note, which nobody has read yet.
    assert noted(client, sheet) == ("Note du lundi.", False)
    later = TravelAdvicePage.objects.get(pk=sheet.pk).get_latest_revision_as_object()
    later.level, later.go_live_at = 4, None
    later.save_revision()
    assert noted(client, sheet) == ("Note du lundi.", False)
    monkeypatch.setattr(timezone, "now", lambda: start + datetime.timedelta(hours=2))
    call_command("publish_scheduled")
    assert TravelAdviceChange.objects.filter(page=sheet).first().note == "Note du lundi."
    assert noted(client, sheet) == ("", False)
    assert errors_of(client.post(edit_url(sheet), {**form_data(site_tree, level=4), **PUBLISH})) == {
        "change_note": [NOTE_IS_MISSING]
    }


def test_a_selection_is_not_published_without_the_note(client, site_tree, sheet) -> None:
    client.post(edit_url(sheet), form_data(site_tree, level=4))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{url}?id={sheet.pk}&next={LIST}", {"include_descendants": ""}, follow=True)
    message = messages_of(response)[-1]
    assert f"what has changed: {NOTE_IS_MISSING}" in message
    assert TravelAdvicePage.objects.get(pk=sheet.pk).level == 2
    client.post(edit_url(sheet), form_data(site_tree, level=4, change_note="Fermeture."))
    client.post(f"{url}?id={sheet.pk}&next={LIST}", {"include_descendants": ""})
    assert TravelAdvicePage.objects.get(pk=sheet.pk).level == 4
    assert TravelAdviceChange.objects.filter(page=sheet).first().note == "Fermeture."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": ""}, "country"),
        ({"country": "999999"}, "country"),
        ({"country": "x' OR 1=1"}, "country"),
        ({"level": "5"}, "level"),
        ({"level": "-1"}, "level"),
        ({"level": "très"}, "level"),
        ({"reviewed_on": "2199-01-01"}, "reviewed_on"),
        ({"reviewed_on": "31/31/2026"}, "reviewed_on"),
        ({"review_due_on": "2026-01-15"}, "review_due_on"),
        ({"change_note": "x" * 501}, "change_note"),
    ],
)
def test_bad_input_is_refused_by_name_and_changes_nothing(client, site_tree, sheet, changes, field) -> None:
    before = TravelAdvicePage.objects.filter(pk=sheet.pk).values().get()
    response = client.post(edit_url(sheet), {**form_data(site_tree, **{"change_note": "x", **changes}), **PUBLISH})
    assert list(errors_of(response)) == [field]
    assert TravelAdvicePage.objects.filter(pk=sheet.pk).values().get() == before


def test_a_second_sheet_for_a_country_is_refused(client, site_tree, sheet) -> None:
    response = client.post(add_url(), {**form_data(site_tree, slug="encore", title="Encore"), **PUBLISH})
    assert errors_of(response) == {"country": ["Another page of this language already stands for this."]}


def test_a_translation_has_words_alone_and_says_where_the_facts_are(client, site_tree, sheet) -> None:
    sheet = advice_change(sheet, note="Le nord.", level=3)
    arabic = advice_translate(sheet, "ar", title="المكسيك", note="الشمال.")
    page = BeautifulSoup(client.get(edit_url(arabic)).content, "html.parser")
    assert page.select_one("[name=change_note]")["value"] == "الشمال."
    for name in ("country", "level", "reviewed_on", "review_due_on", "is_minor_change"):
        assert not page.select(f"[name={name}]"), name
    assert page.select_one(f'main a[href="{edit_url(sheet)}"]')


# --- The listing ----------------------------------------------------------------------------------------------------
def listed(client, **query) -> list[tuple[str, str]]:
    """Title and level of each row."""
    page = BeautifulSoup(client.get(reverse("travel_advice:index"), query).content, "html.parser")
    return [
        (row.select_one(".title-wrapper").get_text(" ", strip=True), row.select_one(".advice-tag").text)
        for row in page.select("table tbody tr")
    ]


@pytest.fixture
def sheets(site_tree):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    mexico = advice_make(site_tree, "MX", level=1)
    advice_make(site_tree, "BR", level=3, review_due_on=yesterday, reviewed_on=yesterday - datetime.timedelta(days=9))
    advice_make(site_tree, "SN", level=4, reviewed_on=None)
    advice_translate(mexico, "ar", title="المكسيك")
    advice_change(mexico, note="Le niveau monte.", level=2)


HEIGHTENED, ESSENTIAL, AVOID = (
    "Heightened vigilance",
    "Advised against unless for compelling reasons",
    "Formally advised against",
)


def test_the_listing_shows_the_source_s_level_in_every_language(client, sheets) -> None:
    assert sorted(listed(client)) == sorted(
        [("Brésil", ESSENTIAL), ("Mexique", HEIGHTENED), ("Sénégal", AVOID), ("المكسيك", HEIGHTENED)]
    )
    assert [level for _title, level in listed(client, ordering="-level")] == [AVOID, ESSENTIAL, HEIGHTENED, HEIGHTENED]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"level": ["2"]}, ["Mexique", "المكسيك"]),
        ({"level": ["3", "4"]}, ["Brésil", "Sénégal"]),
        ({"continent": "002"}, ["Sénégal"]),
        ({"continent": "019", "language": "ar"}, ["المكسيك"]),
        ({"review": "yes"}, ["Brésil"]),
        ({"language": "fr", "q": "Mexique"}, ["Mexique"]),
    ],
)
def test_filters_of_the_listing(client, sheets, query, titles) -> None:
    assert sorted(title for title, _level in listed(client, **query)) == sorted(titles)


def test_the_listing_costs_the_same_for_one_sheet_and_for_many(
    client, site_tree, django_assert_max_num_queries
) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(200) as captured:
            client.get(reverse("travel_advice:index"))
        return len(captured)

    advice_make(site_tree, "MX")
    cost()
    one = cost()
    for code in ("BR", "SN", "CU", "JM", "AR"):
        advice_make(site_tree, code)
    assert cost() == one


# --- The report -----------------------------------------------------------------------------------------------------
def reported(client, **query) -> list[str]:
    page = BeautifulSoup(client.get(reverse("travel_reports:unreviewed"), query).content, "html.parser")
    return [row.select_one("td").get_text(" ", strip=True) for row in page.select("table tbody tr")]


def test_the_report_names_what_nobody_has_reviewed_in_time(client, sheets) -> None:
    assert sorted(reported(client)) == ["Brésil", "Sénégal"]
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert re.search(r"Unreviewed advice", menu)


def test_the_report_is_exported(client, sheets) -> None:
    response = client.get(reverse("travel_reports:unreviewed"), {"export": "csv"})
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert lines[0] == "Title,Alert level,Reviewed,Next review,Owner"
    assert sorted(line.split(",")[0:2] for line in lines[1:]) == [["Brésil", ESSENTIAL], ["Sénégal", AVOID]]


def test_whoever_edits_no_french_sheet_is_shown_none(site_tree, sheets) -> None:
    arabic = client_for(locale_editor_make("ar"))
    assert reported(arabic) == []
    assert [title for title, _level in listed(arabic)] == ["المكسيك"]


def test_a_user_without_rights_on_pages_gets_neither(site_tree, sheets, django_user_model) -> None:
    user = django_user_model.objects.create_user("visitor", "visitor@example.org", "x")
    group = Group.objects.create(name="Visitors")
    group.permissions.add(*Group.objects.get(name=EDITORS).permissions.filter(codename="access_admin"))
    user.groups.add(group)
    speak_english(user)
    for name in ("travel_reports:unreviewed", "travel_advice:index"):
        assert client_for(user).get(reverse(name)).status_code == 302
