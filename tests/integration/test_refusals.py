"""What a client and an operator read when a request is refused: codes, numbers, costs, and the log."""

import gzip
import logging
import re
from itertools import islice
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    get_named_type,
    is_interface_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
)

from api.limits import heavy_turns, limits
from api.schema import schema
from tests.asking import GRAPHQL, JSON, ask, body_of, codes_of, get, post
from tests.factories.site import SiteTree

pytestmark = [pytest.mark.once, pytest.mark.django_db]

CHEAP = {"query": "{ __typename }"}


def refusal(response: Any) -> dict[str, Any]:
    """The extensions of the one error."""
    [error] = body_of(response)["errors"]
    extensions: dict[str, Any] = error["extensions"]
    return extensions


def test_bytes_are_refused_with_the_numbers() -> None:
    allowed = limits().body_bytes
    body = orjson.dumps(CHEAP)
    numbers = {"code": "BODY_TOO_LARGE", "requested": allowed + 1, "allowed": allowed}
    assert refusal(post(body + b" " * (allowed + 1 - len(body)))) == numbers
    assert refusal(get("query=" + "a" * (allowed - 5))) == numbers


def test_depth_of_variables_is_refused_with_the_numbers() -> None:
    deep: object = "x"
    for _ in range(25):
        deep = [deep]
    for response in (post({**CHEAP, "variables": {"v": deep}}), post({**CHEAP, "extensions": {"v": deep}})):
        assert refusal(response) == {"code": "DEPTH_LIMIT", "requested": 21, "allowed": 20}


def test_the_size_of_a_list_is_a_limit_and_refused_with_the_numbers(site_tree: SiteTree, settings: Any) -> None:
    for name in ("news", "countries", "continents"):
        query = f"query ($n: Int) {{ {name}(first: $n) {{ nodes {{ id }} }} locales {{ code }} }}"
        response = post({"query": query, "variables": {"n": 101}})
        assert refusal(response) == {"code": "BAD_USER_INPUT", "requested": 101, "allowed": 100}
        assert body_of(response)["data"][name] is None
    settings.DIWAN_GRAPHQL_LIMITS = {"list_size": 5}
    assert refusal(post({"query": "{ countries(last: 6) { totalCount } }"})) == {
        "code": "BAD_USER_INPUT",
        "requested": 6,
        "allowed": 5,
    }
    response = post({"query": "{ countries { nodes { code } } some: countries(first: 5) { nodes { code } } }"})
    assert {len(found["nodes"]) for found in body_of(response)["data"].values()} == {5}
    # A list is as long as it may be, and costs as much.
    assert body_of(response)["extensions"]["cost"]["requested"] == 2 * (8 + 1 + 5)
    assert "first: 101" not in str(body_of(response))


def test_a_variable_that_does_not_fit_tells_the_cost_too() -> None:
    response = post({"query": "query ($code: String!) { country(code: $code) { code } }", "variables": {"code": 7}})
    assert (response.status_code, codes_of(response)) == (400, ["BAD_USER_INPUT"])
    assert "data" not in body_of(response)
    assert body_of(response)["extensions"] == {"cost": {"requested": 2, "allowed": limits().cost}}


def test_operations_in_too_great_number_are_told_the_cost_and_logged_once_as_a_warning(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DIWAN_GRAPHQL_LIMITS = {"heavy_cost": 1, "heavy_operations": 1, "heavy_waiting": 1, "heavy_wait_ms": 1}
    with heavy_turns(limits()).turn(), caplog.at_level(logging.INFO):
        response = post({"query": "query Wide { a: __typename b: __typename }"})
    assert (response.status_code, codes_of(response)) == (503, ["SERVER_BUSY"])
    assert body_of(response)["extensions"] == {"cost": {"requested": 2, "allowed": limits().cost}}
    # An operator is warned and not woken: the load was shed as it should be.
    told = [(record.name, record.levelname) for record in caplog.records if record.levelno >= logging.WARNING]
    assert told == [("api", "WARNING")]
    assert "'Wide'" in caplog.text
    assert "cost 2" in caplog.text


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "gzip, identity", "nonsense"])
def test_bodies_that_are_compressed_are_refused_by_name(coding: str) -> None:
    raw = gzip.compress(orjson.dumps(CHEAP))
    response = post(raw, **{"content-encoding": coding})
    assert (response.status_code, codes_of(response)) == (415, ["UNSUPPORTED_MEDIA_TYPE"])
    # RFC 9110, section 15.5.16.
    assert response.headers["Accept-Encoding"] == "identity"
    assert post(CHEAP, **{"content-encoding": "Identity"}).status_code == 200


