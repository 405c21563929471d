"""Scalars whose serialiser says what it returns as it is."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from graphql import build_schema, parse

from api.execution import execute, passes

SCHEMA = build_schema("scalar Day type Row { day: Day! last: Day } type Query { rows: [Row!] days: [Day] }")
FIRST, SECOND = date(2004, 5, 1), date(2005, 6, 2)


@pytest.mark.parametrize("stock", [False, True])
def test_what_a_serialiser_passes_is_in_the_answer_as_it_is_and_all_else_is_serialised(stock: bool) -> None:
    called: list[Any] = []

    @passes(date)
    def serialize(value: Any) -> Any:
        called.append(value)
        if not isinstance(value, date):
            raise TypeError("no day")
        return value.date() if isinstance(value, datetime) else value

    SCHEMA.type_map["Day"].serialize = serialize
    noon = datetime(2006, 7, 3, 12, tzinfo=UTC)
    root = {
        "rows": [{"day": FIRST, "last": None}, {"day": SECOND, "last": noon}],
        "days": [FIRST, None, "never", noon],
    }
    result = execute(SCHEMA, parse("{ rows { day last } days }"), root_value=root, stock=stock)
    assert result.data == {
        "rows": [{"day": FIRST, "last": None}, {"day": SECOND, "last": noon.date()}],
        "days": [FIRST, None, None, noon.date()],
    }
    assert [(error.message, error.path) for error in result.errors or []] == [("no day", ["days", 2])]
    assert stock or called == [noon, "never", noon]
