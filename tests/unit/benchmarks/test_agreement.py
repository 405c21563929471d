"""Whether two answers say the same: a benchmark of different answers would measure nothing."""

from typing import Any

import pytest

from benchmarks.agreement import differences, strangers

NODES: list[dict[str, Any]] = [{"title": "a", "date": None}, {"title": "b", "date": "2026-01-01"}]
ANSWER = {"news": {"totalCount": 2, "nodes": NODES}}


def test_the_same_answer_differs_nowhere() -> None:
    again = {"news": {"nodes": [{"date": None, "title": "a"}, {"date": "2026-01-01", "title": "b"}], "totalCount": 2}}
    assert differences(ANSWER, again) == []


@pytest.mark.parametrize(
    ("expected", "found", "line"),
    [
        ({"a": 1}, {"a": 2}, "a: 1 expected, 2 found"),
        ({"a": 1}, {"a": True}, "a: 1 expected, true found"),
        ({"a": 1}, {"a": "1"}, 'a: 1 expected, "1" found'),
        ({"a": None}, {}, "a: missing"),
        ({}, {"a": None}, "a: not asked for"),
        ({"a": [1, 2]}, {"a": [1]}, "a: 2 items expected, 1 found"),
        ({"a": {"b": [1]}}, {"a": {"b": [2]}}, "a.b: 1 expected, 2 found"),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, "a.b: 1 expected, 2 found"),
        ({"a": [1]}, {"a": {}}, "a: [1] expected, {} found"),
    ],
)
def test_each_difference_is_told_with_its_place(expected: Any, found: Any, line: str) -> None:
    assert differences(expected, found) == [line]


def test_order_counts_unless_it_is_left_to_who_answers() -> None:
    turned = {"news": {"totalCount": 2, "nodes": NODES[::-1]}}
    assert len(differences(ANSWER, turned)) == 4
    assert differences(ANSWER, turned, unordered={"news.nodes"}) == []
    twice = {"news": {"totalCount": 2, "nodes": [NODES[0]] * 2}}
    assert len(differences(ANSWER, twice, unordered={"news.nodes"})) == 2


def test_strangers_do_not_belong_or_come_twice() -> None:
    allowed = [{"title": "a", "path": "/a/"}, {"title": "b", "path": "/b/"}]
    assert strangers(allowed, [{"path": "/b/", "title": "b"}]) == []
    assert strangers(allowed, [{"title": "b", "path": "/a/"}]) == ['{"path":"/a/","title":"b"}: does not belong']
    assert strangers(allowed, [allowed[0], allowed[0]]) == ['{"path":"/a/","title":"a"}: twice']
