"""Answers without errors as HTTP has them: entity tag, lifetime, language and surrogate keys."""

import time

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from api.cache import Answer
from api.cache.answers import etag_of
from api.cache.settings import cache_options
from api.cache.tags import answer_languages, answer_tags
from api.context import GraphQLContext


def answer_of(body: bytes, context: GraphQLContext, media_type: str) -> Answer:
    """The answer to a request that was executed."""
    gate = context.gate_opened
    expires = gate.expires if gate else None
    return Answer(
        body=body,
        etag=etag_of(body, media_type),
        languages=answer_languages(context),
        tags=answer_tags(context, limit=cache_options().tag_bytes),
        expires=expires.timestamp() if expires else None,
    )


def answer_response(request: HttpRequest, answer: Answer, media_type: str) -> HttpResponse:
    """Status 200 with the answer, or 304 where the client has it already (RFC 9110, section 13.1.2)."""
    is_post = request.method == "POST"
    known = None if is_post else request.META.get("HTTP_IF_NONE_MATCH")
    response: HttpResponse
    if known and _is_known(known, answer.etag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(answer.body, content_type=f"{media_type}; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache" if is_post else cache_control(answer.expires)
    answer.headers.add_to(response)
    if not is_post:
        answer.tag_headers.add_to(response)
    return response


def _is_known(header: str, etag: str) -> bool:
    if header == etag:
        return True
    tags = parse_etags(header)
    # A proxy that compressed the answer may have made the tag a weak one.
    return tags == ["*"] or any(tag.removeprefix("W/") == etag for tag in tags)


def cache_control(expires: float | None) -> str:
    """How long others may serve an answer without asking; never beyond the moment at which the clock alters it.

    ``expires`` is that moment in POSIX seconds.
    """
    options = cache_options()
    if not options.browser_seconds and not options.cdn_seconds:
        return "no-cache"
    left = max(0, int(expires - time.time())) if expires is not None else None
    browser, cdn, stale = (
        seconds if left is None else min(seconds, left)
        for seconds in (options.browser_seconds, options.cdn_seconds, options.stale_seconds)
    )
    if not browser and not cdn:
        return "no-cache"
    parts = ["public", f"max-age={browser}", f"s-maxage={cdn}"]
    if stale and left is None:
        parts.append(f"stale-while-revalidate={stale}")
    return ", ".join(parts)
