"""Caches that are purged by tags. Settings choose one in WAGTAILFRONTENDCACHE; Wagtail purges page views by address."""

import json
from collections.abc import Iterable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.backends import CloudflareBackend as StockCloudflareBackend

# Seconds that a cache may take to answer.
TIMEOUT = 10


class PurgeError(Exception):
    """A cache could not be told, or refused. The message names no secret."""


class _StayingHandler(HTTPRedirectHandler):
    """A purge that is sent elsewhere would go there as a question, with the token, and purge nothing."""

    def redirect_request(self, *arguments: Any) -> None:
        """Nothing: a redirect is an error."""


_opener = build_opener(_StayingHandler)


class TagBackend(BaseBackend):
    """A cache that forgets answers by their tags, ``chunk_size`` of them in one request."""

    chunk_size = 100

    def purge_tags(self, tags: list[str]) -> None:
        """Have the cache forget every answer with one of ``tags``. Raises PurgeError; some may be forgotten then."""
        for start in range(0, len(tags), self.chunk_size):
            self.purge_chunk(tags[start : start + self.chunk_size])

    def purge_chunk(self, tags: list[str]) -> None:
        """``purge_tags`` for as many as one request takes."""
        raise NotImplementedError


class CloudflareBackend(TagBackend, StockCloudflareBackend):
    """Cloudflare: ZONEID, BEARER_TOKEN (permission "Cache Purge"). It reads the header ``Cache-Tag``."""

    chunk_size = 30

    def __init__(self, params: dict[str, Any]) -> None:
        location = params.pop("LOCATION", None) or "https://api.cloudflare.com/client/v4"
        super().__init__(params)
        self.address = f"{location.rstrip('/')}/zones/{self.cloudflare_zoneid}/purge_cache"

    def purge_chunk(self, tags: list[str]) -> None:
        answer = _send(
            "POST", self.address, headers={"Authorization": f"Bearer {self.cloudflare_token}"}, body={"tags": tags}
        )
        try:
            done = json.loads(answer)["success"]
        except (ValueError, KeyError, TypeError) as error:
            raise PurgeError("the answer is not Cloudflare's") from error
        if done is not True:
            raise PurgeError("Cloudflare says that it did not purge")


class FastlyBackend(TagBackend):
    """Fastly: SERVICE (its id), TOKEN (scope "purge_select"). It reads the header ``Surrogate-Key``."""

    chunk_size = 256

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.service, self.token = params["SERVICE"], params["TOKEN"]
        self.location = (params.get("LOCATION") or "https://api.fastly.com").rstrip("/")

    def purge_chunk(self, tags: list[str]) -> None:
        headers = {"Fastly-Key": self.token, "Surrogate-Key": " ".join(tags)}
        _send("POST", f"{self.location}/service/{self.service}/purge", headers=headers)

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        address = f"{self.location}/purge/{parts.netloc}{parts.path}{query}"
        _send("POST", address, headers={"Fastly-Key": self.token})


class VarnishBackend(TagBackend):
    """Varnish with xkey or ykey: LOCATIONS, the address of each instance. Its VCL takes PURGE (docs/caching.md)."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.locations = [location.rstrip("/") for location in params["LOCATIONS"]]

    def purge_chunk(self, tags: list[str]) -> None:
        self._each(lambda location: _send("PURGE", f"{location}/", headers={"xkey-purge": " ".join(tags)}))

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self._each(lambda location: _send("PURGE", f"{location}{path}", headers={"Host": parts.netloc}))

    def _each(self, send: Any) -> None:
        """Tell every instance, whether others fail or not."""
        failed = []
        for location in self.locations:
            try:
                send(location)
            except PurgeError as error:
                # The address without a name and a password that stand in it.
                failed.append(f"{urlsplit(location).netloc.rpartition('@')[2]}: {error}")
        if failed:
            raise PurgeError("; ".join(failed))


class HTTPBackend(TagBackend):
    """Anything that takes ``{"tags": […]}`` or ``{"urls": […]}`` by POST at LOCATION, with TOKEN as bearer."""

    chunk_size = 500

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location, self.token = params["LOCATION"], params["TOKEN"]

    def purge_chunk(self, tags: list[str]) -> None:
        self._post({"tags": tags})

    def purge(self, url: str) -> None:
        self.purge_batch([url])

    def purge_batch(self, urls: Iterable[str]) -> None:
        self._post({"urls": list(urls)})

    def _post(self, body: Any) -> None:
        _send("POST", self.location, headers={"Authorization": f"Bearer {self.token}"}, body=body)


def _send(method: str, address: str, *, headers: Mapping[str, str], body: Any = None) -> bytes:
    """The body of a successful answer. Raises PurgeError."""
    data = None if body is None else json.dumps(body).encode()
    given = {**headers, "User-Agent": "Diwan", **({} if data is None else {"Content-Type": "application/json"})}
    try:
        request = Request(address, data=data, headers=given, method=method)  # noqa: S310 - the operator's own address
        with _opener.open(request, timeout=TIMEOUT) as response:
            content: bytes = response.read(65_536)
            return content
    except HTTPError as error:
        error.close()
        raise PurgeError(f"status {error.code}") from None
    except OSError as error:
        raise PurgeError(str(error) or type(error).__name__) from None
    except (HTTPException, ValueError) as error:
        # Their messages repeat the header or the address that was not taken.
        raise PurgeError(f"the request could not be made: {type(error).__name__}") from None
