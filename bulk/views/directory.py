"""The public directory: files of missions and of their closures, in a language, by simple filters."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from bulk.directory.files import FORMS, directory_body
from bulk.selectors.directory import Filters
from home.models.record_page import validate_record_key
from home.selectors.plain_face import gate_of_request
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.models.choices import MissionDirection, MissionKind

_LONGEST_KEPT = timedelta(hours=1)
_NAMES = ("country", "direction", "key", "kind")


class BadFilterError(ValueError):
    """A parameter has no such value; the message names it."""


@require_safe
def directory(request: HttpRequest, *, locale: str, form: str) -> HttpResponse:
    """The file. 404 for a language or key that is not there, 400 for a filter that is none."""
    if locale not in dict(settings.LANGUAGES) or form not in FORMS:
        raise Http404
    try:
        filters = filters_read(request)
    except BadFilterError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    gate = gate_of_request(request)
    # Whatever is kept: heads of mission, what is announced and the day in the heading are those of the ministry's day.
    today = today_of(gate)
    body = _body(gate, form, locale, filters, today)
    etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type=FORMS[form].media_type)
    response.headers["Content-Length"] = str(len(body))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = _cache_control(gate)
    response.headers["Content-Language"] = locale
    response.headers["X-Content-Type-Options"] = "nosniff"
    if form != "html":
        # Public, and the same for everybody: maps of other websites may read it.
        response.headers["Access-Control-Allow-Origin"] = "*"
    if form in ("csv", "vcf", "ics"):
        name = "closures" if form == "ics" else "missions"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{locale}.{form}"'
    conditional: Any = get_conditional_response(request, etag=etag, response=response)
    return conditional


def filters_read(request: HttpRequest) -> Filters:
    """The filters of an address. Raise BadFilterError for what is none, or has no such value."""
    values = {}
    for name in request.GET:
        if name not in _NAMES:
            raise BadFilterError(f"Unknown parameter. Known are: {', '.join(_NAMES)}.")
        values[name] = request.GET[name]
    direction, kind, country = values.get("direction", ""), values.get("kind", ""), values.get("country", "")
    if direction and direction not in MissionDirection.values:
        raise BadFilterError(f"direction: one of {', '.join(MissionDirection.values)}.")
    if kind and kind not in MissionKind.values:
        raise BadFilterError(f"kind: one of {', '.join(MissionKind.values)}.")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise BadFilterError("country: an ISO 3166-1 alpha-2 code, such as MX.")
    key = values.get("key", "")
    try:
        if key:
            validate_record_key(key[:256])
    except ValidationError as error:
        raise BadFilterError("key: the stable key of a mission.") from error
    return Filters(direction=direction, kind=kind, country=country.upper(), key=key)


def _body(gate: Gate, form: str, locale: str, filters: Filters, today: date) -> bytes:
    """The file, kept until the content changes: the clock, too, may change what is shown."""
    if gate.version is None or not _is_kept(filters):
        return directory_body(form=form, locale=locale, filters=filters, gate=gate)
    asked = repr((gate.version, sorted(gate.shape.homes), today, form, locale, filters))
    name = f"directory:{hashlib.blake2b(asked.encode(), digest_size=16).hexdigest()}"
    body: bytes | None = cache.get(name)
    if body is None:
        body = directory_body(form=form, locale=locale, filters=filters, gate=gate)
        seconds = int(_LONGEST_KEPT.total_seconds())
        left = _seconds_left(gate)
        if left is not None:
            seconds = min(seconds, left)
        if seconds >= 1:
            cache.set(name, body, timeout=seconds)
    return body


def _is_kept(filters: Filters) -> bool:
    """All that many ask for; what is left, of one mission or a few in one country, would fill the cache."""
    return not filters.key and not (filters.country and (filters.kind or filters.direction))


def _seconds_left(gate: Gate) -> int | None:
    """How long it is at least until the clock alone may alter the file; None where it never does."""
    return None if gate.expires is None else max(0, int((gate.expires - timezone.now()).total_seconds()))


def _cache_control(gate: Gate) -> str:
    kept, left = settings.DIWAN_RESPONSE_CACHE, _seconds_left(gate)
    browser, cdn = (
        seconds if left is None else min(seconds, left)
        for seconds in (int(kept.get("browser_seconds", 0)), int(kept.get("cdn_seconds", 0)))
    )
    if not browser and not cdn:
        return "public, no-cache"
    return f"public, max-age={browser}, s-maxage={cdn}"
