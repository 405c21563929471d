"""The application as the product serves it, which also counts SQL statements, and tells which process answers."""

import json
import os
from collections.abc import Iterable
from typing import Any

from benchmarks.counting import counting
from cms.wsgi import application as _application

WORKER_PATH = "/bench-worker/"
_counted = counting(_application)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The product's answer, or the id of this process."""
    if environ["PATH_INFO"] != WORKER_PATH:
        return _counted(environ, start_response)
    body = json.dumps(os.getpid()).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
