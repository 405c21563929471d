"""A peer under the path that its documentation gives it, and Wagtail's pages, so that addresses can be made."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from benchmarks.peers.chosen import PEER

urlpatterns: list[URLPattern | URLResolver] = []
if PEER == "grapple":
    from grapple import urls as grapple_urls

    urlpatterns.append(path("api/", include(grapple_urls)))
elif PEER == "plain":
    from django.views.decorators.csrf import csrf_exempt
    from graphene_django.views import GraphQLView

    urlpatterns.append(path("graphql", csrf_exempt(GraphQLView.as_view())))
elif PEER == "v2":
    from benchmarks.peers.rest import router

    urlpatterns.append(path("api/v2/", router().urls))
else:
    from wagtail.api.v3.urls import api

    urlpatterns.append(path("api/v3/", api.urls))
urlpatterns += [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=True),
]
