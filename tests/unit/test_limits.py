"""Limits that are checked before a document is executed."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from graphql import GraphQLError, Source, parse

from api.errors import ErrorCode
from api.limits import LimitExceededError, Limits, check_shape, limits, scan
from api.limits.lexical import UnusableLiteralError
from api.schema import schema


def refused(document: str, **overrides: int) -> tuple[ErrorCode, int, int]:
    """The code and the two numbers of the refusal."""
    with pytest.raises(LimitExceededError) as caught:
        accepted(document, **overrides)
    return caught.value.code, caught.value.requested, caught.value.allowed


def accepted(document: str, **overrides: int) -> None:
    in_force = Limits(**overrides)
    scan(Source(document), in_force)
    check_shape(parse(document), in_force)


def test_tokens_are_counted_with_comments() -> None:
    assert scan(Source("{ a # why\n b(c: [1, -2.5e3]) }"), Limits()) == 13
    accepted("{ a b }", tokens=4)
    assert refused("{ a b }", tokens=3) == (ErrorCode.TOKEN_LIMIT, 4, 3)
    assert refused("#\n#\n#\n{ a }", tokens=5) == (ErrorCode.TOKEN_LIMIT, 6, 5)


@pytest.mark.parametrize("opening", ["{a", "{a(b:[", "{a(b:{c:"])
def test_nesting_of_brackets_is_bounded_whatever_the_parser_would_say(opening: str) -> None:
    code, requested, allowed = refused(opening * 5_000, tokens=100_000)
    assert (code, allowed) == (ErrorCode.DEPTH_LIMIT, 60)
    assert requested == 61


@pytest.mark.parametrize("literal", ["9" * 41, "-" + "1" * 5_000, "1." + "0" * 60])
def test_a_number_too_long_to_be_read_is_refused(literal: str) -> None:
    with pytest.raises(UnusableLiteralError, match="number in the document is too long"):
        scan(Source(f"{{ a(b: {literal}) }}"), Limits())


@pytest.mark.parametrize("literal", ['"a\\u0000b"', '"\\u{0}"'])
def test_a_string_with_nul_is_refused(literal: str) -> None:
    with pytest.raises(UnusableLiteralError, match="holds NUL"):
        scan(Source(f"{{ a(b: {literal}) }}"), Limits())


def test_depth_counts_fields_through_fragments() -> None:
    document = "{ a { ...F } } fragment F on T { b { ... { c { ...G } } } } fragment G on T { d }"
    accepted(document, depth=4)
    assert refused(document, depth=3) == (ErrorCode.DEPTH_LIMIT, 4, 3)


def test_the_introspection_query_of_tools_is_within_the_defaults() -> None:
    from graphql import get_introspection_query

    accepted(get_introspection_query(specified_by_url=True, input_value_deprecation=True))


def test_aliases_fields_and_directives_count_wherever_a_fragment_is_spread() -> None:
    document = "{ x: a { ...F } y: a { ...F } } fragment F on T { z: b @skip(if: false) c }"
    accepted(document, aliases=4, fields=6, directives=2)
    assert refused(document, aliases=3) == (ErrorCode.ALIAS_LIMIT, 4, 3)
    assert refused(document, fields=5) == (ErrorCode.FIELD_LIMIT, 6, 5)
    assert refused(document, directives=1) == (ErrorCode.DIRECTIVE_LIMIT, 2, 1)


def test_root_fields_count_through_fragments() -> None:
    document = "{ a ...F ... { b } } fragment F on Query { c { d e } }"
    accepted(document, root_fields=3)
    assert refused(document, root_fields=2) == (ErrorCode.ROOT_FIELD_LIMIT, 3, 2)


def test_fragments_are_counted() -> None:
    document = "{ ...A } fragment A on T { a } fragment B on T { b }"
    accepted(document, fragments=2)
    assert refused(document, fragments=1) == (ErrorCode.FRAGMENT_LIMIT, 2, 1)


def test_fragments_that_double_each_other_cost_nothing_to_refuse() -> None:
    bomb = "{ ...F0 }" + "".join(f" fragment F{i} on Q {{ ...F{i + 1} ...F{i + 1} }}" for i in range(49))
    bomb += " fragment F49 on Q { a }"
    assert refused(bomb) == (ErrorCode.ROOT_FIELD_LIMIT, 10**9, 20)


@pytest.mark.parametrize(
    "document",
    ["{ ...A } fragment A on T { ...A }", "{ a } fragment A on T { x { ...B } } fragment B on T { y { ...A } }"],
)
def test_fragments_in_a_circle_have_no_size(document: str) -> None:
    with pytest.raises(GraphQLError, match="spreads itself"):
        check_shape(parse(document), Limits())


def test_unknown_fragments_are_left_to_validation() -> None:
    accepted("{ ...Nowhere }")


def test_repeated_fields_are_counted_in_pairs_through_fragments_and_objects() -> None:
    # On the root: a twice, one pair. Below a: b three times, three pairs.
    document = "{ a { b } a { b ...F } } fragment F on T { b }"
    accepted(document, repetitions=4)
    assert refused(document, repetitions=3) == (ErrorCode.FIELD_LIMIT, 4, 3)


def test_repetitions_in_a_fragment_that_nothing_spreads_count_too() -> None:
    document = "{ a } fragment F on T { b b b }"
    assert refused(document, repetitions=2) == (ErrorCode.FIELD_LIMIT, 3, 2)


def test_each_operation_is_measured_alone() -> None:
    accepted("query A { a b } query B { c d }", root_fields=2)


def test_settings_override_single_limits(settings) -> None:
    settings.DIWAN_GRAPHQL_LIMITS = {"depth": 7}
    assert limits() == Limits(depth=7)
    settings.DIWAN_GRAPHQL_LIMITS = {}
    assert limits() == Limits()


@pytest.mark.parametrize("wrong", [{"dept": 7}, {"depth": 0}, {"depth": "7"}, {"depth": True}])
def test_a_wrong_setting_stops_the_process(settings, wrong: dict[str, object]) -> None:
    assert schema.graphql_schema  # made under limits that are right
    settings.DIWAN_GRAPHQL_LIMITS = wrong
    with pytest.raises(ImproperlyConfigured, match="DIWAN_GRAPHQL_LIMITS"):
        limits()
    assert "api.E001" in [error.id for error in run_checks()]
