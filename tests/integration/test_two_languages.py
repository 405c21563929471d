"""One page in several languages at once: in one operation, in clients' caches, in ours, by ids of documents."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.services.trusted_documents import trusted_documents_register
from tests.asking import URL, body_of, get, post
from tests.contract.site import site_fill
from tests.factories.site import SiteTree

# Answers are kept outside of transactions only: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)

# Mexico and its news under five aliases, each reached by several ways.
FIELDS = """fragment Place on Page { id title path locale requestedLocale isFallback direction seoDescription }
fragment Whole on Country {
  ...Place introduction fallbackFields subregion { name }
  continent { ...Place menuLabel news(first: 1) { nodes { ...Item } } }
  news { totalCount nodes { ...Item } }
}
fragment Item on NewsItem {
  ...Place summary date kind { name } countries { nodes { ...Place introduction } } breadcrumbs { title path }
}"""
SCOPES = {
    "french": "locale: FR",
    "arabic": "locale: AR",
    "spanish": "locale: ES",
    "arabicAlone": "locale: AR, fallback: []",
    "arabicSpanish": "locale: AR, fallback: [ES, FR]",
}
ALIASES = " ".join(f'{name}: country(code: "MX", {scope}) {{ ...Whole }}' for name, scope in SCOPES.items())
TOGETHER = f"query Together {{ {ALIASES} }}\n{FIELDS}"
ALONE = {name: f'{{ {name}: country(code: "MX", {scope}) {{ ...Whole }} }}\n{FIELDS}' for name, scope in SCOPES.items()}
BY_VARIABLES = f"""query Place($code: String!, $locale: LocaleCode, $fallback: [LocaleCode!]) {{
  country(code: $code, locale: $locale, fallback: $fallback) {{ ...Whole }}
}}
{FIELDS}"""


@pytest.fixture
def site(site_tree: SiteTree) -> SiteTree:
    site_fill(site_tree)
    spanish = site_tree.country["es", "MX"]
    spanish.introduction = "Un país."
    spanish.save()
    return site_tree


def normalised(data: Any, store: dict[str, dict[str, Any]]) -> Any:
    """Write an answer into a cache as Apollo and Relay do: each object under its id, its fields merged.

    Two answers that differ about a field of one id would overwrite one another there.
    """
    if isinstance(data, list):
        return [normalised(item, store) for item in data]
    if not isinstance(data, dict):
        return data
    written = {name: normalised(value, store) for name, value in data.items()}
    if "id" not in data:
        return written
    kept = store.setdefault(data["id"], {})
    for name, value in written.items():
        assert kept.setdefault(name, value) == value, (data["id"], name)
    return {"ref": data["id"]}


def data_of(response: Any) -> dict[str, Any]:
    body = body_of(response)
    assert "errors" not in body, body
    data: dict[str, Any] = body["data"]
    return data


def test_each_alias_is_answered_as_it_is_alone(site: SiteTree) -> None:
    together = data_of(post({"query": TOGETHER}))
    assert list(together) == list(SCOPES)
    assert together == {name: data_of(post({"query": query}))[name] for name, query in ALONE.items()}
    assert {name: answer["requestedLocale"] for name, answer in together.items()} == {
        "french": "FR",
        "arabic": "AR",
        "spanish": "ES",
        "arabicAlone": "AR",
        "arabicSpanish": "AR",
    }
    assert [answer["introduction"] for answer in together.values()] == [
        "Un pays.",
        "Un pays.",
        "Un país.",
        None,
        "Un país.",
    ]
    assert [answer["news"]["totalCount"] for answer in together.values()] == [2, 2, 2, 1, 2]


def test_a_client_s_cache_never_mixes_two_answers(site: SiteTree) -> None:
    store: dict[str, dict[str, Any]] = {}
    references = normalised(data_of(post({"query": TOGETHER})), store)
    assert len({reference["ref"] for reference in references.values()}) == len(SCOPES)
    for query in ALONE.values():
        normalised(data_of(post({"query": query})), store)
    # By its id, each object is what stands in the cache under that id.
    query = "query ($id: ID!) { page(id: $id) { ...Place } }\n" + FIELDS.split("\n")[0]
    for key in sorted(store):
        answer = data_of(post({"query": query, "variables": {"id": key}}))
        assert answer["page"]["id"] == key
        normalised(answer, store)


def test_answers_that_are_kept_do_not_either(site: SiteTree) -> None:
    def ask(scope: dict[str, Any], **headers: str) -> bytes:
        body = {"query": BY_VARIABLES, "variables": {"code": "MX", **scope}}
        content: bytes = Client().post(URL, body, content_type="application/json", headers=headers).content
        return content

    chains: list[dict[str, Any]] = [{}, *({"fallback": chain} for chain in (None, [], ["FR"], ["ES", "FR"]))]
    scopes = [{"locale": locale, **chain} for locale in ("FR", "AR", "ES") for chain in chains]
    scopes += [{}, {"locale": None}]
    fresh = [ask(scope, authorization="Bearer x") for scope in scopes]
    assert len(set(fresh)) > 5
    for _round in range(2):
        assert [ask(scope) for scope in scopes] == fresh
    with CaptureQueriesContext(connection) as captured:
        assert [ask(scope) for scope in scopes] == fresh
    # Each of them was kept: the version of the content is all that is read, if that.
    assert len(captured) <= len(scopes)
    assert not [statement for statement in captured.captured_queries if "wagtailcore_page" in statement["sql"]]


def test_nor_do_documents_asked_for_by_id(site: SiteTree) -> None:
    texts = {"Together": TOGETHER, "Place": BY_VARIABLES}
    trusted_documents_register(client="test", texts=texts, shipped_at=datetime(2026, 1, 1, tzinfo=UTC))
    together = data_of(post({"query": TOGETHER}))
    for _round in range(2):
        assert data_of(get("documentId=Together")) == data_of(post({"documentId": "Together"})) == together
        for name, variables in {
            "french": '{"code":"MX","locale":"FR"}',
            "arabic": '{"code":"MX","locale":"AR"}',
            "spanish": '{"locale":"ES","code":"MX"}',
            "arabicAlone": '{"code":"MX","locale":"AR","fallback":[]}',
            "arabicSpanish": '{"code":"MX","locale":"AR","fallback":["ES","FR"]}',
        }.items():
            assert data_of(get(f"documentId=Place&variables={variables}"))["country"] == together[name]
