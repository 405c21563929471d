"""The address ``/``, a way in for people who opened the CMS itself; pictures and feeds, with their names for a CDN."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_bidi, get_language_info
from django.views.decorators.http import require_safe

from api.cache.answers import etag_of
from api.cache.tags import EVERYTHING, image_file_tags, type_tag
from api.http.answer import cache_control
from home.selectors.locales import locale_codes
from home.selectors.plain_face import gate_of_request
from home.views import PublicServeView
from travel.feeds import TravelAdviceFeed


@require_safe
def front_door(request: HttpRequest) -> HttpResponseBase:
    """Links to the admin, to GraphQL and to the plain pages; the public website instead once there is one."""
    if settings.DIWAN_FRONTEND_URL:
        return HttpResponseRedirect(settings.DIWAN_FRONTEND_URL)
    languages = [get_language_info(code) for code, _name in settings.LANGUAGES]
    response: HttpResponse = render(
        request,
        "cms/front_door.html",
        {
            "direction": "rtl" if get_language_bidi() else "ltr",
            "graphiql": settings.DIWAN_INTROSPECTION,
            "graphql_url": reverse("api:graphql"),
            "languages": [
                {**language, "url": f"/{language['code']}/", "direction": "rtl" if language["bidi"] else "ltr"}
                for language in languages
            ],
        },
    )
    return response


class TaggedServeView(PublicServeView):
    """Pictures by their signed addresses, so named that a CDN forgets one that was changed or became private."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().get(request, *args, **kwargs)
        tags = image_file_tags(kwargs["image_id"])
        response.headers["Surrogate-Key"] = " ".join(tags)
        response.headers["Cache-Tag"] = ",".join(tags)
        return response


@require_safe
def travel_advice_feed(request: HttpRequest, language_code: str) -> HttpResponse:
    """What has changed in travel advice, as Atom: for caches and readers that ask again only whether it has changed."""
    if language_code not in locale_codes():
        raise Http404("no such language")
    with translation.override(language_code):
        response = TravelAdviceFeed()(request, language_code=language_code)
    tags = [EVERYTHING, type_tag("TravelAdvice")]
    boundary = gate_of_request(request).boundary
    headers = {
        "ETag": etag_of(response.content, response.headers["Content-Type"]),
        "Cache-Control": cache_control(boundary.timestamp() if boundary else None),
        "Content-Language": language_code,
        "Content-Length": str(len(response.content)),
        "Surrogate-Key": " ".join(tags),
        "Cache-Tag": ",".join(tags),
    }
    for name, value in headers.items():
        response.headers[name] = value
    # No date tells whether it has changed: that of the latest change goes back when a sheet is hidden, and stands still
    # when a title is corrected.
    del response.headers["Last-Modified"]
    answer = get_conditional_response(request, etag=headers["ETag"], response=response)
    assert answer is not None  # noqa: S101 - a response was given
    if answer is not response:
        # RFC 9110, section 15.4.5: with status 304, what a cache updates its copy by.
        for name in headers.keys() - {"Content-Length"}:
            answer.headers[name] = headers[name]
    return answer
