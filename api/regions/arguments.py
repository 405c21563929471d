"""Checks of codes and dates that clients give."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from graphql import GraphQLResolveInfo

from api.errors import BadUserInput

_CODES = {
    2: (re.compile(r"[A-Z]{2}"), "An ISO 3166-1 alpha-2 code has two letters."),
    3: (re.compile(r"[0-9]{3}"), "A UN M49 code has three digits."),
}
_MAX_CODES = 300


def codes_checked(codes: Sequence[str] | None, *, length: int) -> tuple[str, ...] | None:
    """Country codes (``length`` 2) in capitals, or UN M49 codes (3), each once. Raises BadUserInput."""
    if codes is None:
        return None
    if len(codes) > _MAX_CODES:
        raise BadUserInput(f"At most {_MAX_CODES} codes can be given.")
    pattern, message = _CODES[length]
    capitals = tuple(dict.fromkeys(code.upper() for code in codes))
    if not all(pattern.fullmatch(code) for code in capitals):
        raise BadUserInput(message)
    return capitals


def list_resolver(resolver: Callable[..., Any], default_order: Enum | None) -> Callable[..., Any]:
    """``resolver`` with ``default_order`` in place of an ``orderBy`` that is null."""
    if default_order is None:
        return resolver

    def resolve(root: Any, info: GraphQLResolveInfo, order_by: Enum | None = None, **arguments: Any) -> Any:
        return resolver(root, info, order_by=default_order if order_by is None else order_by, **arguments)

    return resolve


def date_range_checked(date_from: date | None, date_to: date | None) -> None:
    """Raise BadUserInput for a range that no day lies in."""
    if date_from is not None and date_to is not None and date_from > date_to:
        raise BadUserInput("`dateFrom` is later than `dateTo`.")
