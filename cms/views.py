"""The address ``/``: a way in for people who opened the CMS itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi, get_language_info
from django.views.decorators.http import require_safe


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
