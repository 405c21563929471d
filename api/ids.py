"""Global ids: opaque to clients, and enough to give the same answer again.

An id names the type of a page, its translation key, and the language it was asked for in; with a fallback chain other
than that language's own, the chain too. So a client's cache never mixes what two readers are shown.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from api.errors import BadUserInput
from api.locales import scope_of
from api.scope import Scope
from home.selectors.keys import Key, key_of
from home.selectors.locales import locale_codes

_ID = re.compile(r"([A-Za-z]{1,40}):([0-9a-f]{32}):([a-z-]{2,12})(?:/([a-z,-]{0,60}))?")
_MAX_LENGTH = 250


class GlobalId(NamedTuple):
    """What an id says."""

    type: str
    key: Key
    scope: Scope


def encode(text: str) -> str:
    """base64url without padding (RFC 4648, section 5)."""
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode(value: str) -> str | None:
    """The reverse of ``encode``; None for what ``encode`` never gives, other spellings of the same bytes included."""
    try:
        text = urlsafe_b64decode(value.encode() + b"=" * (-len(value) % 4)).decode()
    except ValueError:
        return None
    return text if encode(text) == value else None


def id_encode(type_name: str, key: Key, scope: Scope) -> str:
    """The id of a page of the GraphQL type ``type_name``."""
    digits = key.replace("-", "")
    text = f"{type_name}:{digits}:{scope.locale}"
    if scope != scope_of(scope.locale):
        text += "/" + ",".join(scope.chain[1:])
    return encode(text)


def id_decode(value: str) -> GlobalId:
    """What ``value`` says. Raises BadUserInput when it is no id that this API gives."""
    text = decode(value) if len(value) <= _MAX_LENGTH else None
    match = _ID.fullmatch(text) if text is not None else None
    if match is None:
        raise BadUserInput("The id is malformed.")
    type_name, key, locale, chain = match.groups()
    fallback = None if chain is None else [code for code in chain.split(",") if code]
    if not {locale, *(fallback or ())} <= set(locale_codes()):
        raise BadUserInput("The id is malformed.")
    return GlobalId(type_name, key_of(key), scope_of(locale, fallback))
