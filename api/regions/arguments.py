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
_ACRONYM = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,48}[^\s\x00-\x1f\x7f])?")
_MAX_ACRONYMS = 50
_MAX_TEXT = 200


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


def acronyms_checked(acronyms: Sequence[str] | None) -> tuple[str, ...] | None:
    """Acronyms of organisations, each once. Raises BadUserInput."""
    if acronyms is None:
        return None
    if len(acronyms) > _MAX_ACRONYMS:
        raise BadUserInput(f"At most {_MAX_ACRONYMS} acronyms can be given.")
    if not all(_ACRONYM.fullmatch(acronym) for acronym in acronyms):
        raise BadUserInput("An acronym has 1 to 50 characters, none of them a control character.")
    return tuple(dict.fromkeys(acronyms))


def text_checked(text: str | None) -> str | None:
    """Words to look for, None for blank ones. Raises BadUserInput."""
    if text is not None and len(text) > _MAX_TEXT:
        raise BadUserInput(f"`text` may have {_MAX_TEXT} characters.")
    return text if text and text.strip() else None


def values_of(members: Sequence[Enum] | None) -> tuple[str, ...] | None:
    """The stored values of members of an enum, each once; None where no list is given."""
    return None if members is None else tuple(dict.fromkeys(str(member.value) for member in members))


def list_resolver(resolver: Callable[..., Any], default_order: Enum | None) -> Callable[..., Any]:
    """``resolver`` with ``default_order`` in place of an ``orderBy`` that is null."""
    if default_order is None:
        return resolver

    def resolve(root: Any, info: GraphQLResolveInfo, order_by: Enum | None = None, **arguments: Any) -> Any:
        return resolver(root, info, order_by=default_order if order_by is None else order_by, **arguments)

    return resolve


def date_range_checked(date_from: date | None, date_to: date | None, *, name: str = "date") -> None:
    """Raise BadUserInput for a range that no day lies in; its ends are arguments that begin with ``name``."""
    if date_from is not None and date_to is not None and date_from > date_to:
        raise BadUserInput(f"`{name}From` is later than `{name}To`.")
