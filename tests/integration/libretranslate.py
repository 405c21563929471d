"""A stand-in for a machine translation service: a server on this machine that speaks LibreTranslate's API."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def upper(text: str) -> str:
    """A translation that keeps tags and tells that a machine made it."""
    return f"MT {text}"


@dataclass
class Service:
    """What the service was asked, and how it answers."""

    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    translate: Callable[[str], str] = upper
    """Of each text."""
    status: int = 200
    body: bytes | None = None
    """In place of an answer."""
    hangs: bool = False
    """Keeps every request waiting until the service ends."""
    fails_for: str = ""
    """Answers 500 to a request that holds this."""

    @property
    def texts(self) -> list[str]:
        """Every text that it was sent."""
        return [text for request in self.asked for text in request["q"]]

    def setting(self, *, timeout: float = 5) -> dict[str, Any]:
        """The value of WAGTAILLOCALIZE_MACHINE_TRANSLATOR that leads here."""
        return {
            "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
            "OPTIONS": {"LIBRETRANSLATE_URL": self.address, "API_KEY": "s3cret-word", "TIMEOUT": timeout},
        }


@contextmanager
def libretranslate() -> Iterator[Service]:
    """A service for as long as it is needed."""
    service, over = Service(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = json.loads(body)
            service.asked.append({"path": self.path, **request})
            if service.hangs:
                over.wait(30)
                return
            status = 500 if service.fails_for and service.fails_for in body.decode() else service.status
            answer = json.dumps({"translatedText": [service.translate(text) for text in request["q"]]}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(answer if service.body is None else service.body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
