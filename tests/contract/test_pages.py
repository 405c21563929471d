"""Whole answers of each page type in each language, as they were agreed with the frontends.

A difference is a change of the contract. When it is meant: ``UPDATE_SNAPSHOTS=1 pytest tests/contract``, and read the
diff.
"""

import base64
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.asking import ask
from tests.bodies import BODY
from tests.contract.site import site_fill
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

SNAPSHOTS = Path(__file__).parent / "snapshots"
INTERFACE = """
    id translationKey title slug path url locale direction requestedLocale isFallback fallbackFields
    seoTitle seoDescription publishedAt updatedAt
    alternates { locale hreflang url path title } breadcrumbs { title path locale }
    parent { __typename title path } ancestors { title path locale }
    children(first: 2) { totalCount nodes { __typename title path locale } pageInfo { hasNextPage } }
    siblings(first: 1) { totalCount nodes { __typename title path locale } pageInfo { hasNextPage } }
"""
IMAGE = "image { alt credit width height }"
NEWS = "title date path locale isFallback kind { slug name }"
TYPES = {
    "HomePage": ("/", f"heading introduction {IMAGE} {BODY}"),
    "StandardPage": ("/le-ministere/", f"introduction {IMAGE} {BODY}"),
    "NewsIndex": (
        "/actualites/",
        f"introduction {IMAGE} {BODY} news {{ totalCount nodes {{ {NEWS} }} pageInfo {{ hasNextPage }} }}",
    ),
    "NewsItem": (
        "/actualites/une-visite/",
        f"""kind {{ slug name locale }} date summary featured {IMAGE} {BODY}
        countries {{ totalCount nodes {{ code name path locale }} }} continents {{ nodes {{ code name path }} }}""",
    ),
    "Continent": (
        "/amerique/",
        f"""code name menuLabel heading introduction {IMAGE} {BODY}
        countries {{ totalCount nodes {{ code name path }} }} news {{ totalCount nodes {{ {NEWS} }} }}
        subregions {{ code name locale children {{ code name }} }} pinnedNews {{ {NEWS} }}""",
    ),
    "Country": (
        "/amerique/mexique/",
        f"""code alpha3 name formalName status capital flag relationsSince introduction {IMAGE} {BODY}
        keyFacts {{ label value }} subregion {{ code name parent {{ code name }} }} continent {{ code name path }}
        news(first: 1) {{ totalCount edges {{ cursor node {{ {NEWS} }} }} pageInfo {{ hasNextPage }} }}""",
    ),
}


def settled(value: Any, names: dict[str, str], key: str = "") -> Any:
    """The answer with what differs from run to run replaced: keys, numbers of rows, signatures."""
    if isinstance(value, dict):
        return {name: settled(item, names, name) for name, item in value.items()}
    if isinstance(value, list):
        return [settled(item, names, key) for item in value]
    if not isinstance(value, str):
        return value
    if key == "translationKey":
        return names.setdefault(value, f"<key {len(names) + 1}>")
    if key == "cursor":
        return re.sub(r"\d+\]$", "<id>]", decoded(value))
    if key == "id":
        match = re.fullmatch(r"([A-Z]\w+):[0-9a-f]{32}:(\S+)", decoded(value))
        return f"{match[1]}:<key>:{match[2]}" if match else "<id>"
    value = re.sub(r"/documents/\d+/", "/documents/<id>/", value)
    return re.sub(r"(accord|document)[\w-]*\.txt", "<file>.txt", value)


def decoded(value: str) -> str:
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    except ValueError:
        return value


@pytest.mark.parametrize("type_name", TYPES)
def test_the_whole_answer_is_as_agreed(site_tree: SiteTree, type_name: str) -> None:
    site_fill(site_tree)
    path, fields = TYPES[type_name]
    query = f"""query ($path: String!) {{
      route(path: $path) {{ __typename ... on {type_name} {{ {INTERFACE} {fields} }} }}
    }}"""
    names: dict[str, str] = {}
    answers = {code: settled(ask(query, {"path": f"/{code}{path}"})["route"], names) for code in ("fr", "ar", "es")}
    assert {answer["__typename"] for answer in answers.values()} == {type_name}
    file = SNAPSHOTS / f"{type_name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(json.dumps(answers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert answers == json.loads(file.read_text(encoding="utf-8"))
