"""The pairs of tests/search_pairs: what readers of a language type, and which texts they must find."""

import json
import tomllib
from pathlib import Path
from typing import Any

from tests.factories.site import SiteTree

PAIRS = Path(__file__).parents[1] / "search_pairs"


def texts_make(tree: SiteTree, locale: str) -> dict[str, list[str]]:
    """Make the texts of a language, and give its pairs."""
    data: dict[str, Any] = tomllib.loads((PAIRS / f"{locale}.toml").read_text(encoding="utf-8"))
    for slug, text in data["texts"].items():
        body = json.dumps([{"type": "rich_text", "value": text["body"], "id": f"{slug}-1"}])
        tree.news(text["title"], locale=locale, slug=slug, kind="other", introduction=text["summary"], body=body)
    pairs: dict[str, list[str]] = data["pairs"]
    assert len(pairs) >= 60
    return pairs
