"""The queries of docs/ on the demo content: each is answered, in docs/graphql.md with the answer printed below it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.asking import post
from tests.factories.demo import demo_make

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]
DOCS = Path(__file__).resolve().parents[2] / "docs"
QUERY = re.compile(r"```graphql\n(.*?)```", re.DOTALL)
PAIR = re.compile(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", re.DOTALL)
# Hosts, numbers of rows and what is made from them are those of one database.
OF_ONE_SITE = [
    (r"https?://[^/\"]*example\.org/|http://(testserver|localhost)/", "https://site/"),
    (r"/images/[^/]+/\d+/", "/images/signature/0/"),
    (r'("(?:endCursor|cursor)": )"[^"]+"', r'\1"cursor"'),
    (r'("id": )"\d+', r'\1"0'),
    ("\u00a0", " "),
]


def comparable(answer: Any) -> Any:
    text = json.dumps(answer, ensure_ascii=False)
    for pattern, replacement in OF_ONE_SITE:
        text = re.sub(pattern, replacement, text)
    return json.loads(text)


def test_each_query_has_its_answer() -> None:
    demo_make()
    pairs = PAIR.findall((DOCS / "graphql.md").read_text(encoding="utf-8"))
    assert len(pairs) >= 10
    for query, printed in pairs:
        answer = post({"query": query}).json()
        answer.pop("extensions", None)
        assert comparable(answer) == comparable(json.loads(printed)), query
    for query in QUERY.findall((DOCS / "moving-from-wagtail-grapple.md").read_text(encoding="utf-8")):
        assert "errors" not in post({"query": query}).json(), query
