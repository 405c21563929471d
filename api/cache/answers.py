"""Kept answers, and what keeps them."""

import time
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple, Protocol

import orjson
from django.http import HttpResponse
from django.http.response import ResponseHeaders

from api.cache.settings import cache_options


class CheckedHeaders(ResponseHeaders):
    """Headers that Django has checked and that many responses have: checking costs more than all else of a response."""

    def add_to(self, response: HttpResponse) -> None:
        """Give a response these headers as they are."""
        response.headers._store.update(self._store)


@dataclass(frozen=True)
class Answer:
    """The body of an answer with status 200, and what its headers say of it."""

    body: bytes
    etag: str
    """A strong entity tag (RFC 9110, section 8.8.3), quotes included."""
    languages: str
    """For Content-Language; empty where no page was asked for."""
    tags: str
    """Surrogate keys with spaces between them."""
    expires: float | None
    """POSIX seconds at which the clock alone may alter the answer."""

    @cached_property
    def headers(self) -> CheckedHeaders:
        """What every response with it has."""
        language = {"Content-Language": self.languages} if self.languages else {}
        return CheckedHeaders({"Vary": "Accept", "ETag": self.etag, **language})

    @cached_property
    def tag_headers(self) -> CheckedHeaders:
        """Its surrogate keys, by the two names that caches know them by."""
        return CheckedHeaders({"Surrogate-Key": self.tags, "Cache-Tag": self.tags.replace(" ", ",")})

    def packed(self, version: int) -> bytes:
        """The answer as bytes, with the content version that it was made under."""
        head = {**asdict(self), "version": version}
        del head["body"]
        return orjson.dumps(head) + b"\n" + self.body


def answer_unpacked(raw: bytes) -> tuple[int, Answer]:
    """The content version and the answer. Raises ValueError for anything that ``packed`` did not write."""
    head, _newline, body = raw.partition(b"\n")
    values = orjson.loads(head)
    try:
        version: int = values.pop("version")
        return version, Answer(body=body, **values)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("This is no packed answer.") from error


def etag_of(body: bytes, media_type: str) -> str:
    """The strong entity tag of one representation."""
    digest = blake2b(body, digest_size=16, person=b"diwan-etag")
    digest.update(media_type.encode())
    return f'"{digest.hexdigest()}"'


class Found(NamedTuple):
    """What a store knows of a question."""

    version: int | None
    """The content version, read before anything else; None within a transaction."""
    answer: Answer | None


class AnswerStore(Protocol):
    """Keeps answers under a key and a content version."""

    def find(self, key: str) -> Found:
        """The content version, and the answer kept under it."""
        ...

    def keep(self, key: str, version: int, answer: Answer) -> None:
        """Keep an answer that was made from content of this version, or of a later one."""
        ...

    def change_begins(self) -> None:
        """The content changes, in a transaction of this thread that is not committed yet."""
        ...

    def change_ends(self) -> None:
        """That transaction is over."""
        ...


def seconds_left(answer: Answer) -> float:
    """How long an answer may be kept from now on."""
    seconds = float(cache_options().seconds)
    return seconds if answer.expires is None else min(seconds, answer.expires - time.time())
