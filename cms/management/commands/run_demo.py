"""``make run``: a site to try Diwan on, made when there is none, and served."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.env import BASE_DIR, defaults
from cms.supervisor import Supervisor, port_is_free
from home.models import HomePage
from regions.services.demo.users import DEMO_USERS, PASSWORD

QUERY = '{"query": "{ country(code: \\"MX\\", locale: AR) { name capital direction } }"}'


def unfinished_path() -> Path:
    """The file that stands while this database is being filled, so that a run cut short is taken up by the next."""
    where = "|".join(str(connection.settings_dict[key]) for key in ("ENGINE", "HOST", "PORT", "NAME"))
    digest = hashlib.sha256(where.encode()).hexdigest()[:12]
    return BASE_DIR / "var" / f"unfinished-{digest}"


@contextmanager
def unfinished() -> Iterator[None]:
    """Keep unfinished_path() while the block runs, and for good when it does not end well."""
    path = unfinished_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    yield
    path.unlink()


class Command(BaseCommand):
    help = "Migrate, fill an empty database with the demo, then serve it with its worker and scheduler until Ctrl-C."
    # The first request would say what the checks say; a second run should start within a few seconds.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on (default %(default)s).")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on (default %(default)s).")
        parser.add_argument(
            "--stop-with-parent",
            action="store_true",
            help="Stop too when the process that started this one is gone, however it ended.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not settings.DEBUG:
            raise CommandError("run_demo serves development settings only; docs/operations.md tells how to go live.")
        if not 1 <= port <= 65535:
            raise CommandError(f"{port} is not a port: choose one from 1 to 65535, for example PORT=8001 make run")
        if not port_is_free(host, port):
            raise CommandError(
                f"Port {port} is taken by another program (or another make run). Stop it, or choose another port: "
                f"PORT={port + 1 if port < 65535 else 8001} make run"
            )
        base = f"http://{host}:{port}"
        defaults(WAGTAILADMIN_BASE_URL=base)
        self.prepare(host, port)
        self.say("Starting the web server, the background worker and the scheduler …")
        supervisor = Supervisor(
            {
                "web server": [
                    *(sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind={host}:{port}"),
                    *("--worker-class=gthread", "--threads=8", "--limit-request-line=8190"),
                    *("--log-level=warning", "--no-control-socket"),
                ],
                "background worker": [
                    *(
                        sys.executable,
                        "manage.py",
                        "db_worker",
                        "--no-reload",
                        "--no-startup-delay",
                        "--skip-checks",
                        "-v0",
                    ),
                ],
                "scheduler": [sys.executable, "manage.py", "run_scheduler"],
            },
            url=f"{base}/healthz/",
            stop_with_parent=options["stop_with_parent"],
        )
        os.chdir(BASE_DIR)
        ended = supervisor.run(on_ready=lambda: self.welcome(base))
        if ended:
            raise CommandError(f"The {ended} has ended; its last words stand above.")
        self.say("Stopped.")

    def prepare(self, host: str, port: int) -> None:
        """Migrate where a migration is due; fill the database where it is empty or was left half filled."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Migrating the database …")
            call_command("migrate", verbosity=0)
        if unfinished_path().exists() or not HomePage.objects.exists():
            with unfinished():
                self.say("Making the site: locales, trees, groups, workflow (setup_site) …")
                call_command("setup_site", hostname=host, port=port, stdout=self.stdout)
                self.say("Loading the demo content (load_demo) …")
                call_command("load_demo", stdout=self.stdout)

    def say(self, text: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(text))
        self.stdout.flush()

    def welcome(self, base: str) -> None:
        lines = [
            "",
            f"Diwan serves on   {base}/   (Ctrl-C stops it)",
            f"Admin             {base}/admin/",
            *(
                f"  {user.username:<15} password {PASSWORD}   ({user.group or 'everything'}, {user.language})"
                for user in DEMO_USERS
            ),
            f"GraphQL           {base}/graphql/",
            "",
            "Ask it something:",
            f"  curl -s {base}/graphql/ -H 'Content-Type: application/json' -d '{QUERY}'",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
