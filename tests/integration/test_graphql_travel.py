"""Travel advice over HTTP: whole answers in each language, filters and orders, parts, sections, bad input, tags."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from api.cache.tags import page_tag
from api.connections import cursor_encode
from home.selectors.keys import key_of
from tests.asking import ask, body_of, codes_of, post
from tests.bodies import body_store
from tests.factories.advice import advice_change, advice_make, advice_translate, section
from tests.factories.kept_rows import kept
from travel.models import AlertLevel, SectionKind, TravelAdviceArea, TravelAdviceChange, TravelAdvicePage

pytestmark = pytest.mark.django_db

FIELDS = """
    title locale isFallback country { code name } level areas { name level locale } summary
    sections { kind text { html plainText } } reviewedOn changedAt changeNote changeNoteLocale isMinorChange
    history { publishedAt note isMinor level locale advice { title } }
"""
MOMENTS = {
    number: datetime.datetime(2026, month, 1, 8, 30, tzinfo=datetime.UTC) for number, month in ((1, 1), (2, 2), (3, 3))
}


def words(label: Any, code: str) -> str:
    with translation.override(code):
        return str(label)


@pytest.fixture
def sheet(site_tree) -> TravelAdvicePage:
    return _sheet_make(site_tree)


@kept
def _sheet_make(site_tree) -> TravelAdvicePage:
    """Published in French, corrected, changed, translated into Arabic before the last change."""
    sheet = advice_make(
        site_tree,
        level=2,
        areas={"Le nord": 4, "Le sud": 3},
        sections=[section("entry", "<p>Un <b>visa</b>.</p>"), section("health", "<p>Un vaccin.</p>")],
    )
    advice_translate(
        sheet, "ar", title="المكسيك", areas=["الشمال", "الجنوب"], sections=[section("entry", "<p>تأشيرة.</p>")]
    )
    sheet = advice_change(sheet, note="Une coquille.", introduction="Prudence !", is_minor_change=True)
    sheet = advice_change(sheet, note="Le niveau monte.", level=3, is_minor_change=False)
    order = TravelAdviceChange.objects.filter(locale_code="fr").order_by("pk")
    for change, moment in zip(order, MOMENTS.values(), strict=True):
        TravelAdviceChange.objects.filter(pk=change.pk).update(published_at=moment)
    TravelAdviceChange.objects.filter(locale_code="ar").update(published_at=MOMENTS[1])
    return sheet


CHANGES: list[dict[str, Any]] = [
    {
        "publishedAt": "2026-03-01T08:30:00+00:00", "note": "Le niveau monte.", "isMinor": False,
        "level": "ESSENTIAL_ONLY", "locale": "FR",
    },
    {
        "publishedAt": "2026-02-01T08:30:00+00:00", "note": "Une coquille.", "isMinor": True,
        "level": "HEIGHTENED", "locale": "FR",
    },
    {
        "publishedAt": "2026-01-01T08:30:00+00:00", "note": None, "isMinor": False,
        "level": "HEIGHTENED", "locale": "FR",
    },
]  # fmt: skip


def told(title: str, changes: list[dict]) -> list[dict]:
    return [{**change, "advice": {"title": title}} for change in changes]


FRENCH = {
    "title": "Mexique", "locale": "FR", "isFallback": False,
    "country": {"code": "MX", "name": "Mexique"}, "level": "ESSENTIAL_ONLY",
    "areas": [
        {"name": "Le nord", "level": "AVOID", "locale": "FR"},
        {"name": "Le sud", "level": "ESSENTIAL_ONLY", "locale": "FR"},
    ],
    "summary": "Prudence !",
    "sections": [
        {"kind": "ENTRY", "text": {"html": "<p>Un <strong>visa</strong>.</p>", "plainText": "Un visa."}},
        {"kind": "HEALTH", "text": {"html": "<p>Un vaccin.</p>", "plainText": "Un vaccin."}},
    ],
    "reviewedOn": "2026-01-15", "changedAt": "2026-03-01T08:30:00+00:00",
    "changeNote": "Le niveau monte.", "changeNoteLocale": "FR", "isMinorChange": False,
    "history": told("Mexique", CHANGES),
}  # fmt: skip
ANSWERS = {
    "FR": FRENCH,
    "ES": {**FRENCH, "isFallback": True, "country": {"code": "MX", "name": "México"}},
    "AR": {
        **FRENCH, "title": "المكسيك", "locale": "AR",
        "country": {"code": "MX", "name": "المكسيك"},
        "areas": [
            {"name": "الشمال", "level": "AVOID", "locale": "AR"},
            {"name": "الجنوب", "level": "ESSENTIAL_ONLY", "locale": "AR"},
        ],
        "summary": "المكسيك.",
        "sections": [{"kind": "ENTRY", "text": {"html": "<p>تأشيرة.</p>", "plainText": "تأشيرة."}}],
        "history": told("المكسيك", [*CHANGES[:2], {**CHANGES[2], "locale": "AR"}]),
    },
}  # fmt: skip


@pytest.mark.parametrize("locale", ANSWERS)
def test_the_whole_sheet_in_each_language(sheet, locale) -> None:
    """Levels and dates are the source's in every language; text is the page's own."""
    data = ask(
        f"{{ travelAdvice(locale: {locale}) {{ totalCount nodes {{ {FIELDS} }} }} "
        f'country(code: "MX", locale: {locale}) {{ travelAdvice {{ {FIELDS} }} }} }}'
    )
    assert data == {
        "travelAdvice": {"totalCount": 1, "nodes": [ANSWERS[locale]]},
        "country": {"travelAdvice": ANSWERS[locale]},
    }
    path = ask(f"{{ travelAdvice(locale: {locale}) {{ nodes {{ path }} }} }}")["travelAdvice"]["nodes"][0]["path"]
    assert ask(f'{{ route(path: "{path}") {{ ... on TravelAdvice {{ level }} }} }}') == {
        "route": {"level": "ESSENTIAL_ONLY"}
    }


def notes(arguments: str) -> tuple:
    [node] = ask(f"{{ travelAdvice({arguments}) {{ nodes {{ level changeNote changeNoteLocale }} }} }}")[
        "travelAdvice"
    ]["nodes"]
    return tuple(node.values())


def test_a_note_belongs_to_the_change_that_the_level_is_of(site_tree) -> None:
    """A translation's note on the change before is no word on this one; after a review the last note stays."""
    sheet = advice_make(site_tree, level=2)
    assert notes("locale: AR") == notes("locale: FR") == ("HEIGHTENED", None, None)
    sheet = advice_change(sheet, note="Plus calme.", level=1)
    advice_translate(sheet, "ar", title="المكسيك", note="أكثر هدوءا.")
    assert notes("locale: AR") == ("NORMAL", "أكثر هدوءا.", "AR")
    sheet = advice_change(sheet, note="Conflit.", level=4)
    assert notes("locale: AR") == notes("locale: ES") == ("AVOID", "Conflit.", "FR")
    assert notes("locale: AR, fallback: []") == ("AVOID", None, None)
    advice_translate(sheet, "ar", title="المكسيك", note="نزاع.")
    advice_change(sheet, note="Conflit.", reviewed_on=datetime.date(2026, 2, 1))
    advice_translate(sheet, "ar", title="المكسيك", note="نزاع.")
    assert notes("locale: AR") == ("AVOID", "نزاع.", "AR")
    assert notes("locale: FR") == ("AVOID", "Conflit.", "FR")
    TravelAdvicePage.objects.get(locale_code="ar").unpublish()
    assert notes("locale: AR") == ("AVOID", "Conflit.", "FR")


