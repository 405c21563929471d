"""The endpoint's one address, for those who leave its last slash out."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def to_graphql(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Status 308, which keeps method and body, where Django's own redirect would turn a POST into a GET."""
    request.COOKIES.clear()
    query = request.META.get("QUERY_STRING", "")
    address = reverse("api:graphql") + (f"?{query}" if query else "")
    return HttpResponsePermanentRedirect(address, preserve_request=True)
