"""URL map: admin, documents, pictures, GraphQL, then the plain pages below one prefix for each language.

``/healthz/`` is answered before any of these by cms.middleware.HealthMiddleware.
"""

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from api.http.address import to_graphql
from cms.views import TaggedServeView, front_door, travel_advice_feed

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(
        "images/<str:signature>/<int:image_id>/<path:filter_spec>/",
        TaggedServeView.as_view(),
        name="wagtailimages_serve",
    ),
    path("graphql/", include("api.urls")),
    path("graphql", to_graphql),
    path("feeds/travel-advice/<slug:language_code>.atom", travel_advice_feed, name="travel_advice_feed"),
    # Answered by cms.middleware.DirectoryMiddleware; here for reverse().
    path("directory/", include("bulk.urls")),
    path("", front_door),
    # Browsers ask for it on their own.
    path("favicon.ico", RedirectView.as_view(url=settings.STATIC_URL + "cms/favicon.svg")),
]

if settings.DIWAN_SERVE_MEDIA:
    # Never documents/: those pass wagtail.documents' view, which knows who may read them.
    # Each folder has a root of its own, which `..` in a path cannot leave.
    urlpatterns += [
        path(f"media/{folder}/<path:path>", serve, {"document_root": Path(settings.MEDIA_ROOT, folder)})
        for folder in ("images", "original_images", "avatar_images")
    ]

# Every language has its prefix, the source language too: a page's path is the public website's path.
urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=True)