@pytest.mark.parametrize("locale", ["FR", "AR", "ES"])
def test_levels_and_sections_are_told_in_words(sheet, locale) -> None:
    data = ask(
        f"{{ travelAdvice(locale: {locale}) {{ nodes {{ locale levelLabel areas {{ levelLabel }} "
        f"sections {{ label }} history {{ levelLabel }} }} }} }}"
    )
    [node] = data["travelAdvice"]["nodes"]
    assert node["levelLabel"] == words(AlertLevel.ESSENTIAL_ONLY.label, locale.lower())
    assert node["areas"][0]["levelLabel"] == words(AlertLevel.AVOID.label, locale.lower())
    assert node["history"][-1]["levelLabel"] == words(AlertLevel.HEIGHTENED.label, locale.lower())
    # What stands above a text is in its language.
    assert node["sections"][0]["label"] == words(SectionKind.ENTRY.label, node["locale"].lower())


def test_a_part_without_a_name_in_the_language_is_named_along_the_chain(site_tree) -> None:
    sheet = advice_make(site_tree, areas={"Le nord": 4})
    advice_translate(sheet, "ar", title="المكسيك", areas=["الشمال"])
    draft = sheet.get_latest_revision_as_object()
    draft.areas = [*draft.areas.all(), TravelAdviceArea(name="Le sud", level=3, locale=draft.locale, sort_order=1)]
    draft.save_revision().publish()

    def areas(arguments: str) -> list[tuple]:
        data = ask(f"{{ travelAdvice({arguments}) {{ nodes {{ areas {{ name locale level }} }} }} }}")
        return [tuple(area.values()) for area in data["travelAdvice"]["nodes"][0]["areas"]]

    assert areas("locale: AR") == [("الشمال", "AR", "AVOID"), ("Le sud", "FR", "ESSENTIAL_ONLY")]
    assert areas("locale: AR, fallback: []") == [("الشمال", "AR", "AVOID"), (None, None, "ESSENTIAL_ONLY")]


