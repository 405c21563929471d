"""What an operation may cost, over HTTP."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from graphql import OperationDefinitionNode, get_introspection_query, parse

from api.limits import Costs, Limits
from api.limits.cost import CONNECTION_COST, COUNT_COST, COUNTED, FILTER_COST, LIST_SIZES
from api.schema import schema
from tests.asking import JSON, body_of, codes_of, post
from tests.budgets.test_frontend_queries import COUNTRY_PAGE, FAN_OUT
from tests.budgets.test_lists_and_relations import QUERIES
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

ABUSE = (
    "{continents{nodes{countries(first:100){nodes{continent{countries(first:100){nodes{continent{countries(first:100)"
    "{nodes{code}}}}}}}}}}}"
)
ALLOWED = Limits().cost
LIST = CONNECTION_COST


def cost(text: str, variables: dict[str, Any] | None = None) -> int:
    document = parse(text)
    operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    return Costs(schema.graphql_schema, document, Limits()).of(operation, variables or {})


def test_a_short_query_that_asks_for_millions_is_refused_with_the_numbers(site_tree: SiteTree) -> None:
    response = post({"query": ABUSE})
    assert response.status_code == 400
    (error,) = body_of(response)["errors"]
    assert error["extensions"] == {"code": "COST_LIMIT", "requested": cost(ABUSE), "allowed": ALLOWED}
    assert cost(ABUSE) > 20_000_000
    assert post({"query": ABUSE}, accept=JSON).status_code == 200


def test_sizes_multiply_what_stands_below_a_list() -> None:
    assert cost("{ home { title } }") == 2
    assert cost("{ countries { totalCount } }") == LIST + 1
    assert cost("{ countries { nodes { name } } }") == LIST + 1 + 20
    assert cost("{ countries(first: 3) { nodes { name } edges { cursor } } }") == LIST + 2 + 3 + 3
    assert cost("{ countries(last: 4) { nodes { name code } } }") == LIST + 1 + 8
    assert cost("{ countries(first: 0) { nodes { name } } }") == LIST + 1
    # What the resolvers refuse costs no more than the largest list they give.
    assert cost("{ countries(first: 2000000) { nodes { name } } }") == LIST + 1 + 100
    assert cost("{ countries(first: -5) { nodes { name } } }") == LIST + 1
    assert cost("{ newsKinds { slug } }") == 1 + 10
    assert cost("{ a: home { title } b: home { title } }") == 4
    # The list below a list.
    assert cost("{ countries(first: 5) { nodes { news(first: 2) { nodes { title } } } } }") == LIST + 1 + 5 * (
        LIST + 1 + 2
    )


def test_lists_that_are_longer_as_a_rule_count_as_long(site_tree: SiteTree) -> None:
    for type_name, field in LIST_SIZES:
        assert field in getattr(schema.graphql_schema.type_map[type_name], "fields", {})
    text = "{ siteSettings { footer { html nodes { kind text } } } }"
    assert cost(text) == 1 + 1 + 1 + 1 + 40 * 2
    aliased = "{ siteSettings { footer { a: nodes { kind } ...F } } } fragment F on RichText { b: nodes { kind } }"
    assert cost(aliased) == 1 + 1 + 2 * (1 + 40)


def test_what_the_database_counts_and_filters_costs_once_for_each_place() -> None:
    for type_name, field in COUNTED:
        assert field in getattr(schema.graphql_schema.type_map[type_name], "fields", {})
    assert cost("{ news { totalCount } }") == LIST + 1 + COUNT_COST
    assert cost("{ news(first: 3) { a: totalCount nodes { title } } }") == LIST + 2 + 3 + COUNT_COST
    # However many countries there are, the database counts for all of them at once.
    below = "{ countries(first: 50) { nodes { news { ...N } } } } fragment N on NewsConnection { ... { totalCount } }"
    assert cost(below) == LIST + 1 + 50 * (LIST + 1) + COUNT_COST
    two = '{ a: news { ...N } search(query: "x") { ...S } } fragment S on SearchConnection { totalCount } '
    assert cost(two + "fragment N on NewsConnection { totalCount }") == 2 * (LIST + 1 + COUNT_COST)
    filtered = "{ countries(first: 5) { nodes { news(first: 3, filter: {featured: true}) { nodes { title } } } } }"
    assert cost(filtered) == LIST + 1 + 5 * (LIST + 1 + 3) + FILTER_COST
    assert cost("query ($f: NewsFilter) { news(filter: $f) { totalCount } }") == LIST + 1 + FILTER_COST + COUNT_COST
    coverage = "{ a: translationCoverage(locale: AR) { total } b: translationCoverage(locale: ES) { total missing } }"
    assert cost(coverage) == 2 * COUNT_COST + 2 + 3
    # Lists that are in memory are counted and filtered for nothing.
    assert cost('{ countries(filter: {code: "MX"}) { totalCount } continents { totalCount } }') == 2 * (LIST + 1)


@pytest.mark.parametrize("selection", ["totalCount", "nodes { id }"])
def test_many_counts_and_filters_in_a_small_answer_are_refused(site_tree: SiteTree, selection: str) -> None:
    lists = " ".join(
        f'a{number}: news(first: 1, filter: {{text: "mot {number}"}}) {{ {selection} }}' for number in range(49)
    )
    assert codes_of(post({"query": f"{{ continents {{ nodes {{ {lists} }} }} }}"})) == ["COST_LIMIT"]
    # A page that counts each kind of news is answered.
    kinds = " ".join(f'k{number}: news(filter: {{kind: "k{number}"}}) {{ totalCount }}' for number in range(9))
    assert codes_of(post({"query": f"{{ {kinds} }}"})) == []


def test_what_is_reckoned_with_hours_costs_more_for_each_object() -> None:
    asked = "{ missions(first: %d) { nodes { isOpen nextOpening title } } }"
    assert [cost(asked % many) for many in (1, 500)] == [LIST + 1 + 26, LIST + 1 + 500 * 26]
    moments = " ".join(f'a{i}: nextOpening(after: "2027-01-{i + 1:02}T00:00:00Z")' for i in range(28))
    assert cost(f"{{ missions(first: 500) {{ nodes {{ {moments} }} }} }}") > ALLOWED


def test_fragments_count_where_they_are_spread() -> None:
    nodes = "fragment N on CountryConnection { nodes { ...C } } fragment C on Country { name ... { code } }"
    assert cost(f"{{ a: countries(first: 2) {{ ...N }} b: countries(first: 7) {{ ...N ...N }} }} {nodes}") == (
        (LIST + 1 + 2 * 2) + (LIST + 2 * (1 + 7 * 2))
    )


def test_fragments_that_double_each_other_are_walked_once() -> None:
    bomb = "{ home { ...F0 } }" + "".join(
        f" fragment F{i} on HomePage {{ ...F{i + 1} ...F{i + 1} }}" for i in range(40)
    )
    assert cost(bomb + " fragment F40 on HomePage { title }") == 1 + 2**40


def test_variables_are_the_sizes_of_the_request(site_tree: SiteTree) -> None:
    query = "query($n: Int = 7) { countries(first: $n) { nodes { name } } }"
    assert cost(query) == LIST + 1 + 7
    assert cost(query, {"n": 50}) == LIST + 1 + 50
    assert cost(query, {"n": 10**30}) == LIST + 1 + 100
    assert cost(query, {"n": None}) == LIST + 1 + 20
    assert cost(query, {"n": 3.0}) == LIST + 1 + 3
    nested = ABUSE.replace("first:100", "first:$n").replace("{", "query($n: Int) {", 1)
    # The same document, whatever was asked before with it.
    assert codes_of(post({"query": nested, "variables": {"n": 2}})) == []
    assert codes_of(post({"query": nested, "variables": {"n": 100}})) == ["COST_LIMIT"]
    assert codes_of(post({"query": nested, "variables": {"n": 2}})) == []


def test_the_limit_is_a_setting(settings: Any, site_tree: SiteTree) -> None:
    settings.DIWAN_GRAPHQL_LIMITS = {"cost": LIST + 20}
    assert codes_of(post({"query": "{ countries { nodes { name } } }"})) == ["COST_LIMIT"]
    assert codes_of(post({"query": "{ countries(first: 19) { nodes { name } } }"})) == []


def test_what_real_clients_ask_for_is_far_within_the_limit() -> None:
    documentation = (Path(django_settings.BASE_DIR) / "docs" / "graphql.md").read_text()
    examples = re.findall(r"```graphql\n(.*?)```", documentation, re.DOTALL)
    assert len(examples) >= 9
    queries = [*examples, COUNTRY_PAGE, FAN_OUT, *(query for query, _ in QUERIES.values())]
    assert max(cost(query) for query in queries) < ALLOWED / 2
    assert cost(get_introspection_query()) < ALLOWED / 2
    ten = " ".join(f"f{number}: title" for number in range(10))
    wide = f"countries(first: 100) {{ nodes {{ {ten} news(first: 3) {{ nodes {{ {ten} }} }} }} }}"
    assert cost(f"{{ continents {{ nodes {{ {ten} {wide} }} }} }}") == 98_389 < ALLOWED
