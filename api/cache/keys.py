"""What makes two requests the same question."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson
from django.conf import settings
from django.core.signals import setting_changed
from graphql import GraphQLSchema, print_schema

from api.limits import Limits


def answer_key(
    *,
    schema: GraphQLSchema,
    limits: Limits,
    query: str,
    variables: Mapping[str, Any],
    operation_name: str | None,
    origin: tuple[str, str, int],
    media_type: str,
) -> str | None:
    """A key for all that an answer depends on but the content. None for variables that cannot be written down.

    ``origin`` is scheme, host and port as the request has them: addresses of pictures and documents begin with them.
    """
    try:
        question = orjson.dumps([query, variables, operation_name, *origin, media_type], option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a whole number of more than 64 bits
        return None
    return f"answer:{blake2b(question, digest_size=20, key=_deployment(schema, limits)).hexdigest()}"


@lru_cache(maxsize=8)
def _deployment(schema: GraphQLSchema, limits: Limits) -> bytes:
    """The code and the settings that answers follow from, so that a new release asks anew."""
    parts = [
        print_schema(schema), limits, settings.DIWAN_INTROSPECTION, settings.DIWAN_FRONTEND_URL, settings.SECRET_KEY,
        settings.DIWAN_SOURCE_LOCALE, settings.DIWAN_FALLBACK_CHAINS, settings.MEDIA_URL, settings.TIME_ZONE,
    ]  # fmt: skip
    return blake2b(repr(parts).encode(), digest_size=32).digest()


def _forget(**kwargs: object) -> None:
    _deployment.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.cache.keys")
