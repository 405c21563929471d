"""The page of GraphiQL, for people who try queries; a setting turns it on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

EXAMPLE = """
# Ctrl-Enter runs, Ctrl-Space completes.
# Put AR or ES in place of FR.
query Americas {
  continent(code: "019", locale: FR) {
    title
    path
    direction
    countries(first: 3) {
      totalCount
      nodes {
        code
        name
      }
    }
    news(first: 3) {
      nodes {
        date
        title
        kind {
          name
        }
      }
    }
  }
}
"""


def graphiql_response(request: HttpRequest) -> HttpResponse:
    """The page, which loads its scripts from this host only."""
    # Not in the language of an earlier request in this thread.
    with translation.override(None):
        response = render(request, "api/graphiql.html", {"example": EXAMPLE.strip()})
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'"
    )
    response.headers["Vary"] = "Accept"
    return response
