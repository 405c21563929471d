"""The real page of the old portal, item by item.

Its text stands beside the checkout and stays out of it: parts are compared by hash (the first 16 hexadecimal digits of
SHA-256), everything else by codes. Continuous integration has the file and fails without it.
"""

import datetime
import hashlib
import html
import os
import re
from pathlib import Path

import pytest
from django.urls import reverse

from regions.models import ContinentPage, NewsPage
from tests.factories import SiteTree, site_tree_make
from tests.importing import continent_answer, outcomes, run_import, snapshot

pytestmark = [pytest.mark.once, pytest.mark.django_db]

FILE = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "000_879b9f51e3c221ce.txt"
DAY = datetime.date(2017, 6, 30)
COUNTRIES = ("MA", "AG", "BR", "CL", "CU", "DM", "GT", "JM", "LC", "MX", "US", "VE")

HEADING = "d15a8601f6ce7714"
PARAGRAPHS = [
    "4cc90d1ff6d93746",
    "890e16265112178a",
    "9111c6a142360b19",
    "d028e77291664911",
    "f14c5ef883a7449c",
    "8abdbd5a685809db",
    "95cdce19e6a11da4",
    "282a0764a1e8718e",
    "c8cec85ac5cc613c",
    "2b4ae7ea8f345063",
    "eabf2ba011e3e04a",
    "6e1ffe5506dad356",
    "124ce0b6a5d71166",
    "7c6d6b4dd4b23650",
]
# Hash of the title, kind, countries, organisations recognised.
NEWS = [
    ("6024063780b315e3", "humanitarian-aid", ["AG", "DM"], []),
    ("f6a31ef76e30be53", "meeting", ["US"], []),
    ("c5cb62b92289e5c0", "meeting", ["BR"], []),
    ("b7c970f091cf375b", "meeting", ["US"], []),
    ("ef7ea8a50108367c", "credentials", ["MX"], []),
    ("472a4e2e817235fa", "meeting", ["GT"], []),
    ("27f6c45bb0a7e4a2", "meeting", [], ["UN"]),
    ("7f89c6543083edc8", "communique", ["LC"], []),
    ("591e15b8939c8681", "consultations", ["BR"], []),
    ("2e07ebe00b479e3f", "meeting", ["US"], []),
    ("b6d36cc470577e27", "communique", ["US"], []),
    ("c5b466749b38cad9", "meeting", ["CL"], []),
    ("5c85120e9039aa85", "communique", ["CU"], []),
    ("6e9919d318c48a9f", "communique", ["VE"], []),
    ("156471802520bec8", "meeting", ["US"], []),
    ("3b58bc57ca1c14b1", "multilateral", [], ["GLOBAL-COALITION"]),
    ("1e0fbe0db80722c9", "credentials", ["GT"], []),
    ("5bbcce78484b4ada", "meeting", ["JM"], []),
    ("dfc52b78d094bddf", "other", ["JM"], []),
    ("7188f407d74557cf", "communique", ["US"], []),
]
FATES = (
    ["navigation"] * 4
    + ["blank", "menu label", "heading", "blank"]
    + [fate for number in range(1, 15) for fate in ("blank", f"paragraph {number}")]
    + ["blank"]
    + [f"news item {number}" for number in range(1, 21)]
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.fixture
def page() -> Path:
    if not FILE.is_file():
        reason = "the real page is not beside this checkout (../shared/seeds)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and continuous integration must have it")
        pytest.skip(reason)
    return FILE


@pytest.fixture
def site(db: None) -> SiteTree:
    return site_tree_make(continents=("019", "002"), countries=COUNTRIES)


def imported() -> tuple[ContinentPage, list[NewsPage]]:
    return (
        ContinentPage.objects.get(code="019", locale__language_code="fr"),
        list(NewsPage.objects.order_by("path")),
    )


