"""Settings as a process meets them: what refuses to start, what production turns on, what SQLite is told."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.integration.servers import ROOT, environment, free_port, run

pytestmark = pytest.mark.once

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "cms.example.org",
    "DATABASE_URL": "postgres://diwan:s3cret-word@db.example.org:5432/diwan",
    "WAGTAILADMIN_BASE_URL": "https://cms.example.org",
}
PRINT = (
    "from django.conf import settings; import json; "
    "print(json.dumps({{name: getattr(settings, name) for name in {names}}}, default=str))"
)


def settings_seen(*names: str, **variables: str) -> dict[str, object]:
    """Values of settings in a fresh production process with ``variables``."""
    env = environment(**{**PRODUCTION, **variables})
    result = run(sys.executable, "-c", PRINT.format(names=list(names)), env=env)
    assert result.returncode == 0, result.stderr
    seen: dict[str, object] = json.loads(result.stdout)
    return seen


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("form", ["absent", "empty"])
def test_production_refuses_in_one_line_that_names_the_variable(missing: str, form: str) -> None:
    variables = dict(PRODUCTION)
    if form == "empty":
        variables[missing] = "  "
    else:
        del variables[missing]
    result = run(sys.executable, "manage.py", "check", env=environment(**variables))
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == f"Diwan cannot start: {missing} is not set (.env.example explains each variable)\n"


def test_production_names_everything_missing_at_once() -> None:
    env = environment(DJANGO_SETTINGS_MODULE="cms.settings.production")
    result = run(sys.executable, "manage.py", "check", env=env)
    assert result.stderr == (
        "Diwan cannot start: SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL are not set "
        "(.env.example explains each variable)\n"
    )


def test_production_refuses_the_key_that_development_publishes() -> None:
    env = environment(**{**PRODUCTION, "SECRET_KEY": "development-only-not-a-secret"})
    result = run(sys.executable, "manage.py", "check", env=env)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "Diwan cannot start: SECRET_KEY is the one that development settings use, which everybody knows "
        "(.env.example explains each variable)\n"
    )
    development = {"SECRET_KEY": env["SECRET_KEY"], "DATABASE_URL": "sqlite:///:memory:"}
    result = run(sys.executable, "manage.py", "diffsettings", env=environment(**development))
    assert (result.returncode, result.stderr) == (0, "")


def test_gunicorn_stops_instead_of_starting_again_for_ever() -> None:
    env = environment(**{**PRODUCTION, "SECRET_KEY": ""})
    command = ("gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{free_port()}", "--no-control-socket")
    result = run(sys.executable, "-m", *command, env=env)
    assert result.returncode == 3
    assert result.stderr.count("Diwan cannot start: SECRET_KEY is not set") == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://diwan:s3cret-word@db/diwan", "names neither PostgreSQL"),
        ("DATABASE_URL", "postgres://diwan:s3cret-word@db:port/diwan", "is not a database URL"),
        ("DATABASE_URL", "s3cret-word", "names neither PostgreSQL"),
        ("CACHE_URL", "memcache-d://s3cret-word", "is not a cache URL"),
        ("EMAIL_URL", "pigeon://s3cret-word@host", "is not an e-mail URL"),
        ("SECURE_HSTS_SECONDS", "s3cret-word", "has a value that cannot be read"),
        ("STATEMENT_TIMEOUT", "s3cret-word", "has a value that cannot be read"),
        ("GRAPHQL_LIMITS", "cost=s3cret-word", "has a value that cannot be read"),
        ("GRAPHQL_LIMITS", "s3cret-word", "has a value that cannot be read"),
        ("MACHINE_TRANSLATION", "s3cret-word", "is none of libretranslate, deepl"),
        ("MACHINE_TRANSLATION_KEY", "s3cret-word", "is set, and MACHINE_TRANSLATION does not say what for"),
        ("MACHINE_TRANSLATION_TIMEOUT", "s3cret-word", "has a value that cannot be read"),
    ],
)
def test_malformed_variable_is_named_and_its_value_kept_secret(name: str, value: str, says: str) -> None:
    result = run(sys.executable, "manage.py", "check", env=environment(**{**PRODUCTION, name: value}))
    assert result.returncode == 1
    assert result.stderr.startswith(f"Diwan cannot start: {name} {says}")
    assert result.stderr.count("\n") == 1
    assert "s3cret-word" not in result.stderr + result.stdout


def test_deployment_checks_are_clean() -> None:
    env = environment(**{**PRODUCTION, "DATABASE_URL": "sqlite://:memory:"})
    result = run(sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", env=env)
    assert result.returncode == 0, result.stderr


def test_production_is_safe_without_being_told() -> None:
    seen = settings_seen(
        *("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"),
        *("SECURE_PROXY_SSL_HEADER", "X_FRAME_OPTIONS", "DIWAN_INTROSPECTION", "DIWAN_SERVE_MEDIA"),
    )
    assert seen == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": None,
        "X_FRAME_OPTIONS": "SAMEORIGIN",
        "DIWAN_INTROSPECTION": False,
        "DIWAN_SERVE_MEDIA": False,
    }


def test_proxy_header_mail_and_cache_follow_the_environment() -> None:
    seen = settings_seen(
        *("SECURE_PROXY_SSL_HEADER", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "CSRF_TRUSTED_ORIGINS"),
        SECURE_PROXY_SSL_HEADER="X-Forwarded-Proto",
        EMAIL_URL="smtp+tls://user:word@mail.example.org:587",
        CSRF_TRUSTED_ORIGINS="https://a.example.org,https://b.example.org",
    )
    assert seen == {
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_USE_TLS": True,
        "CSRF_TRUSTED_ORIGINS": ["https://a.example.org", "https://b.example.org"],
    }
    caches = settings_seen("CACHES", CACHE_URL="redis://127.0.0.1:6379/3")["CACHES"]
    assert caches == {
        "default": {
            "KEY_PREFIX": "diwan",
            "BACKEND": "cms.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:6379/3",
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
        }
    }


def test_postgresql_statements_are_bounded() -> None:
    databases = settings_seen("DATABASES", STATEMENT_TIMEOUT="1500")["DATABASES"]
    assert isinstance(databases, dict)
    assert databases["default"]["OPTIONS"] == {
        "options": "-c statement_timeout=1500 -c jit=off -c plan_cache_mode=force_generic_plan",
        "prepare_threshold": 1,
    }


def test_sessions_that_a_pooler_shares_keep_no_plans() -> None:
    databases = settings_seen("DATABASES", STATEMENT_TIMEOUT="1500", PREPARED_STATEMENTS="false")["DATABASES"]
    assert isinstance(databases, dict)
    assert databases["default"]["OPTIONS"] == {"options": "-c statement_timeout=1500 -c jit=off"}


def test_the_endpoint_follows_the_environment() -> None:
    names = (
        *("GRAPHQL_LIMITS", "API_STATEMENT_TIMEOUT", "RATE_LIMIT", "TRUSTED_PROXIES"),
        *("AUTOMATIC_PERSISTED_QUERIES", "TRUSTED_DOCUMENTS_ONLY"),
    )
    assert settings_seen(*(f"DIWAN_{name}" for name in names)) == {
        "DIWAN_GRAPHQL_LIMITS": {},
        "DIWAN_API_STATEMENT_TIMEOUT": 5_000,
        "DIWAN_RATE_LIMIT": "",
        "DIWAN_TRUSTED_PROXIES": 0,
        "DIWAN_AUTOMATIC_PERSISTED_QUERIES": True,
        "DIWAN_TRUSTED_DOCUMENTS_ONLY": False,
    }
    values = ("cost=50000;depth=12", "250", "20/second", "2", "false", "true")
    assert settings_seen(*(f"DIWAN_{name}" for name in names), **dict(zip(names, values, strict=True))) == {
        "DIWAN_GRAPHQL_LIMITS": {"cost": 50_000, "depth": 12},
        "DIWAN_API_STATEMENT_TIMEOUT": 250,
        "DIWAN_RATE_LIMIT": "20/second",
        "DIWAN_TRUSTED_PROXIES": 2,
        "DIWAN_AUTOMATIC_PERSISTED_QUERIES": False,
        "DIWAN_TRUSTED_DOCUMENTS_ONLY": True,
    }


def test_media_bucket_needs_its_keys_and_keeps_documents_private() -> None:
    env = environment(**PRODUCTION, MEDIA_S3_BUCKET="ministry")
    result = run(sys.executable, "manage.py", "check", env=env)
    assert result.stderr.startswith("Diwan cannot start: MEDIA_S3_ACCESS_KEY, MEDIA_S3_SECRET_KEY are not set")
    storages = settings_seen(
        "STORAGES",
        MEDIA_S3_BUCKET="ministry",
        MEDIA_S3_ACCESS_KEY="key",
        MEDIA_S3_SECRET_KEY="secret",
        MEDIA_S3_ENDPOINT_URL="https://s3.example.org",
    )["STORAGES"]
    assert isinstance(storages, dict)
    assert storages["default"] == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "ministry",
            "access_key": "key",
            "secret_key": "secret",
            "endpoint_url": "https://s3.example.org",
            "region_name": None,
            "custom_domain": None,
            "querystring_auth": True,
            "default_acl": None,
            "file_overwrite": False,
        },
    }


def test_bucket_storage_can_be_made() -> None:
    code = "from django.core.files.storage import storages; print(storages['default'].url('a.png'))"
    env = environment(
        **PRODUCTION,
        MEDIA_S3_BUCKET="ministry",
        MEDIA_S3_ACCESS_KEY="key",
        MEDIA_S3_SECRET_KEY="secret",
        MEDIA_S3_CUSTOM_DOMAIN="media.example.org",
    )
    result = run(sys.executable, "-c", code, env=env)
    assert result.stdout == "https://media.example.org/a.png\n", result.stderr


def test_development_needs_no_environment_and_makes_its_folder(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/not/there/yet/db.sqlite3"
    env = environment(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="cms.settings.development")
    result = run(sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG)", env=env)
    assert result.stdout == "True\n", result.stderr
    assert (tmp_path / "not" / "there" / "yet").is_dir()


def test_sqlite_is_told_how_to_behave(tmp_path: Path) -> None:
    code = (
        "from django.db import connection; cursor = connection.cursor()\n"
        "for name in ('journal_mode', 'foreign_keys', 'busy_timeout', 'synchronous'):\n"
        "    print(name, cursor.execute(f'PRAGMA {name}').fetchone()[0])\n"
        "print(connection.transaction_mode)"
    )
    env = environment(
        DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3", DJANGO_SETTINGS_MODULE="cms.settings.development"
    )
    result = run(sys.executable, "-c", code, env=env)
    assert result.stdout.splitlines() == [
        *("journal_mode wal", "foreign_keys 1", "busy_timeout 20000", "synchronous 1"),
        "IMMEDIATE",
    ], result.stderr


@pytest.mark.postgresql
@pytest.mark.django_db
def test_tests_run_on_the_postgresql_that_was_promised() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150_000


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"PURGE_CDN": "akamai"}, "PURGE_CDN is none of cloudflare, fastly, varnish, http"),
        ({"PURGE_CDN": "cloudflare"}, "PURGE_ID, PURGE_TOKEN are not set (.env.example explains each variable)"),
        (
            {"PURGE_CDN": "fastly", "PURGE_ID": "x", "PURGE_TOKEN": " "},
            "PURGE_TOKEN is not set (.env.example explains each variable)",
        ),
        ({"PURGE_CDN": "varnish"}, "PURGE_LOCATION is not set (.env.example explains each variable)"),
        ({"PURGE_CDN": "varnish", "PURGE_LOCATION": "cache:6081"}, "PURGE_LOCATION is not an address (https://…)"),
        (
            {"PURGE_CDN": "http", "PURGE_LOCATION": "http://a,http://b", "PURGE_TOKEN": "x"},
            "PURGE_LOCATION names more than one address, and http has one",
        ),
        ({"PURGE_TOKEN": "s3cret-word"}, "PURGE_TOKEN is set, and PURGE_CDN does not say what for"),
    ],
)
def test_half_a_cdn_is_refused(variables: dict[str, str], says: str) -> None:
    result = run(sys.executable, "manage.py", "check", env=environment(**PRODUCTION, **variables))
    assert (result.returncode, result.stderr) == (1, f"Diwan cannot start: {says}\n")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, {}),
        (
            {"PURGE_CDN": "cloudflare", "PURGE_ID": "z", "PURGE_TOKEN": "t", "PURGE_HOSTNAMES": "a.example,b.example"},
            {
                "cloudflare": {
                    "BACKEND": "api.cdn.backends.CloudflareBackend",
                    "HOSTNAMES": ["a.example", "b.example"],
                    "ZONEID": "z",
                    "BEARER_TOKEN": "t",
                }
            },
        ),
        (
            {"PURGE_CDN": "varnish", "PURGE_LOCATION": "http://a:6081,http://b:6081"},
            {
                "varnish": {
                    "BACKEND": "api.cdn.backends.VarnishBackend",
                    "HOSTNAMES": ["*"],
                    "LOCATIONS": ["http://a:6081", "http://b:6081"],
                }
            },
        ),
    ],
)
def test_a_cdn_follows_the_environment(variables: dict[str, str], expected: dict[str, object]) -> None:
    assert settings_seen("WAGTAILFRONTENDCACHE", **variables) == {"WAGTAILFRONTENDCACHE": expected}


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        (
            {"MACHINE_TRANSLATION": "libretranslate"},
            "MACHINE_TRANSLATION_URL is not set (.env.example explains each variable)",
        ),
        (
            {"MACHINE_TRANSLATION": "libretranslate", "MACHINE_TRANSLATION_URL": "translate:5000"},
            "MACHINE_TRANSLATION_URL is not an address (https://…)",
        ),
        (
            {"MACHINE_TRANSLATION": "deepl"},
            "MACHINE_TRANSLATION_KEY is not set (.env.example explains each variable)",
        ),
        (
            {
                "MACHINE_TRANSLATION": "deepl",
                "MACHINE_TRANSLATION_KEY": "k",
                "MACHINE_TRANSLATION_URL": "https://a.example",
            },
            "MACHINE_TRANSLATION_URL is set, and deepl has an address of its own",
        ),
        (
            {
                "MACHINE_TRANSLATION": "deepl",
                "MACHINE_TRANSLATION_KEY": "k",
                "MACHINE_TRANSLATION_TIMEOUT": "0",
            },
            "MACHINE_TRANSLATION_TIMEOUT is less than a second",
        ),
    ],
)
def test_half_a_machine_translator_is_refused(variables: dict[str, str], says: str) -> None:
    result = run(sys.executable, "manage.py", "check", env=environment(**PRODUCTION, **variables))
    assert (result.returncode, result.stderr) == (1, f"Diwan cannot start: {says}\n")


def test_machine_translation_is_off_until_it_is_asked_for() -> None:
    name, module = "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", "wagtail_localize.machine_translators"
    assert settings_seen(name) == {name: None}
    libre = {"MACHINE_TRANSLATION": "libretranslate", "MACHINE_TRANSLATION_URL": "https://translate.example/"}
    assert settings_seen(name, **libre)[name] == {
        "CLASS": f"{module}.libretranslate.LibreTranslator",
        "OPTIONS": {"LIBRETRANSLATE_URL": "https://translate.example", "API_KEY": "", "TIMEOUT": 20},
    }
    deepl = {"MACHINE_TRANSLATION": "deepl", "MACHINE_TRANSLATION_KEY": "k", "MACHINE_TRANSLATION_TIMEOUT": "7"}
    assert settings_seen(name, **deepl)[name] == {
        "CLASS": f"{module}.deepl.DeepLTranslator",
        "OPTIONS": {"AUTH_KEY": "k", "TIMEOUT": 7},
    }


def variables_read() -> Iterator[str]:
    """Every environment variable that cms/ names in a call of ``env``."""
    for path in [ROOT / "cms" / "env.py", *(ROOT / "cms" / "settings").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            function = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            if isinstance(function, ast.Name) and function.id in {"env", "self"}:
                yield node.args[0].value


def variables_listed(path: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_variable_is_explained() -> None:
    read = set(variables_read())
    assert {"SECRET_KEY", "MEDIA_S3_BUCKET", "STATEMENT_TIMEOUT"} <= read
    assert variables_listed(".env.example", r"^([A-Z0-9_]+)=") == read
    assert variables_listed("docs/operations.md", r"^\| `([A-Z0-9_]+)` \|") == read
