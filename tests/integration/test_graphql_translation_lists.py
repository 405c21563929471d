"""Lists that are narrowed to states of translations, and the counts of what is in each."""

from typing import Any

import pytest

from regions.models import NewsPage
from tests.asking import ask
from tests.canaries import canaries_make
from tests.contract.site import site_fill
from tests.factories import SiteTree
from tests.integration.fresh_pages import changed, pair, published

pytestmark = pytest.mark.django_db


def fill(tree: SiteTree) -> dict[str, list[str]]:
    """News about Mexico in each state for Arabic readers, by the slugs of the items."""
    outdated, _page = pair(tree, 3, 2, countries=["MX"])
    current, _page = pair(tree, 2, 3, countries=["MX"])
    missing = tree.news("Sommet", slug="sommet", countries=["MX"], **published(1))
    own = tree.news("قمة", slug="qimma", locale="ar", countries=["MX"], **published(1))
    return {"OUTDATED": [outdated.slug], "UP_TO_DATE": sorted([current.slug, own.slug]), "MISSING": [missing.slug]}


LISTS = {
    "all": ("news(locale: AR, {}) {{ totalCount nodes {{ slug translation {{ status }} }} }}", ()),
    "of a country": (
        'country(code: "MX", locale: AR) {{ news({}) {{ totalCount nodes {{ slug translation {{ status }} }} }} }}',
        ("news",),
    ),
    "of a continent": (
        'continent(code: "019", locale: AR) {{ news({}) {{ totalCount nodes {{ slug translation {{ status }} }} }} }}',
        ("news",),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_news_are_narrowed_to_states(site_tree: SiteTree, name: str) -> None:
    expected = fill(site_tree)
    text, way = LISTS[name]

    def found(states: str) -> Any:
        [answer] = ask(f"{{ {text.format(f'filter: {{translationStatus: {states}}}')} }}").values()
        for key in way:
            answer = answer[key]
        slugs = sorted(node["slug"] for node in answer["nodes"])
        assert answer["totalCount"] == len(slugs)
        assert {node["translation"]["status"] for node in answer["nodes"]} <= set(states.strip("[]").split(", "))
        return slugs

    for status in ("SOURCE", "UP_TO_DATE", "OUTDATED", "PARTIAL", "MISSING"):
        assert found(f"[{status}]") == expected.get(status, []), status
    assert found("OUTDATED") == expected["OUTDATED"]
    assert found("[OUTDATED, MISSING]") == sorted(expected["OUTDATED"] + expected["MISSING"])
    assert found("[]") == []


def test_lists_of_places_are_narrowed_to_states(site_tree: SiteTree) -> None:
    source, continent = site_tree.country["fr", "MX"], site_tree.continent["fr", "002"]
    for page in site_tree.country.values():
        page.formal_name = page.capital = ""
        page.save()
    source.introduction = continent.introduction = "Un chapeau"
    source.save()
    continent.save()
    site_tree.country["ar", "CU"].unpublish()
    changed(site_tree.country["fr", "BR"], 20_000)

    def codes(root: str, state: str, more: str = "") -> list[str]:
        query = f"{{ {root}(locale: AR, orderBy: CODE_ASC, filter: {{translationStatus: [{state}]{more}}}) {{ totalCount nodes {{ code }} }} }}"  # noqa: E501
        found = ask(query)[root]
        assert found["totalCount"] == len(found["nodes"])
        return [node["code"] for node in found["nodes"]]

    assert codes("countries", "PARTIAL") == ["MX"]
    assert codes("countries", "OUTDATED") == ["BR"]
    assert codes("countries", "MISSING") == ["CU"]
    assert codes("countries", "UP_TO_DATE") == ["AR", "JM", "MA", "SN", "US"]
    assert codes("countries", "UP_TO_DATE", ', continent: "002"') == ["MA", "SN"]
    assert codes("countries", "SOURCE") == []
    assert codes("continents", "PARTIAL") == ["002"]
    assert codes("continents", "UP_TO_DATE") == ["019"]
    assert codes("continents", "UP_TO_DATE, PARTIAL", ', code: "002"') == ["002"]
    counts = ask("{ translationCoverage(locale: AR, pageType: COUNTRY) { total upToDate outdated partial missing } }")
    assert counts["translationCoverage"] == {
        "total": 8, "upToDate": 5, "outdated": 1, "partial": 1, "missing": 1,
    }  # fmt: skip


RECORD_INDEXES = (
    "MISSION_INDEX",
    "ORGANISATION_INDEX",
    "PERSON_INDEX",
    "EVENT_INDEX",
    "AGREEMENT_INDEX",
    "TRAVEL_ADVICE_INDEX",
)
COVERAGE = "{{ translationCoverage(locale: {}{}) {{ locale total source upToDate outdated partial missing }} }}"


def coverage(locale: str, page_type: str | None = None) -> dict[str, Any]:
    more = "" if page_type is None else f", pageType: {page_type}"
    found: dict[str, Any] = ask(COVERAGE.format(locale, more))["translationCoverage"]
    assert found["locale"] == locale
    return {name: number for name, number in found.items() if number and name != "locale"}


def test_coverage_counts_what_lists_show(site_tree: SiteTree) -> None:
    fill(site_tree)
    NewsPage.objects.filter(pk=site_tree.news("Sans date").pk).update(date=None)
    site_tree.news("Brouillon", live=False)
    assert coverage("AR", "NEWS_ITEM") == {"total": 4, "upToDate": 2, "outdated": 1, "missing": 1}
    assert coverage("FR", "NEWS_ITEM") == {"total": 3, "source": 3}
    assert coverage("ES", "NEWS_ITEM") == {"total": 3, "missing": 3}
    types = ("HOME_PAGE", "STANDARD_PAGE", "CONTINENT", "COUNTRY", "NEWS_ITEM", "NEWS_INDEX", *RECORD_INDEXES)
    each = [coverage("AR", name) for name in types]
    whole = coverage("AR")
    assert whole["total"] == sum(counts.get("total", 0) for counts in each) == 1 + 2 + 8 + 4 + 1 + 6
    assert whole == {
        name: number
        for name in ("total", "source", "upToDate", "outdated", "partial", "missing")
        if (number := sum(counts.get(name, 0) for counts in each))
    }


def test_coverage_and_lists_say_nothing_of_what_is_hidden(site_tree: SiteTree) -> None:
    site_fill(site_tree)
    questions = [
        COVERAGE.format(locale, more)
        for locale in ("FR", "AR", "ES")
        for more in (", pageType: HOME_PAGE", ", pageType: NEWS_INDEX")
    ]
    before = [ask(query) for query in questions]
    news = [coverage(locale, "NEWS_ITEM") for locale in ("FR", "AR", "ES")]
    canaries_make(site_tree)
    assert [ask(query) for query in questions] == before
    # One public item more, in French.
    after = [coverage(locale, "NEWS_ITEM") for locale in ("FR", "AR", "ES")]
    assert [counts["total"] for counts in after] == [counts["total"] + 1 for counts in news]
    assert (after[1]["missing"], after[2]["missing"]) == (news[1].get("missing", 0) + 1, news[2].get("missing", 0) + 1)
    for locale, status in (("FR", "SOURCE"), ("AR", "MISSING"), ("ES", "MISSING")):
        states = f"filter: {{translationStatus: [{status}]}}"
        found = ask(f"{{ news(locale: {locale}, first: 100, {states}) {{ nodes {{ title }} }} }}")
        assert found["news"]["nodes"]
        assert "CANARY" not in str(found)
