"""Each path that an answer holds leads back through `route`, however it is spelt, on the demo content."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from home.models import HomePage
from tests.asking import ask
from tests.factories.content import StandardPageFactory
from tests.factories.demo import demo_make

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]
PAGE = "path breadcrumbs { path } alternates { path }"
TEXT = "... on RichTextBlock { content { html nodes { href } } } ... on PageLinksBlock { links { path page { path } } }"
QUERIES = [
    f"query Q($locale: LocaleCode!, $rest: [LocaleCode!]) {{ {field} }}"
    for field in (
        f"home(locale: $locale, fallback: $rest) {{ {PAGE} }}",
        f"continents(locale: $locale, fallback: $rest) {{ nodes {{ {PAGE} body {{ {TEXT} }} }} }}",
        f"news(locale: $locale, fallback: $rest, first: 100) {{ nodes {{ {PAGE} body {{ {TEXT} }} }} }}",
        f"countries(locale: $locale, fallback: $rest, first: 100) {{ nodes {{ {PAGE} }} }}",
        f"countries(locale: $locale, fallback: $rest, last: 100) {{ nodes {{ {PAGE} }} }}",
        'search(locale: $locale, query: "Mexique", fallback: $rest) { nodes { path } }',
        "header: navigation(locale: $locale, fallback: $rest) { items { path children { path } } } "
        "siteSettings(locale: $locale, fallback: $rest) { footer { html nodes { href } } }",
    )
]
AT_ONCE = 20


def paths_in(value: Any) -> Iterator[str]:
    """Every path in an answer, wherever it stands."""
    if isinstance(value, list):
        for item in value:
            yield from paths_in(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in ("path", "href") and inner:
                yield inner
            elif name == "html":
                yield from re.findall('href="([^"]+)"', inner)
            else:
                yield from paths_in(inner)


def routed(paths: list[str]) -> list[Any]:
    """The path of the page at each path."""
    found: list[Any] = []
    for start in range(0, len(paths), AT_ONCE):
        part = paths[start : start + AT_ONCE]
        names = ", ".join(f"$p{place}: String!" for place in range(len(part)))
        fields = " ".join(
            f"r{place}: route(path: $p{place}) {{ ... on Page {{ path }} }}" for place in range(len(part))
        )
        answer = ask(f"query Q({names}) {{ {fields} }}", {f"p{place}": path for place, path in enumerate(part)})
        found += [answer[f"r{place}"].get("path") for place in range(len(part))]
    return found


def test_every_path_of_an_answer_leads_back() -> None:
    demo_make()
    arabic = StandardPageFactory(parent=HomePage.objects.get(locale__language_code="ar"), title="A", slug="وزارة")
    StandardPageFactory(parent=arabic, title="B", slug="Été")
    given = {"/ar/وزارة/", "/ar/وزارة/Été/"}
    for locale in ("FR", "AR", "ES"):
        for rest in ([], ["FR"], ["ES", "AR", "FR"]):
            for query in QUERIES:
                given |= {path for path in paths_in(ask(query, {"locale": locale, "rest": rest})) if path[0] == "/"}
    paths = sorted(path for path in given if re.match("/(fr|ar|es)/", path))
    assert len(paths) > 700
    assert {path[:4] for path in paths} == {"/fr/", "/ar/", "/es/"}
    assert routed(paths) == paths
    assert routed([path.rstrip("/") for path in paths]) == paths
    assert routed([quote(path) for path in paths]) == paths
    small = [path for path in paths if path == path.lower()]
    assert routed([quote(path).lower().rstrip("/") for path in small]) == small