def test_a_sheet_whose_source_is_hidden_shows_in_no_language(sheet) -> None:
    sheet.unpublish()
    asked = '{ travelAdvice(locale: AR) { nodes { title } } country(code: "MX", locale: AR) { travelAdvice { title } } '
    asked += "travelAdviceChanges(locale: AR, majorOnly: false) { totalCount } }"
    assert ask(asked) == {
        "travelAdvice": {"nodes": []},
        "country": {"travelAdvice": None},
        "travelAdviceChanges": {"totalCount": 0},
    }


def test_sections_that_are_damaged_are_left_out(site_tree) -> None:
    sheet = advice_make(site_tree)
    damaged = '[{"type": "section", "value": 3}, {"type": "section", "value": {"kind": "none", "text": "<p>x</p>"}}, '
    damaged += '{"type": "section", "value": {"kind": "money", "text": ""}}, {"type": "other", "value": {}}, '
    damaged += '{"type": "section", "value": {"kind": "money", "text": "<p>Pesos.</p>"}}]'
    body_store(sheet, damaged, field="sections")
    assert ask("{ travelAdvice { nodes { sections { kind text { plainText } } } } }") == {
        "travelAdvice": {"nodes": [{"sections": [{"kind": "MONEY", "text": {"plainText": "Pesos."}}]}]}
    }


# --- Lists ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def world(site_tree) -> None:
    _world_make(site_tree)


@kept
def _world_make(site_tree) -> None:
    for code, level in (("MX", 3), ("BR", 1), ("SN", 4), ("US", 1)):
        advice_make(site_tree, code, level=level, introduction=f"Conseils {code}.")
    advice_change(TravelAdvicePage.objects.get(title="Brésil"), note="Plus calme.", introduction="Calme.")


