"""The history of travel advice: a row for each publication in each language, and a note for what readers notice."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone, translation

from tests.asking import ask
from tests.factories.advice import advice_change, advice_make, advice_translate, section
from tests.integration.translating import client_for, desk_open
from travel.models import TravelAdviceChange, TravelAdvicePage

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def english():
    """Messages as they are in the code, whatever the catalogues say."""
    with translation.override("en"):
        yield


def rows(**conditions) -> list[tuple]:
    """Language, level, note and whether it is minor, the oldest first."""
    found = TravelAdviceChange.objects.filter(**conditions).order_by("pk")
    return list(found.values_list("locale_code", "level", "note", "is_minor"))


def test_each_publication_has_its_row_and_the_first_is_never_minor(site_tree) -> None:
    sheet = advice_make(site_tree, level=2, is_minor_change=True)
    advice_change(sheet, note="Le niveau monte.", level=3, is_minor_change=False)
    advice_change(sheet, note="Une coquille.", introduction="Prudence !", is_minor_change=True)
    assert rows() == [
        ("fr", 2, "", False),
        ("fr", 3, "Le niveau monte.", False),
        ("fr", 3, "Une coquille.", True),
    ]


def test_a_review_without_a_change_is_a_minor_row_that_repeats_no_note(site_tree) -> None:
    sheet = advice_make(site_tree)
    sheet = advice_change(sheet, note="Le niveau monte.", level=3)
    advice_change(sheet, note="Le niveau monte.", reviewed_on=datetime.date(2026, 2, 1))
    assert rows()[-1] == ("fr", 3, "", True)


def test_drafts_and_schedules_leave_no_row_before_they_are_public(site_tree, monkeypatch) -> None:
    start = timezone.now()
    sheet = advice_make(site_tree)
    draft = sheet.get_latest_revision_as_object()
    draft.level, draft.change_note, draft.go_live_at = 4, "Fermeture.", start + datetime.timedelta(hours=1)
    revision = draft.save_revision()
    assert len(rows()) == 1
    revision.publish()
    assert len(rows()) == 1
    assert TravelAdvicePage.objects.get(pk=sheet.pk).level == 2
    monkeypatch.setattr(timezone, "now", lambda: start + datetime.timedelta(hours=2))
    for _look in range(2):
        call_command("publish_scheduled")
    assert rows() == [("fr", 2, "", False), ("fr", 4, "Fermeture.", False)]


def test_a_new_sheet_that_goes_live_later_has_no_row_until_then(site_tree, monkeypatch) -> None:
    start = timezone.now()
    sheet = advice_make(site_tree, live=False)
    draft = sheet.get_latest_revision_as_object() if sheet.latest_revision else sheet
    draft.go_live_at = start + datetime.timedelta(hours=1)
    draft.save_revision().publish()
    assert rows() == []
    monkeypatch.setattr(timezone, "now", lambda: start + datetime.timedelta(hours=2))
    call_command("publish_scheduled")
    assert rows() == [("fr", 2, "", False)]


def test_the_history_stays_when_the_sheet_is_unpublished(site_tree) -> None:
    sheet = advice_make(site_tree)
    advice_change(sheet, note="Le niveau monte.", level=3)
    TravelAdvicePage.objects.get(pk=sheet.pk).unpublish()
    assert len(rows()) == 2
    assert ask("{ travelAdviceChanges { totalCount nodes { note } } travelAdvice { totalCount } }") == {
        "travelAdviceChanges": {"totalCount": 0, "nodes": []},
        "travelAdvice": {"totalCount": 0},
    }


def test_a_person_cannot_publish_a_change_without_saying_what_it_is(site_tree, admin) -> None:
    sheet = advice_make(site_tree)
    with pytest.raises(ValidationError, match="Say in a sentence what has changed"):
        advice_change(sheet, level=4, user=admin)
    assert TravelAdvicePage.objects.get(pk=sheet.pk).level == 2
    assert len(rows()) == 1
    advice_change(sheet, level=2, reviewed_on=datetime.date(2026, 2, 1), user=admin)
    advice_change(sheet, level=4, note="Fermeture.", user=admin)
    assert rows()[-2:] == [("fr", 2, "", True), ("fr", 4, "Fermeture.", False)]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Le Mexique"},
        {"introduction": "Grande prudence."},
        {"sections": [section("entry", "<p>Deux visas.</p>")]},
        {"body": [{"type": "rich_text", "value": "<p>Plus.</p>"}]},
    ],
)
def test_whatever_readers_see_needs_a_note(site_tree, admin, change) -> None:
    with pytest.raises(ValidationError):
        advice_change(advice_make(site_tree), user=admin, **change)


def test_a_part_of_the_country_is_something_that_readers_see(site_tree, admin) -> None:
    sheet = advice_make(site_tree, areas={"Le nord": 3})
    draft = sheet.get_latest_revision_as_object()
    area = draft.areas.get()
    area.level = 4
    draft.areas = [area]
    with pytest.raises(ValidationError):
        draft.save_revision().publish(user=admin)
    assert TravelAdvicePage.objects.get(pk=sheet.pk).areas.get().level == 3


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reviewed_on": datetime.date(2126, 1, 1)}, "This day is still to come."),
        (
            {"reviewed_on": datetime.date(2026, 1, 2), "review_due_on": datetime.date(2026, 1, 1)},
            "The next review must come after the last one.",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_by_name(site_tree, fields, message) -> None:
    sheet = advice_make(site_tree)
    with pytest.raises(ValidationError) as caught:
        advice_change(sheet, **fields)
    assert caught.value.message_dict == {list(fields)[-1]: [message]}


def test_a_country_has_one_sheet_and_it_names_the_source_s_page(site_tree) -> None:
    advice_make(site_tree)
    with pytest.raises(ValidationError) as caught:
        advice_make(site_tree, title="Encore", slug="encore")
    assert caught.value.message_dict == {"country": ["Another page of this language already stands for this."]}
    with pytest.raises(ValidationError) as caught:
        advice_make(site_tree, "BR", country_id=site_tree.country["ar", "BR"].pk)
    assert list(caught.value.message_dict) == ["country"]


def test_what_a_translation_repeats_of_its_country_is_in_nobody_s_way(site_tree) -> None:
    """The Arabic page still says Mexico, which nobody reads there: the sheet was given to Brazil (ADR 0011)."""
    sheet = advice_make(site_tree)
    advice_translate(sheet, "ar", title="المكسيك")
    advice_change(sheet, note="Une autre fiche.", title="Brésil", country=site_tree.country["fr", "BR"])
    anew = advice_make(site_tree, slug="mexique-2")
    arabic = advice_translate(anew, "ar", title="المكسيك، من جديد")
    assert [arabic.live, TravelAdvicePage.objects.filter(locale_code="ar").count()] == [True, 2]
    asked = "{ country(code: %s, locale: AR) { travelAdvice { title } } }"
    for code, title in (('"BR"', "المكسيك"), ('"MX"', "المكسيك، من جديد")):
        assert ask(asked % code) == {"country": {"travelAdvice": {"title": title}}}


@pytest.mark.parametrize("live", [True, False])
def test_a_country_that_has_a_sheet_is_refused_in_drafts_too(site_tree, live) -> None:
    advice_make(site_tree)
    other = advice_make(site_tree, "BR", live=live)
    taken = {"country": ["Another page of this language already stands for this."]}
    with pytest.raises(ValidationError) as caught:
        advice_make(site_tree, title="Encore", slug="encore", live=live)
    assert caught.value.message_dict == taken
    other.country = site_tree.country["fr", "MX"]
    with pytest.raises(ValidationError) as caught:
        other.save()
    assert caught.value.message_dict == taken
    assert TravelAdvicePage.objects.filter(country__code="MX").count() == 1


# --- Translations ---------------------------------------------------------------------------------------------------
def test_a_translation_s_row_has_the_source_s_level_and_carries_its_change(site_tree) -> None:
    sheet = advice_make(site_tree, level=2)
    advice_translate(sheet, "ar", title="المكسيك")
    sheet = advice_change(sheet, note="Le niveau monte.", level=4)
    arabic = advice_translate(sheet, "ar", title="المكسيك!", note="ارتفع المستوى.")
    assert arabic.level == 2
    assert rows(locale_code="ar") == [("ar", 2, "", False), ("ar", 4, "ارتفع المستوى.", False)]
    carried = TravelAdviceChange.objects.filter(locale_code="ar").order_by("pk").values_list("source_change__note")
    assert [note for (note,) in carried] == ["", "Le niveau monte."]


def test_a_corrected_translation_is_a_minor_change(site_tree) -> None:
    sheet = advice_make(site_tree)
    advice_translate(sheet, "ar", title="المكسيك")
    advice_translate(sheet, "ar", title="المكسيك (مصحح)", note="تصحيح")
    assert [row[3] for row in rows(locale_code="ar")] == [False, True]


def history(locale: str) -> list[tuple]:
    data = ask(
        f"{{ travelAdvice(locale: {locale}) {{ nodes {{ history {{ locale note level isMinor }} }} }} "
        f"travelAdviceChanges(locale: {locale}) {{ nodes {{ locale note level isMinor }} }} }}"
    )
    told = [change for change in data["travelAdvice"]["nodes"][0]["history"] if not change["isMinor"]]
    assert told == data["travelAdviceChanges"]["nodes"]
    return [(change["locale"], change["note"], change["level"]) for change in told]


def test_readers_are_told_of_a_change_in_the_source_s_words_until_it_is_translated(site_tree) -> None:
    sheet = advice_make(site_tree, level=2)
    advice_translate(sheet, "ar", title="المكسيك")
    sheet = advice_change(sheet, note="Le niveau monte.", level=4)
    first, source = ("AR", None, "HEIGHTENED"), ("FR", "Le niveau monte.", "AVOID")
    assert history("AR") == [source, first]
    arabic = advice_translate(sheet, "ar", title="المكسيك!", note="ارتفع المستوى.")
    assert history("AR") == [("AR", "ارتفع المستوى.", "AVOID"), first]
    assert history("ES") == history("FR") == [source, ("FR", None, "HEIGHTENED")]
    arabic.unpublish()
    assert history("AR") == history("FR")


def test_a_translation_published_from_an_older_text_leaves_the_new_change_to_the_source(site_tree, admin) -> None:
    sheet = advice_make(site_tree, level=2)
    desk = desk_open(client_for(admin), sheet, "ar")
    desk.translate_all("ع ")
    advice_change(sheet, note="Le niveau monte.", level=4)
    desk.publish()
    assert rows(locale_code="ar") == [("ar", 4, "", False)]
    assert [change[1] for change in history("AR")] == [None, "Le niveau monte."]
    carried = TravelAdviceChange.objects.get(locale_code="ar").source_change
    assert (carried.locale_code, carried.note) == ("fr", "")


def test_the_note_is_translated_with_the_text(site_tree, admin) -> None:
    sheet = advice_make(site_tree)
    sheet = advice_change(sheet, note="Le niveau monte.", level=4)
    desk = desk_open(client_for(admin), sheet, "ar")
    desk.translate_all("ع ")
    desk.publish()
    assert rows(locale_code="ar") == [("ar", 4, "ع Le niveau monte.", False)]
    assert history("AR")[0] == ("AR", "ع Le niveau monte.", "AVOID")


def test_a_raised_level_stays_told_when_only_its_note_is_translated(site_tree, admin) -> None:
    """The translation's own text is as before: the change that it tells of is the source's, and no smaller."""
    sheet = advice_make(site_tree, level=1)
    desk = desk_open(client_for(admin), sheet, "ar")
    desk.translate_all("ع ")
    desk.publish()
    advice_change(sheet, note="Niveau relevé : conflit.", level=4)
    asked = "{ travelAdviceChanges(locale: AR) { totalCount nodes { locale note level isMinor } } }"
    first = {"locale": "AR", "note": None, "level": "NORMAL", "isMinor": False}
    source = {"locale": "FR", "note": "Niveau relevé : conflit.", "level": "AVOID", "isMinor": False}
    assert ask(asked) == {"travelAdviceChanges": {"totalCount": 2, "nodes": [source, first]}}
    desk.record.source.update_from_db()
    desk.translate_all("ع ")
    desk.publish()
    told = {**source, "locale": "AR", "note": "ع Niveau relevé : conflit."}
    assert ask(asked) == {"travelAdviceChanges": {"totalCount": 2, "nodes": [told, first]}}
    feed = client_for(admin).get("/feeds/travel-advice/ar.atom").content.decode()
    assert feed.count("<entry") == 2
    assert "ع Niveau relevé : conflit." in feed
    assert rows(locale_code="ar") == [("ar", 1, "", False), ("ar", 4, "ع Niveau relevé : conflit.", False)]


def test_a_translation_published_again_tells_nothing_twice(site_tree) -> None:
    sheet = advice_make(site_tree, level=2)
    sheet = advice_change(sheet, note="Le niveau monte.", level=4)
    advice_translate(sheet, "ar", title="المكسيك", note="ارتفع المستوى.")
    # Once more, and after a review of the source that changed nothing.
    advice_translate(sheet, "ar", title="المكسيك", note="ارتفع المستوى.")
    advice_change(sheet, note="Le niveau monte.", reviewed_on=datetime.date(2026, 2, 1))
    advice_translate(sheet, "ar", title="المكسيك", note="ارتفع المستوى.")
    assert rows(locale_code="ar") == [("ar", 4, "ارتفع المستوى.", False), ("ar", 4, "", True), ("ar", 4, "", True)]
