"""What has changed in the schema since the last release, as clients of that release would notice it.

A release is a git tag ``v<major>.<minor>.<patch>``. A field, argument, input field or enum value may go when the last
release said that it is deprecated and the next release is not merely a patch of it.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NamedTypeNode,
    Node,
    TypeDefinitionNode,
    Visitor,
    build_ast_schema,
    build_schema,
    find_breaking_changes,
    parse,
    print_schema,
    visit,
)
from graphql.language import REMOVE

_TAG = re.compile(r"v(\d+)\.(\d+)\.(\d+)")
_VERSION = re.compile(r"(\d+)\.(\d+)\.")
_ROOTS = {"Query", "Mutation", "Subscription"}


class Release(NamedTuple):
    """The last release, and the schema that it served."""

    tag: str
    major: int
    minor: int
    sdl: str


class NoReleaseError(Exception):
    """There is nothing to compare with; the message says why, for whoever runs the check."""


class UnreadableReleaseError(Exception):
    """There is a release, and its schema cannot be read."""


def last_release(folder: Path, path: str) -> Release:
    """The newest release among the ancestors of what is checked out in ``folder``, with its file ``path``.

    Raises NoReleaseError where there is no release or no way to know, and UnreadableReleaseError.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") != "true":
        raise NoReleaseError("this is no git checkout")
    names = (_git(folder, "tag", "--list", "v*", "--merged", "HEAD") or "").splitlines()
    versions = sorted((tuple(map(int, found.groups())), name) for name in names if (found := _TAG.fullmatch(name)))
    if not versions:
        if _git(folder, "rev-parse", "--is-shallow-repository") == "true":
            raise NoReleaseError(
                "this is a shallow clone, and none of its commits is a release: git fetch --unshallow --tags"
            )
        raise NoReleaseError("nothing was released yet (no tag v<major>.<minor>.<patch>)")
    (major, minor, _patch), tag = versions[-1]
    sdl = _git(folder, "show", f"{tag}:{path}")
    if not sdl:
        raise UnreadableReleaseError(f"The release {tag} has no {path}.")
    return Release(tag, major, minor, sdl)


def breaking_changes(release: Release, served: GraphQLSchema, *, version: str) -> list[str]:
    """What would break clients of ``release``, a line each. ``version`` is the one that is being worked on.

    Raises UnreadableReleaseError.
    """
    # Both from their texts: graphene's types are classes of their own, which are never the same as others.
    served = build_schema(print_schema(served))
    found = _VERSION.match(version)
    is_patch = found is None or (int(found[1]), int(found[2])) <= (release.major, release.minor)
    try:
        document = parse(release.sdl)
        before = build_schema(release.sdl) if is_patch else build_ast_schema(_without_deprecated(document, served))
    except (GraphQLError, TypeError) as error:
        raise UnreadableReleaseError(f"The schema of {release.tag} cannot be read: {error}") from error
    return [change.description for change in find_breaking_changes(before, served)]


def _without_deprecated(document: DocumentNode, served: GraphQLSchema) -> DocumentNode:
    """The released schema without what it had deprecated and what is gone now, nor types that only those used."""
    document = visit(document, _Remover(served))
    while True:
        used = {node.name.value for definition in document.definitions for node in _named_types(definition)}
        kept = tuple(
            definition
            for definition in document.definitions
            if not isinstance(definition, TypeDefinitionNode)
            or definition.name.value in used | _ROOTS
            or definition.name.value in served.type_map
        )
        if len(kept) == len(document.definitions):
            return document
        document = DocumentNode(definitions=kept)


class _Remover(Visitor):
    """Takes out members that are deprecated and are not served any more."""

    def __init__(self, served: GraphQLSchema) -> None:
        super().__init__()
        self._served = served

    def _enter_member(self, node: Any, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> Any:
        if not any(directive.name.value == "deprecated" for directive in node.directives):
            return None
        owners = [ancestor.name.value for ancestor in ancestors if hasattr(ancestor, "name")]
        return REMOVE if not self._is_served(owners, node.name.value) else None

    enter_field_definition = enter_input_value_definition = enter_enum_value_definition = _enter_member

    def _is_served(self, owners: list[str], name: str) -> bool:
        kind: Any = self._served.type_map.get(owners[0])
        members = getattr(kind, "fields", None) or getattr(kind, "values", None) or {}
        if len(owners) == 1:
            return name in members
        return owners[1] in members and name in members[owners[1]].args


def _named_types(definition: Node) -> Iterator[NamedTypeNode]:
    found: list[NamedTypeNode] = []

    class Collector(Visitor):
        def enter_named_type(self, node: NamedTypeNode, *_args: Any) -> None:
            found.append(node)

    visit(definition, Collector())
    return iter(found)


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says, None where it fails or is not there."""
    program = shutil.which("git")
    if program is None:
        return None
    result = subprocess.run(  # noqa: S603 - our own arguments
        [program, "-C", str(folder), *arguments], capture_output=True, encoding="utf-8", check=False
    )
    return result.stdout.strip() if result.returncode == 0 else None