def titles(arguments: str) -> list[str]:
    data = ask(f"{{ travelAdvice({arguments}) {{ nodes {{ title }} }} }}")
    return [node["title"] for node in data["travelAdvice"]["nodes"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("first: 100", ["Brésil", "États-Unis", "Mexique", "Sénégal"]),
        ("orderBy: NAME_DESC", ["Sénégal", "Mexique", "États-Unis", "Brésil"]),
        ("orderBy: LEVEL_DESC", ["Sénégal", "Mexique", "Brésil", "États-Unis"]),
        ("orderBy: LEVEL_ASC", ["Brésil", "États-Unis", "Mexique", "Sénégal"]),
        ("orderBy: CHANGED_DESC", ["Brésil", "États-Unis", "Sénégal", "Mexique"]),
        ("orderBy: CHANGED_ASC, first: 1", ["Mexique"]),
        ("orderBy: null", ["Brésil", "États-Unis", "Mexique", "Sénégal"]),
        ("filter: {level: [NORMAL]}", ["Brésil", "États-Unis"]),
        ("filter: {level: []}", []),
        ("filter: {minLevel: ESSENTIAL_ONLY}", ["Mexique", "Sénégal"]),
        ("filter: {country: [\"mx\", \"SN\", \"MX\"]}", ["Mexique", "Sénégal"]),
        ('filter: {country: "ZZ"}', []),
        ('filter: {text: "calme"}', ["Brésil"]),
        ('filter: {text: "  "}', ["Brésil", "États-Unis", "Mexique", "Sénégal"]),
        ('filter: {text: "conseils", minLevel: AVOID, country: "SN", level: AVOID}', ["Sénégal"]),
        ("filter: {translationStatus: MISSING}", []),
        ("locale: AR, filter: {translationStatus: MISSING, minLevel: AVOID}", ["Sénégal"]),
    ],
)  # fmt: skip
def test_filters_and_orders(world, arguments, found) -> None:
    assert titles(arguments) == found


@pytest.mark.parametrize("order", ["NAME_ASC", "LEVEL_DESC", "CHANGED_DESC"])
def test_pages_of_the_list_follow_each_other(world, order) -> None:
    seen, after = [], ""
    for _page in range(4):
        data = ask(
            f"{{ travelAdvice(first: 1, orderBy: {order}{after}) "
            f"{{ nodes {{ title }} pageInfo {{ endCursor hasNextPage }} }} }}"
        )["travelAdvice"]
        seen += [node["title"] for node in data["nodes"]]
        after = f', after: "{data["pageInfo"]["endCursor"]}"'
    assert seen == titles(f"orderBy: {order}")
    assert not data["pageInfo"]["hasNextPage"]


def changes(arguments: str) -> list[str | None]:
    data = ask(f"{{ travelAdviceChanges({arguments}) {{ nodes {{ note }} }} }}")
    return [node["note"] for node in data["travelAdviceChanges"]["nodes"]]


@pytest.mark.parametrize(
    ("arguments", "notes"),
    [
        ("first: 10", ["Le niveau monte.", None]),
        ("majorOnly: false", ["Le niveau monte.", "Une coquille.", None]),
        ("majorOnly: null", ["Le niveau monte.", None]),
        ('since: "2026-01-15T00:00:00Z"', ["Le niveau monte."]),
        ('since: "2026-03-01T09:30:00+01:00"', ["Le niveau monte."]),
        ('since: "2026-03-01T09:30:01+01:00"', []),
        ('country: ["MX"], majorOnly: false, last: 2', ["Une coquille.", None]),
        ('country: "BR"', []),
        ("country: []", []),
    ],
)
def test_what_has_changed(sheet, arguments, notes) -> None:
    assert changes(arguments) == notes


def test_pages_of_changes_follow_each_other_both_ways(sheet) -> None:
    query = "{{ travelAdviceChanges(majorOnly: false, {0}) {{ totalCount edges {{ cursor node {{ note }} }} "
    query += "pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
    whole = ask(query.format("first: 100"))["travelAdviceChanges"]
    assert whole["totalCount"] == 3
    cursors = [edge["cursor"] for edge in whole["edges"]]
    after = ask(query.format(f'first: 1, after: "{cursors[0]}"'))["travelAdviceChanges"]
    assert (after["edges"], after["pageInfo"]) == (
        [whole["edges"][1]],
        {"hasNextPage": True, "hasPreviousPage": True},
    )
    before = ask(query.format(f'last: 2, before: "{cursors[2]}"'))["travelAdviceChanges"]
    assert before["edges"] == whole["edges"][:2]


