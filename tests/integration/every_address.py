"""Every address of the admin, with arguments that name things of one language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
# The end of every session, and a page that fails on purpose.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test"}


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespaces, its route, and the model that its view is made for, if it is for one."""

    name: str
    route: str
    model: type | None

    @property
    def arguments(self) -> list[str]:
        return _ARGUMENT.findall(self.route)

    def url(self, values: dict[str, Any]) -> str:
        return "/" + _ARGUMENT.sub(lambda match: str(values[match[1]]), self.route)


def address_list() -> list[Address]:
    """All below /admin/, in the order in which they are matched."""
    [admin] = [entry for entry in get_resolver().url_patterns if str(entry.pattern) == "admin/"]
    return [address for address in _walk(admin, "", ()) if address.name not in LEFT_OUT]


def _walk(entry: Any, route: str, names: tuple[str, ...]) -> Iterator[Address]:
    # A regular expression becomes a route: anchors and escapes go, groups become arguments.
    piece = _GROUP.sub(lambda match: f"<{match[1]}>", str(entry.pattern))
    route += piece.replace("^", "").replace("$", "").replace("\\", "")
    if isinstance(entry, URLResolver):
        below = (*names, entry.namespace) if entry.namespace else names
        for child in entry.url_patterns:
            yield from _walk(child, route, below)
    elif isinstance(entry, URLPattern) and ".*" not in route:
        model = getattr(entry.callback, "view_initkwargs", {}).get("model")
        yield Address(":".join((*names, entry.name or "")), route, model if isinstance(model, type) else None)
