"""What answers pass: the load balancer's question, other websites' scripts, content security, the API and the feeds."""

from collections.abc import Callable

from corsheaders.conf import conf
from corsheaders.middleware import CorsMiddleware as StockCorsMiddleware
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve

from api.cache.tags import directory_tags
from api.http.rate import check_rate
from api.http.refusal import RefusalError
from api.urls import graphql_view

HEALTH_PATH = "/healthz/"
API_PATH = "/graphql/"
FEEDS_PATH = "/feeds/travel-advice/"
DIRECTORY_PATH = "/directory/"
# Lists of missions, whoever comes and goes, and all pages that they name.
_DIRECTORY_TAGS = directory_tags("Mission", "Country", "Organisation", "Person")


class HealthMiddleware:
    """Answers ``GET /healthz/``: 200 ``ok`` when the database answers, 503 when it does not.

    It stands before everything else because load balancers ask by IP address and over plain HTTP, which ALLOWED_HOSTS
    and the redirect to HTTPS would refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info != HEALTH_PATH:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        headers = {"Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8"}
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                cursor.fetchone()
        except DatabaseError:
            return HttpResponse("the database does not answer\n", status=503, headers=headers)
        return HttpResponse("" if request.method == "HEAD" else "ok\n", headers=headers)


class ContentSecurityPolicyMiddleware:
    """Sends settings.DIWAN_CONTENT_SECURITY_POLICY with every HTML answer that does not bring a policy of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {value}" for name, value in settings.DIWAN_CONTENT_SECURITY_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class ApiMiddleware:
    """Hands what is sent to the API to its view at once, and what asks for a feed to that of the feed.

    Nothing that stands below has a part in it: no sessions, users, messages, forms, languages or redirects, which cost
    a kept answer more than all the rest of it, and have feeds kept once for each language of a browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(FEEDS_PATH):
            match = resolve(request.path_info)
            feed: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
            return feed
        if request.path_info != API_PATH:
            return self.get_response(request)
        response = graphql_view(request)
        # RFC 9110, section 8.6: with status 304 the length would be that of the answer that the client has.
        if response.status_code not in (204, 304) and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
        return response


class DirectoryMiddleware:
    """Answers what is below ``/directory/`` at once, for the same reason, and so that it varies by nothing.

    One client may ask as often as it may ask the endpoint, and both count together.

    What is there is the same for everybody. A cache in front is told which types it is made of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(DIRECTORY_PATH):
            return self.get_response(request)
        if settings.DIWAN_RATE_LIMIT:
            try:
                check_rate(request)
            except RefusalError as refusal:
                headers = {**refusal.headers, "Cache-Control": "no-store"}
                kind = "text/plain; charset=utf-8"
                return HttpResponse(f"{refusal}\n", status=refusal.status, headers=headers, content_type=kind)
        found = resolve(request.path_info)
        response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        if response.status_code in (200, 304):
            response.headers["Surrogate-Key"] = " ".join(_DIRECTORY_TAGS)
            response.headers["Cache-Tag"] = ",".join(_DIRECTORY_TAGS)
        return response


class CorsMiddleware(StockCorsMiddleware):
    """django-cors-headers, which settings install only where CORS_ALLOWED_ORIGINS names somebody.

    With every origin allowed, answers say so to everybody and do not vary: the library adds ``Vary: origin`` and says
    nothing to a request without an origin, so that a CDN would keep one copy for each website, and one more.
    """

    def add_response_headers(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not conf.CORS_ALLOW_ALL_ORIGINS or request.method == "OPTIONS":
            return super().add_response_headers(request, response)
        if self.is_enabled(request):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = ", ".join(conf.CORS_EXPOSE_HEADERS)
        return response
