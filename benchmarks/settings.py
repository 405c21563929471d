"""Production settings with values for a benchmark, on PostgreSQL and Redis of this machine."""

import os

_SCALE = os.environ.get("BENCH_NEWS", "5000")
_SERVER = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
os.environ.setdefault("DATABASE_URL", f"{_SERVER}/diwan_bench_{_SCALE}")
os.environ.setdefault("CACHE_URL", "redis://127.0.0.1:6379/11")
os.environ.setdefault("SECRET_KEY", "only for benchmarks, with more than fifty characters in its secret")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("DOTENV", os.devnull)

from cms.settings.production import *

ROOT_URLCONF = "benchmarks.urls"
SECURE_SSL_REDIRECT = False
LOGGING_CONFIG = None
# The contestants are compared without a rate limit. The views beside the endpoint pass all middleware, as Django's do;
# the endpoint leaves it where cms.middleware.ApiMiddleware stands, kept answers or not.
DIWAN_INTROSPECTION = False