def misspelt(name: str) -> str:
    return f"{name}x"


def wrong_documents() -> dict[str, dict[str, Any]]:
    """Requests with one name misspelt: every field, argument, type, enum value and input field that can be reached."""
    types = schema.graphql_schema.type_map
    found: dict[str, dict[str, Any]] = {}
    assert schema.graphql_schema.query_type is not None
    for root, field in schema.graphql_schema.query_type.fields.items():
        found[f"root {root}"] = {"query": f"{{ {misspelt(root)} }}"}
        leaf = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
        found[f"no selection {root}"] = {"query": f"{{ {root} }}"}
        for name, argument in field.args.items():
            found[f"argument {root}.{name}"] = {"query": f"{{ {root}({misspelt(name)}: 1){leaf} }}"}
            found.update(_wrong_values(root, field.args, name, argument, leaf))
    for name, named in types.items():
        if name.startswith("__") or not (is_object_type(named) or is_interface_type(named)):
            continue
        for inner in named.fields:
            found[f"field {name}.{inner}"] = {
                "query": f"{{ __typename ...F }} fragment F on {name} {{ {misspelt(inner)} }}"
            }
        found[f"type {name}"] = {"query": f"{{ __typename ... on {misspelt(name)} {{ __typename }} }}"}
    found["type of a variable"] = {"query": "query ($v: LocaleCod) { home(locale: $v) { id } }"}
    found["directive"] = {"query": "{ __typename @skipp(if: true) }"}
    found["argument of a directive"] = {"query": "{ __typename @skip(iff: true) }"}
    found["operation"] = {"query": "query Listing { __typename }", "operationName": "Listin"}
    return found


def _wrong_values(
    root: str, arguments: dict[str, GraphQLArgument], name: str, argument: GraphQLArgument, leaf: str
) -> dict[str, dict[str, Any]]:
    others = "".join(
        f', {other}: "x"' for other, each in arguments.items() if is_required_argument(each) and other != name
    )
    named = get_named_type(argument.type)
    found: dict[str, dict[str, Any]] = {}
    if isinstance(named, GraphQLEnumType):
        for value in named.values:
            found[f"value {root}.{name}.{value}"] = {"query": f"{{ {root}({name}: {misspelt(value)}{others}){leaf} }}"}
            found[f"string {root}.{name}.{value}"] = {"query": f'{{ {root}({name}: "{value}"{others}){leaf} }}'}
            found[f"variable {root}.{name}.{value}"] = {
                "query": f"query ($v: {argument.type}) {{ {root}({name}: $v{others}){leaf} }}",
                "variables": {"v": misspelt(value)},
            }
    if isinstance(named, GraphQLInputObjectType):
        for inner in named.fields:
            found[f"input {root}.{name}.{inner}"] = {"query": f"{{ {root}({name}: {{{misspelt(inner)}: 1}}){leaf} }}"}
            found[f"variable {root}.{name}.{inner}"] = {
                "query": f"query ($v: {argument.type}) {{ {root}({name}: $v){leaf} }}",
                "variables": {"v": {misspelt(inner): 1}},
            }
    return found


def test_no_message_suggests_a_name_where_introspection_is_off(settings: Any) -> None:
    settings.DIWAN_INTROSPECTION = True
    documents = wrong_documents()
    suggesting = (body for body in documents.values() if "Did you mean" in post(body).content.decode())
    more_than_half = len(documents) // 2 + 1
    assert len(list(islice(suggesting, more_than_half))) == more_than_half
    settings.DIWAN_INTROSPECTION = False
    for where, body in documents.items():
        response = post(body)
        assert response.status_code in (400, 422), where
        assert not re.search("did you mean", response.content.decode(), re.IGNORECASE), (where, response.content)


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Query") { name } }',
        '{ home { __typename } ...F } fragment F on Query { x: __type(name: "Query") { fields { name } } }',
    ],
)
def test_introspection_is_refused_however_it_is_written(settings: Any, site_tree: SiteTree, query: str) -> None:
    settings.DIWAN_INTROSPECTION = False
    response = post({"query": query})
    assert set(codes_of(response)) == {"GRAPHQL_VALIDATION_FAILED"}
    assert "data" not in body_of(response)
    assert ask("{ home { __typename } }") == {"home": {"__typename": "HomePage"}}


def test_graphiql_follows_the_same_setting(settings: Any) -> None:
    settings.DIWAN_INTROSPECTION = False
    response = get("", accept="text/html")
    assert (response.status_code, codes_of(response)) == (406, ["NOT_ACCEPTABLE"])
    for accept in (GRAPHQL, JSON):
        assert codes_of(get("", accept=accept)) == ["BAD_REQUEST"]
