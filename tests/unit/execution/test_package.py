"""The package knows graphql-core and nothing else: no content, no Django, no graphene."""

import ast
import sys
from pathlib import Path

import pytest

import api.execution

FILES = sorted(Path(api.execution.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            package = name.partition(".")[0]
            assert package in sys.stdlib_module_names or package == "graphql" or name.startswith("api.execution"), name


def test_the_docstring_teaches_a_loader_that_works() -> None:
    """The example in the package's docstring runs as it stands."""
    lines = (api.execution.__doc__ or "").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("    class"))
    end = next(index for index, line in enumerate(lines) if line.startswith("where the context"))
    source = "\n".join(line[4:] for line in lines[start:end])

    class Country:
        def __init__(self, code: str) -> None:
            self.code = code

    names = {
        **vars(api.execution),
        "Country": Country,
        "country_list_by_codes": lambda *, codes, locale: [Country(code) for code in codes if code != "XX"],
    }
    exec(compile(source, "docstring", "exec"), names)  # noqa: S102  our own text
    loaders = api.execution.LoaderRegistry()
    info = type("Info", (), {"context": type("Context", (), {"loaders": loaders})})

    def item(code: str) -> object:
        return type("Item", (), {"country_code": code})

    found = [names["resolve_country"](item(code), info) for code in ("MX", "XX", "MX")]
    assert [getattr(api.execution.wait(country), "code", None) for country in found] == ["MX", None, "MX"]
