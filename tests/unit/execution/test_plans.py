"""Plans shared by the executions of one document: nothing of one execution reaches another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import graphene
import pytest
from graphene.types.resolver import dict_or_attr_resolver
from graphql import GraphQLResolveInfo, GraphQLSchema, build_schema, parse
from graphql.pyutils import Path

from api.execution import LoaderRegistry, Plans, execute
from api.execution.plans import MAX_VARIANTS
from tests.unit.execution.recording import Numbers, resolved_by, shown

SDL = """
enum Order { UP DOWN }
input Range { first: Int last: Int }
interface Named { name: String }
type Country implements Named { name: String code: ID! neighbours(first: Int = 2, order: Order = UP): [String!]! }
type City implements Named { name: String size: Int }
type Query {
  country: Country
  named: [Named!]!
  echo(text: String, number: Int, numbers: [Int!], order: Order, range: Range): String
  must(text: String!): String
}
"""


def planned(schema: GraphQLSchema, query: str, **options: Any) -> Callable[..., Any]:
    """A function that executes `query`, each time with the same plans."""
    document = parse(query)
    plans = Plans(schema, document, **options)

    def again(root: Any = None, **variables: Any) -> Any:
        loaders = LoaderRegistry()
        return execute(schema, document, root_value=root, variable_values=variables, context_value=loaders, plans=plans)

    return again


def echo(_: Any, info: GraphQLResolveInfo, **arguments: Any) -> str:
    return repr(sorted(arguments.items()))


def test_each_execution_reads_its_own_values() -> None:
    again = planned(build_schema(SDL), "{ country { __typename name code } }")
    for name in ("Chili", "Pérou", None):
        assert again({"country": {"name": name, "code": "X"}}).data == {
            "country": {"__typename": "Country", "name": name, "code": "X"}
        }
    assert again({"country": None}).data == {"country": None}
    failed = again({"country": {"name": "Chili"}})
    assert (failed.data, shown(failed)) == (
        {"country": None},
        [("country.code", "Cannot return null for non-nullable field Country.code.")],
    )
    assert again({"country": {"code": 7}}).data == {"country": {"__typename": "Country", "name": None, "code": "7"}}


def test_conditions_have_a_plan_each() -> None:
    again = planned(
        build_schema(SDL),
        """
        query ($a: Boolean!, $b: Boolean = true) { country { ...Fields @include(if: $a) code @skip(if: $b) } }
        fragment Fields on Country { name @skip(if: $b) __typename }
        """,
    )
    root = {"country": {"name": "Chili", "code": "CL"}}
    for _ in range(2):
        assert again(root, a=True, b=True).data == {"country": {"__typename": "Country"}}
        assert again(root, a=True, b=False).data == {
            "country": {"name": "Chili", "__typename": "Country", "code": "CL"}
        }
        assert again(root, a=False, b=False).data == {"country": {"code": "CL"}}
        assert again(root, a=False).data == {"country": {}}


def test_operations_of_a_document_have_a_plan_each() -> None:
    schema = build_schema(SDL)
    document = parse("query A { country { name } } query B { country { code } }")
    plans = Plans(schema, document)
    root = {"country": {"name": "Chili", "code": "CL"}}
    answers = [
        execute(schema, document, root_value=root, operation_name=name, plans=plans).data for name in ("A", "B", "A")
    ]
    assert answers == [{"country": {"name": "Chili"}}, {"country": {"code": "CL"}}, {"country": {"name": "Chili"}}]


def test_more_conditions_than_are_kept_are_answered_too() -> None:
    names = [f"v{index}" for index in range(6)]
    query = "query ({}) {{ country {{ {} }} }}".format(
        " ".join(f"${name}: Boolean!" for name in names),
        " ".join(f"{name}: name @include(if: ${name})" for name in names),
    )
    again = planned(build_schema(SDL), query)
    for _ in range(2):
        for bits in range(64):
            chosen = {name: bool(bits >> index & 1) for index, name in enumerate(names)}
            expected = {name: "Chili" for name in names if chosen[name]}
            assert again({"country": {"name": "Chili"}}, **chosen).data == {"country": expected}


def test_a_client_that_varies_conditions_does_not_fill_the_memory() -> None:
    schema, document = build_schema(SDL), parse("query ($n: Int) { country { name @include(if: $n) } }")
    plans = Plans(schema, document)
    for number in range(100):
        execute(schema, document, variable_values={"n": number}, plans=plans)
    assert len(plans._plans) == 0
    names = [f"v{index}" for index in range(6)]
    fields = " ".join(f"{name}: name @include(if: ${name})" for name in names)
    document = parse(f"query ({' '.join(f'${name}: Boolean!' for name in names)}) {{ country {{ {fields} }} }}")
    plans = Plans(schema, document)
    for bits in range(64):
        variables = {name: bool(bits >> index & 1) for index, name in enumerate(names)}
        execute(schema, document, variable_values=variables, plans=plans)
    assert len(plans._plans) == MAX_VARIANTS


def test_arguments_are_those_of_the_execution() -> None:
    query = """
    query ($text: String, $numbers: [Int!], $first: Int) {
      constant: echo(text: "a", number: 1, order: DOWN) list: echo(numbers: [1, 2])
      variable: echo(text: $text, numbers: $numbers) inner: echo(range: {first: $first, last: 5}) none: echo
    }
    """
    again = planned(resolved_by(build_schema(SDL), {"Query.echo": echo}), query)
    assert again(text="x", numbers=[3], first=1).data == {
        "constant": "[('number', 1), ('order', 'DOWN'), ('text', 'a')]",
        "list": "[('numbers', [1, 2])]",
        "variable": "[('numbers', [3]), ('text', 'x')]",
        "inner": "[('range', {'first': 1, 'last': 5})]",
        "none": "[]",
    }
    assert again(text=None).data == {
        "constant": "[('number', 1), ('order', 'DOWN'), ('text', 'a')]",
        "list": "[('numbers', [1, 2])]",
        "variable": "[('text', None)]",
        "inner": "[('range', {'last': 5})]",
        "none": "[]",
    }


def test_a_resolver_that_changes_its_arguments_changes_nothing_else() -> None:
    def spoil(_: Any, info: GraphQLResolveInfo, numbers: list[int]) -> str:
        numbers.append(9)
        return str(numbers)

    schema = build_schema("type Query { items: [Item] } type Item { spoil(numbers: [Int!]): String }")
    query = "query ($number: Int!) { items { a: spoil(numbers: [1]) b: spoil(numbers: [$number]) } }"
    again = planned(resolved_by(schema, {"Item.spoil": spoil}), query)
    for _ in range(2):
        assert again({"items": [{}, {}]}, number=2).data == {"items": [{"a": "[1, 9]", "b": "[2, 9]"}] * 2}


def test_arguments_that_do_not_fit_are_errors_of_each_execution() -> None:
    again = planned(resolved_by(build_schema(SDL), {"Query.must": echo}), "query ($text: String) { must(text: $text) }")
    for _ in range(2):
        assert shown(again()) == [
            (
                "must",
                "Argument 'text' of required type 'String!' was provided the variable "
                "'$text' which was not provided a runtime value.",
            )
        ]
        assert again(text="x").data == {"must": "[('text', 'x')]"}


def test_object_types_of_an_interface_are_told_apart_each_time() -> None:
    again = planned(build_schema(SDL), "{ named { __typename name ... on City { size } ... on Country { code } } }")
    country = {"__typename": "Country", "name": "Chili", "code": "CL"}
    city = {"__typename": "City", "name": "Lima", "size": 9}
    for items in ([country], [city, country], [city]):
        assert again({"named": items}).data == {"named": items}
    strange = again({"named": [{"__typename": "Query"}]})
    assert shown(strange) == [("named.0", "Runtime Object type 'Query' is not a possible type for 'Named'.")]


def test_attributes_that_a_foreign_resolver_reads_are_read_without_it() -> None:
    """A resolver that only reads, as the injected rule says, is not called, unless it has arguments to be checked."""
    called: list[str] = []

    def reader(name: str, default: Any, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        called.append(name)
        return source.get(name, default) if isinstance(source, dict) else getattr(source, name, default)

    def attribute_of(resolve: Any) -> tuple[str, Any] | None:
        return resolve.args if isinstance(resolve, partial) and resolve.func is reader else None

    schema = resolved_by(
        build_schema(SDL),
        {
            "Query.country": partial(reader, "the_country", None),
            "Country.name": partial(reader, "the_name", "nameless"),
            "Country.neighbours": partial(reader, "the_neighbours", ()),
            "Country.code": lambda source, info: f"{info.path.as_list()}",
        },
    )

    class Name:
        def __call__(self, *_: Any) -> str:
            raise AssertionError("this reader does not call what it finds")

        def __str__(self) -> str:
            return "Pérou"

    class Place:
        the_name = Name()
        the_neighbours = ("Chili", "Équateur")

    again = planned(schema, "{ country { name neighbours code } }", attribute_of=attribute_of)
    code = "['country', 'code']"
    assert again({"the_country": {}}).data == {"country": {"name": "nameless", "neighbours": [], "code": code}}
    assert again({"the_country": Place()}).data == {
        "country": {"name": "Pérou", "neighbours": ["Chili", "Équateur"], "code": code}
    }
    assert called == ["the_neighbours", "the_neighbours"]


def test_default_resolvers_of_graphene_can_be_recognised() -> None:
    class Capital(graphene.ObjectType):
        name = graphene.String(default_value="nameless")
        size = graphene.Int()
        shown = graphene.String()

        def resolve_shown(self: Any, info: GraphQLResolveInfo) -> str:
            return f"{info.path.as_list()}"

    class Query(graphene.ObjectType):
        capitals = graphene.List(graphene.NonNull(Capital))

    read: list[str] = []

    def attribute_of(resolve: Any) -> tuple[str, Any] | None:
        if not isinstance(resolve, partial) or resolve.func is not dict_or_attr_resolver:
            return None
        read.append(resolve.args[0])
        return resolve.args

    schema = graphene.Schema(query=Query).graphql_schema
    again = planned(schema, "{ capitals { name size shown } }", attribute_of=attribute_of)
    capitals = [{"size": 1}, Capital(name="Lima", size=2)]
    for _ in range(2):
        assert again({"capitals": capitals}).data == {
            "capitals": [
                {"name": "nameless", "size": 1, "shown": "['capitals', 0, 'shown']"},
                {"name": "Lima", "size": 2, "shown": "['capitals', 1, 'shown']"},
            ]
        }
    assert read == ["capitals", "name", "size"]  # by the first execution


@pytest.mark.parametrize("depth", [1, 3])
def test_the_path_in_info_is_graphql_cores(depth: int) -> None:
    seen: list[GraphQLResolveInfo] = []
    schema = build_schema("type Node { nodes: [Node!] end: Int } type Query { nodes: [Node!] }")
    resolved_by(schema, {"Node.end": lambda _, info: seen.append(info)})
    root: dict[str, Any] = {}
    path: Path | None = None
    for level in range(depth):
        root = {"nodes": [{}, root]}
        path = Path(Path(path, "nodes", "Node" if level else "Query"), 1, None)
    execute(schema, parse("{" + "nodes {" * depth + "end" + "}" * depth + "}"), root_value=root)
    info = seen[-1]
    assert info.path == Path(path, "end", "Node")
    assert info.path.as_list() == ["nodes", 1] * depth + ["end"]
    assert isinstance(info, GraphQLResolveInfo)
    assert (info.field_name, info.parent_type, info.return_type) == (
        "end",
        schema.type_map["Node"],
        schema.type_map["Int"],
    )


def test_plans_of_another_document_or_schema_are_refused() -> None:
    schema, document = build_schema(SDL), parse("{ country { name } }")
    with pytest.raises(ValueError, match="another schema or document"):
        execute(schema, parse("{ country { name } }"), plans=Plans(schema, document))
    with pytest.raises(ValueError, match="another schema or document"):
        execute(build_schema(SDL), document, plans=Plans(schema, document))


def test_middleware_and_resolvers_of_one_execution_do_not_reach_the_next() -> None:
    schema, document = build_schema(SDL), parse("{ country { name } }")
    plans = Plans(schema, document)
    root = {"country": {"name": "Chili"}}

    def shout(resolve: Any, source: Any, info: Any, **arguments: Any) -> Any:
        value = resolve(source, info, **arguments)
        return value.upper() if isinstance(value, str) else value

    def fixed(source: Any, info: Any) -> Any:
        return "fixed" if info.field_name == "name" else {}

    options: list[dict[str, Any]] = [{}, {"middleware": [shout]}, {"field_resolver": fixed}, {}]
    answers = [execute(schema, document, root_value=root, plans=plans, **option).data for option in options]
    assert [answer and answer["country"]["name"] for answer in answers] == ["Chili", "CHILI", "fixed", "Chili"]


def test_threads_share_plans() -> None:
    """Many threads begin on new plans at the same moment, each with data, variables and loaders of its own."""
    schema = resolved_by(
        build_schema(
            """
            type Query { numbers(first: Int!): [Number!]! }
            type Number { id: Int! next: Number! echo(text: String): String twice: [Number!]! }
            """
        ),
        {
            "Query.numbers": lambda _, info, first: [info.context.get(Numbers).load(key) for key in range(first)],
            "Number.next": lambda number, info: info.context.get(Numbers).load(number["id"] + 100),
            "Number.echo": lambda number, info, text: f"{text} {number['id']}",
            "Number.twice": lambda number, info: [number, info.context.get(Numbers).load(number["id"])],
        },
    )
    document = parse(
        """
        query ($first: Int!, $text: String, $deep: Boolean!) {
          numbers(first: $first) { id echo(text: $text) next @include(if: $deep) { id twice { ...N } } }
        }
        fragment N on Number { id echo(text: $text) }
        """
    )
    workers, rounds = 8, 25

    def number(key: int, text: str) -> dict[str, Any]:
        return {"id": key, "echo": f"{text} {key}"}

    def work(worker: int, plans: Plans, barrier: Barrier) -> None:
        barrier.wait()
        first, text, deep = worker + 1, f"worker {worker}", worker % 2 == 0
        loaders = LoaderRegistry()
        result = execute(
            schema,
            document,
            context_value=loaders,
            variable_values={"first": first, "text": text, "deep": deep},
            plans=plans,
        )
        expected = [number(key, text) for key in range(first)]
        if deep:
            for item in expected:
                key = item["id"] + 100
                item["next"] = {"id": key, "twice": [number(key, text)] * 2}
        assert (result.data, result.errors) == ({"numbers": expected}, None)
        assert loaders.get(Numbers).batches[0] == list(range(first))

    with ThreadPoolExecutor(workers) as pool:
        for _ in range(rounds):
            plans, barrier = Plans(schema, document), Barrier(workers)
            for done in [pool.submit(work, worker, plans, barrier) for worker in range(workers)]:
                done.result(timeout=30)
