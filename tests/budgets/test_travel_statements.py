"""The statements of travel advice: the same for one sheet and for many, whatever their history."""

import pytest

from tests.budgets.counting import statements
from tests.factories.advice import advice_change, advice_make, advice_translate, section
from tests.factories.site import COUNTRIES, SiteTree

pytestmark = pytest.mark.django_db

# What comes before every answer in the transaction of a test (test_lists_and_relations.py).
FRONT = 3
SHEET = "title level levelLabel summary reviewedOn changeNote changeNoteLocale isMinorChange"

# Name: the query, and its statements beyond the first three. A sheet is its text, its facts and its note.
QUERIES: dict[str, tuple[str, int]] = {
    "list": (f"{{ travelAdvice(locale: AR, first: 100) {{ totalCount nodes {{ {SHEET} path }} }} }}", 3),
    "list, filtered": (
        '{ travelAdvice(locale: AR, filter: {country: ["MX", "BR"], minLevel: NORMAL, level: [NORMAL, HEIGHTENED], '
        'text: "المكسيك"}, orderBy: LEVEL_DESC) { totalCount nodes { title } } }',
        2,
    ),
    "list, by change": ("{ travelAdvice(locale: AR, orderBy: CHANGED_DESC) { nodes { title changedAt } } }", 3),
    "list, by translation": (
        "{ travelAdvice(locale: AR, filter: {translationStatus: [MISSING, UP_TO_DATE]}) { nodes { title } } }",
        3,
    ),
    "sheet → country": ("{ travelAdvice(locale: AR) { nodes { country { code name } } } }", 3),
    "sheet → parts": ("{ travelAdvice(locale: AR) { nodes { areas { name level locale } } } }", 3),
    "sheet → sections": ("{ travelAdvice(locale: AR) { nodes { sections { kind text { html } } } } }", 3),
    "sheet → history": ("{ travelAdvice(locale: AR) { nodes { history { note level advice { title } } } } }", 5),
    "country → sheet": (f"{{ countries(locale: AR) {{ nodes {{ travelAdvice {{ {SHEET} }} }} }} }}", 4),
    "country → sheet, whole": (
        "{ countries(locale: AR) { nodes { travelAdvice { level areas { name } sections { kind } changedAt "
        "history { note } country { code } } } } }",
        8,
    ),
    "changes": ("{ travelAdviceChanges(locale: AR) { nodes { note level publishedAt locale } } }", 1),
    "changes, counted": ("{ travelAdviceChanges(locale: AR, majorOnly: false) { totalCount nodes { note } } }", 2),
    "changes, filtered": (
        '{ travelAdviceChanges(locale: AR, since: "2020-01-01T00:00:00Z", country: ["MX"]) { nodes { note } } }',
        1,
    ),
    "changes → sheets": ("{ travelAdviceChanges(locale: AR) { nodes { advice { title level } } } }", 3),
}


def counted() -> dict[str, int]:
    return {name: statements(query)[0] - FRONT for name, (query, _budget) in QUERIES.items()}


def fill(tree: SiteTree, code: str, *, changes: int, translated: bool) -> None:
    sheet = advice_make(tree, code, areas={"Le nord": 3}, sections=[section("entry", "<p>Un visa.</p>")])
    if translated:
        advice_translate(sheet, "ar", title=str(tree.country["ar", code].title), areas=["الشمال"])
    for number in range(changes):
        advice_change(sheet, note=f"Note {number}.", introduction=f"Prudence {number}.")


def test_statements_do_not_grow_with_sheets_nor_with_their_history(site_tree: SiteTree) -> None:
    budgets = {name: budget for name, (_query, budget) in QUERIES.items()}
    fill(site_tree, "MX", changes=1, translated=True)
    assert counted() == budgets
    for place, code in enumerate(sorted(set(COUNTRIES) - {"MX"})):
        fill(site_tree, code, changes=place % 3, translated=place % 2 == 0)
    _number, data = statements(
        "{ travelAdvice(locale: AR) { nodes { areas { name } sections { kind } history { note } } } }"
    )
    nodes = data["travelAdvice"]["nodes"]
    assert len(nodes) == 8
    assert all(node["areas"] and node["sections"] and node["history"] for node in nodes)
    assert counted() == budgets


def test_the_path_and_the_id_of_a_sheet(site_tree: SiteTree) -> None:
    advice_make(site_tree)
    _number, data = statements("{ travelAdvice { nodes { id path } } }")
    [sheet] = data["travelAdvice"]["nodes"]
    asked = f'node(id: "{sheet["id"]}") {{ ... on TravelAdvice {{ {SHEET} }} }}'
    assert statements(f"{{ {asked} }}")[0] == FRONT + 3
    asked = f'route(path: "{sheet["path"]}") {{ ... on TravelAdvice {{ {SHEET} }} }}'
    assert statements(f"{{ {asked} }}")[0] == FRONT + 4
