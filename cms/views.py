"""The address ``/``, a way in for people who opened the CMS itself; and pictures, with their names for a CDN."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi, get_language_info
from django.views.decorators.http import require_safe

from api.cache.tags import image_file_tags
from home.views import PublicServeView


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
