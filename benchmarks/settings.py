"""Production settings with values for a benchmark, on PostgreSQL and Redis of this machine."""

import os

_SCALE = os.environ.get("BENCH_NEWS", "5000")
_SERVER = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
_REDIS = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/11")
_NAME = os.environ.get("BENCH_NAME", "diwan_bench")
# One process for each connection, so that all of PostgreSQL's work is counted: no parallel workers.
_OPTIONS = "options=-c%20max_parallel_workers_per_gather%3D0"
os.environ.setdefault("DATABASE_URL", f"{_SERVER}/diwan_bench_{_SCALE}?application_name={_NAME}&{_OPTIONS}")
os.environ.setdefault("CONN_MAX_AGE", "86400")
os.environ.setdefault("CACHE_URL", f"{_REDIS}?key_prefix={_NAME}_{_SCALE}")
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
