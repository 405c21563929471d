"""What makes two requests the same question."""

from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import orjson
from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed
from graphql import GraphQLSchema, print_schema

from api.limits import Limits

# The last ones for names by CLDR, Hijri dates, the order of names, and which words a search finds.
_LIBRARIES = (
    *("django", "wagtail", "graphene", "graphql-core", "orjson"),
    *("babel", "hijridate", "pyuca", "snowballstemmer"),
)


def answer_key(
    *,
    schema: GraphQLSchema,
    limits: Limits,
    question: bytes,
    origin: tuple[str, str, str],
    media_type: str,
) -> str:
    """A key for all that an answer depends on but the content.

    ``question`` is document, variables and operation as JSON. ``origin`` is scheme, host and port as the request has
    them: addresses of pictures and documents begin with them.
    """
    digest = blake2b(orjson.dumps([*origin, media_type]), digest_size=20, key=_deployment(schema, limits))
    digest.update(question)
    return f"answer:{digest.hexdigest()}"


@lru_cache(maxsize=8)
def _deployment(schema: GraphQLSchema, limits: Limits) -> bytes:
    """The code and the settings that answers follow from, so that a new release asks anew."""
    parts = [
        code_digest(), _printed(schema), limits, settings.DIWAN_INTROSPECTION, settings.DIWAN_FRONTEND_URL,
        settings.SECRET_KEY, settings.DIWAN_SOURCE_LOCALE, settings.DIWAN_FALLBACK_CHAINS, settings.MEDIA_URL,
        settings.TIME_ZONE,
    ]  # fmt: skip
    return blake2b(repr(parts).encode(), digest_size=32).digest()


@lru_cache(maxsize=8)
def _printed(schema: GraphQLSchema) -> str:
    return print_schema(schema)


@cache
def code_digest() -> str:
    """Tells releases apart: the source and the data of this project's apps, and the libraries that answers follow from.

    While a release is rolled out, processes of both answer from one Redis.
    """
    digest = blake2b(digest_size=16)
    for label in ("api", "bulk", "translations", "travel", "relations", "missions", "regions", "home"):
        root = Path(apps.get_app_config(label).path)
        for path in sorted(each for kind in ("*.py", "*.toml") for each in root.rglob(kind)):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    digest.update(repr([version(name) for name in _LIBRARIES]).encode())
    return digest.hexdigest()


def _forget(**kwargs: object) -> None:
    _deployment.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.cache.keys")
