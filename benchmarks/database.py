"""The benchmark's databases, made and filled when they are not there."""

import os
import subprocess
from dataclasses import dataclass
from typing import Any

import psycopg

from benchmarks.contestants import own_plan, peer_plan
from benchmarks.servers import ROOT, Plan, application_name


@dataclass(frozen=True)
class Database:
    """One number of news in each locale."""

    news: int

    def connect(self, name: str = "") -> psycopg.Connection[Any]:
        """A connection that commits each statement."""
        server = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
        return psycopg.connect(f"{server}/{name or self.name}", autocommit=True)

    @property
    def name(self) -> str:
        return f"diwan_bench_{self.news}"

    def prepare(self, *, peers: bool) -> None:
        """Create and fill it; for peers, fill Wagtail's own search index too."""
        with self.connect("postgres") as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone():
                server.execute(f"CREATE DATABASE {self.name}")
        _run(own_plan(self.news, "fill"), "benchmarks.fill", str(self.news))
        if peers and not self._is_indexed():
            _run(peer_plan("v2", self.news), "django", "update_index", "--chunk_size=2000", "-v0")
            with self.connect() as database:
                database.execute("VACUUM ANALYZE wagtailsearch_indexentry")

    def _is_indexed(self) -> bool:
        with self.connect() as database:
            pages = "SELECT count(*) FROM wagtailcore_page"
            row = database.execute(
                f"SELECT count(*) >= ({pages} WHERE depth > 1) FROM wagtailsearch_indexentry"
            ).fetchone()
        return bool(row and row[0])

    def news_at(self, place: int) -> tuple[str, int]:
        """Date and id of a French item, counted from 1, the latest first."""
        with self.connect() as database:
            row = database.execute(
                "SELECT date::text, page_ptr_id FROM regions_newspage WHERE locale_code = 'fr' "
                "ORDER BY date DESC, page_ptr_id DESC OFFSET %s LIMIT 1",
                [place - 1],
            ).fetchone()
        if row is None:
            raise SystemExit(f"The database has no {place} news.")
        return row[0], row[1]

    def version(self) -> str:
        """Of the server."""
        with self.connect() as database:
            return f"{database.info.server_version // 10_000}.{database.info.server_version % 10_000}"


def _run(plan: Plan, *arguments: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": plan.settings, "BENCH_NAME": application_name(plan)}
    subprocess.run(
        [plan.python, "-W", "ignore", "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, **plan.environment, **settings},
        check=True,
    )