def test_it_is_imported_part_by_part(page, site):
    before = snapshot()
    told = run_import(page, dry_run=True)
    assert snapshot() == before

    report = run_import(page, publish=True, date=DAY)
    continent, news = imported()

    assert (continent.menu_label, digest(continent.heading)) == ("Amérique", HEADING)
    assert [block.block_type for block in continent.body] == ["rich_text"]
    paragraphs = re.findall(r'<p data-block-key="p\d{4}">(.*?)</p>', continent.body[0].value.source)
    assert [digest(html.unescape(paragraph)) for paragraph in paragraphs] == PARAGRAPHS
    assert continent.live
    assert not continent.has_unpublished_changes

    found = [
        (digest(item.title), item.kind.slug, [link.country.code for link in item.country_links.all()]) for item in news
    ]
    assert found == [(title, kind, countries) for title, kind, countries, _organisations in NEWS]
    # Without numbers the database may give them in any order.
    assert all(
        [link.sort_order for link in item.country_links.all()] == list(range(item.country_links.count()))
        for item in news
    )
    assert [(item.live, item.date, item.locale.language_code) for item in news] == [(True, DAY, "fr")] * 20
    # Every country stands below this continent, so only the items without one are linked to it.
    assert [
        number for number, item in enumerate(news, start=1) if item.continent_links.filter(continent=continent).exists()
    ] == [7, 16]

    assert [item["organisations"] for item in report["news"]] == [organisations for *_rest, organisations in NEWS]
    assert [item["ambiguous"] for item in report["news"]] == [[]] * 20
    assert [item["withoutPage"] for item in report["news"]] == [[]] * 20
    assert outcomes(report) == outcomes(told) == ["created"] * 20
    assert report["warnings"] == []
    assert report["encoding"] == {"name": "utf-8", "assumption": ""}


def test_each_of_its_57_lines_is_accounted_for(page, site):
    report = run_import(page, dry_run=True)
    assert [f"{line['fate']} {line['part']}" if line["part"] else line["fate"] for line in report["lines"]] == FATES
    assert [line["text"] for line in report["lines"]] == page.read_text(encoding="utf-8").split("\n")
    assert report["summary"]["undated"] == 20
    assert not any(item["dateInFile"] for item in report["news"])


def test_a_second_run_changes_nothing(page, site):
    run_import(page)
    before = snapshot()
    report = run_import(page)
    assert (report["continent"]["outcome"], set(outcomes(report))) == ("unchanged", {"unchanged"})
    assert snapshot() == before


def test_it_is_answered_by_graphql_and_opens_in_the_admin(page, site, client, admin_client):
    run_import(page, publish=True, date=DAY)
    continent = continent_answer(client, code="019")
    assert (continent["menuLabel"], digest(continent["heading"])) == ("Amérique", HEADING)
    (block,) = continent["body"]
    paragraphs = [line for line in block["content"]["plainText"].split("\n") if line]
    assert [digest(paragraph) for paragraph in paragraphs] == PARAGRAPHS
    assert continent["news"]["totalCount"] == 20
    found = {
        (digest(node["title"]), node["kind"]["slug"], tuple(country["code"] for country in node["countries"]["nodes"]))
        for node in continent["news"]["nodes"]
    }
    assert found == {(title, kind, tuple(countries)) for title, kind, countries, _organisations in NEWS}
    for one in (imported()[0], *imported()[1][:2]):
        assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[one.pk])).status_code == 200


def test_none_of_its_sentences_is_in_the_repository(page):
    """No file of this checkout holds a whole title of the real page, or ten words of it in a row."""
    text = page.read_text(encoding="utf-8")
    words = words_of(text)
    foreign = {tuple(words[start : start + 10]) for start in range(len(words) - 9)}
    foreign |= {tuple(title) for line in text.split("\n")[-20:] if len(title := words_of(line)) < 10}
    lengths = {len(run) for run in foreign}
    root = Path(__file__).resolve().parents[2]
    folders = (
        "cms",
        "api",
        "translations",
        "travel",
        "relations",
        "missions",
        "regions",
        "home",
        "tests",
        "docs",
        "locale",
    )
    suffixes = {".py", ".toml", ".txt", ".md", ".po", ".json", ".html", ".graphql"}
    paths = [*root.glob("*.md"), *(path for folder in folders for path in (root / folder).rglob("*"))]
    offenders = []
    for path in paths:
        if path.suffix in suffixes:
            own = words_of(path.read_text(encoding="utf-8", errors="ignore"))
            runs = {tuple(own[start : start + length]) for length in lengths for start in range(len(own))}
            if runs & foreign:
                offenders.append(str(path.relative_to(root)))
    assert len(lengths) > 3
    assert offenders == []


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
