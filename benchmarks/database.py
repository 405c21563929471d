"""The benchmark's database, made when it is not there."""

import os

import psycopg


def database_make() -> None:
    """Create the database of this number of news."""
    server = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
    name = f"diwan_bench_{int(os.environ['BENCH_NEWS'])}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")
