"""The content security policy that HTML answers carry; tests/e2e/ looks at what a browser makes of it."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cms.middleware import ContentSecurityPolicyMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def policy(header: str) -> dict[str, str]:
    parts = header.split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/nothing-here/"])
def test_html_may_run_and_send_only_to_this_host(client: Client, path: str) -> None:
    sent = policy(client.get(path, follow=True).headers["Content-Security-Policy"])
    assert sent["script-src"] == "'self' 'unsafe-inline'"
    assert sent["default-src"] == sent["base-uri"] == sent["form-action"] == sent["frame-ancestors"] == "'self'"
    assert sent["object-src"] == "'none'"


def test_data_carries_none(client: Client) -> None:
    response = client.get("/graphql/", {"query": "{ __typename }"}, headers={"accept": "application/json"})
    assert response.json()["data"] == {"__typename": "Query"}
    assert "Content-Security-Policy" not in response


def test_a_policy_of_the_view_itself_stays() -> None:
    own = HttpResponse("<p>", headers={"Content-Security-Policy": "default-src 'none'"})
    answer = ContentSecurityPolicyMiddleware(lambda request: own)(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