SINCE, MALFORMED = "`since` must be a moment with its time zone", "The cursor is malformed."
CURSORS = [
    "x",
    *(
        cursor_encode("PUBLISHED_DESC", position)
        for position in (("x", 1), ("2026-01-01T00:00:00+00:00", -1), ("2026-01-01", 1), ("2026-01-01T00:00:00+00:00",))
    ),
]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('travelAdvice(filter: {country: "MEX"}) { totalCount }', "An ISO 3166-1 alpha-2 code has two letters."),
        (f'travelAdvice(filter: {{text: "{"x" * 201}"}}) {{ totalCount }}', "`text` may have 200 characters."),
        ("travelAdvice(first: 101) { totalCount }", "`first` must be between 0 and 100."),
        ("travelAdvice(first: 1, last: 1) { totalCount }", "Give either `first` or `last`, not both."),
        ('travelAdvice(after: "x") { nodes { title } }', MALFORMED),
        ('travelAdviceChanges(country: "M;") { totalCount }', "An ISO 3166-1 alpha-2 code has two letters."),
        ('travelAdviceChanges(since: "2026-01-01T00:00:00") { totalCount }', SINCE),
        ('travelAdviceChanges(since: "0001-01-01T00:00:00+14:00") { totalCount }', SINCE),
        ('travelAdviceChanges(since: "9999-12-31T23:59:59-14:00") { totalCount }', SINCE),
        *((f'travelAdviceChanges(after: "{cursor}") {{ nodes {{ note }} }}', MALFORMED) for cursor in CURSORS),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(sheet, query, message) -> None:
    response = post({"query": f"{{ {query} locales {{ code }} }}"})
    [error] = body_of(response)["errors"]
    assert codes_of(response) == ["BAD_USER_INPUT"]
    assert error["message"].startswith(message)
    # What stands beside it is answered all the same.
    assert len(body_of(response)["data"]["locales"]) == 3


@pytest.mark.parametrize("value", ['"yesterday"', "1", '"2026-13-01T00:00:00Z"', '""'])
def test_what_is_no_moment_is_no_query(sheet, value) -> None:
    response = post({"query": f"{{ travelAdviceChanges(since: {value}) {{ totalCount }} }}"})
    assert codes_of(response) == ["GRAPHQL_VALIDATION_FAILED"]


# --- Caches ---------------------------------------------------------------------------------------------------------
def tags_of(query: str) -> list[str]:
    tags: list[str] = Client().get("/graphql/", {"query": query})["Surrogate-Key"].split(" ")
    return tags


def test_answers_name_what_they_could_come_out_differently_by(site_tree) -> None:
    sheet = advice_make(site_tree)
    own, country = (
        page_tag(key_of(sheet.translation_key)),
        page_tag(key_of(site_tree.country["fr", "MX"].translation_key)),
    )
    assert tags_of("{ travelAdvice { totalCount } }") == ["diwan", own, "t-TravelAdvice"]
    assert tags_of('{ travelAdvice(filter: {country: "SN"}) { totalCount } }') == ["diwan", "t-TravelAdvice"]
    assert tags_of("{ travelAdviceChanges { totalCount } }") == ["diwan", "t-TravelAdvice"]
    senegal = page_tag(key_of(site_tree.country["fr", "SN"].translation_key))
    assert tags_of('{ country(code: "SN") { travelAdvice { level } } }') == ["diwan", senegal, "t-TravelAdvice"]
    assert sorted(tags_of('{ country(code: "MX") { travelAdvice { level } } }')) == sorted(
        ["diwan", country, own, "t-TravelAdvice"]
    )
