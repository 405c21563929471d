"""The benchmark's settings for one peer: its apps and URLs in the place of the product's endpoint."""

import os

# Wagtail's search takes longer than the product lets a statement take.
os.environ.setdefault("STATEMENT_TIMEOUT", "0")

from benchmarks.peers.chosen import PEER
from benchmarks.settings import *

_APPS = {
    "grapple": ["grapple", "graphene_django"],
    "plain": ["graphene_django"],
    "v2": ["wagtail.api.v2", "rest_framework"],
    "v3": ["wagtail.api.v3"],
}
INSTALLED_APPS = [
    "benchmarks.peers",
    *[app for app in INSTALLED_APPS if app not in ("api", "graphene_django")],  # noqa: F405
    *_APPS[PEER],
]
ROOT_URLCONF = "benchmarks.peers.urls"
GRAPHENE = {
    "grapple": {"SCHEMA": "grapple.schema.schema"},
    "plain": {"SCHEMA": "benchmarks.peers.plain.schema"},
}.get(PEER, {})
GRAPPLE = {"APPS": ["home", "regions"], "MAX_PAGE_SIZE": 100}
WAGTAILAPI_BASE_URL = "http://127.0.0.1"
WAGTAILAPI_LIMIT_MAX = 100
# Wagtail's own search, which stems French.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "french"}}
