"""The process environment, read in this file only.

Settings name each variable once; README.md and .env.example list them. A ``.env`` file beside ``manage.py`` (or the
file that DOTENV names) is read when it exists; real environment variables win over it.
"""

import os
import warnings
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


# Stands in the repository: whoever knows it can forge the sessions of a site that uses it.
DEVELOPMENT_SECRET_KEY = "development-only-not-a-secret"  # noqa: S105  # known to all, and refused for that


class SettingError(ImproperlyConfigured):
    """The environment does not say what Diwan needs; the message is one line that names the variable."""


class Environment(environ.Env):
    """django-environ's reader, refusing what is missing or malformed by name and never by value."""

    # Set by development settings before they import production's.
    is_development = False

    def secret_key(self, name: str) -> str:
        """The key in ``name``; raise SettingError for development's unless these are development settings."""
        self.required(name)
        key: str = self(name)
        if key.strip() == DEVELOPMENT_SECRET_KEY and not self.is_development:
            raise SettingError(
                f"{name} is the one that development settings use, which everybody knows "
                "(.env.example explains each variable)"
            )
        return key

    def required(self, *names: str) -> None:
        """Raise SettingError naming every variable of ``names`` that is not set or empty."""
        missing = [name for name in names if not os.environ.get(name, "").strip()]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            raise SettingError(f"{', '.join(missing)} {verb} not set (.env.example explains each variable)")

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        if not os.environ.get(var, "x").strip():
            del os.environ[var]  # an empty line of a copied .env.example means "not set"
        try:
            return super().get_value(var, *args, **kwargs)
        except (ValueError, TypeError, IndexError) as error:  # IndexError: no "=" in a dictionary
            raise SettingError(f"{var} has a value that cannot be read (.env.example shows its form)") from error

    def database(self, name: str) -> dict[str, Any]:
        """A DATABASES entry from the URL in ``name``: SQLite (relative paths from the project's folder) or PostgreSQL.

        On PostgreSQL, STATEMENT_TIMEOUT (milliseconds, 0 for none) bounds every statement, and PREPARED_STATEMENTS
        lets a session keep what it planned.
        """
        with warnings.catch_warnings():
            # django-environ warns with the whole URL, its password included.
            warnings.simplefilter("ignore")
            try:
                config: dict[str, Any] = self.db(name)
            except (ValueError, KeyError) as error:
                raise SettingError(f"{name} is not a database URL (postgres://… or sqlite:///…)") from error
        engine = config.get("ENGINE")
        options = config.setdefault("OPTIONS", {})
        if engine == "django.db.backends.sqlite3":
            if config["NAME"] != ":memory:":
                path = BASE_DIR / config["NAME"]
                path.parent.mkdir(parents=True, exist_ok=True)
                config["NAME"] = str(path)
            # WAL lets readers and one writer work side by side; the busy timeout (seconds) makes a second writer wait,
            # and IMMEDIATE takes the write lock first, because a reader that turns writer cannot wait for it.
            pragmas = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL")
            options.setdefault("init_command", "".join(f"PRAGMA {pragma};" for pragma in pragmas))
            options.setdefault("timeout", 20)
            options.setdefault("transaction_mode", "IMMEDIATE")
        elif engine == "django.db.backends.postgresql":
            timeout = self.int("STATEMENT_TIMEOUT", default=30_000)
            # Compiling a statement for the processor takes longer than any statement of ours without it.
            own = f"-c statement_timeout={timeout} -c jit=off"
            if self.bool("PREPARED_STATEMENTS", default=True):
                # Of ours alone (home.selectors.prepared): Django's own are never prepared. Planning costs more than
                # running; so a statement that comes again is planned once, for whatever values.
                options.setdefault("prepare_threshold", 1)
                own += " -c plan_cache_mode=force_generic_plan"
            options["options"] = f"{own} {options.get('options', '')}".strip()
            config.setdefault("CONN_MAX_AGE", self.int("CONN_MAX_AGE", default=60))
            config["CONN_HEALTH_CHECKS"] = True
        else:
            raise SettingError(f"{name} names neither PostgreSQL (postgres://…) nor SQLite (sqlite:///…)")
        return config

    def email(self, name: str, default: str) -> dict[str, Any]:
        """Django's EMAIL_* settings from the URL in ``name`` (smtp+tls://user:password@host:587, consolemail://)."""
        try:
            config: dict[str, Any] = self.email_url(name, default=default)
        except (ValueError, KeyError, ImproperlyConfigured) as error:
            raise SettingError(f"{name} is not an e-mail URL (smtp+tls://user:password@host:587)") from error
        return config

    def cache_or_memory(self, name: str) -> dict[str, Any]:
        """A CACHES entry from the URL in ``name``; each process's own memory when it is not set."""
        try:
            config: dict[str, Any] = self.cache(name, default="locmemcache://diwan")
        except (ValueError, KeyError, ImproperlyConfigured) as error:
            raise SettingError(f"{name} is not a cache URL (redis://host:6379/0)") from error
        if "redis" in config["BACKEND"]:
            # Built on Django's own back end, whatever other Redis package is installed.
            config["BACKEND"] = "cms.cache.RedisCache"
            # Seconds. It answers within milliseconds, or is not to be waited for.
            config["OPTIONS"] = {"socket_timeout": 2, "socket_connect_timeout": 2, **config.get("OPTIONS", {})}
        return {"KEY_PREFIX": "diwan", **config}

    def purged_caches(self) -> dict[str, dict[str, Any]]:
        """WAGTAILFRONTENDCACHE from PURGE_CDN and its companions; empty where nothing is to be purged.

        Raises SettingError for a cache that is not known, or of which something is missing.
        """
        kind: str = self("PURGE_CDN", default="")
        given: dict[str, Any] = {
            "PURGE_ID": self("PURGE_ID", default=""),
            "PURGE_TOKEN": self("PURGE_TOKEN", default=""),
            "PURGE_LOCATION": self.list("PURGE_LOCATION", default=[]),
            "PURGE_HOSTNAMES": self.list("PURGE_HOSTNAMES", default=[]),
        }
        if not kind:
            for name in filter(given.get, given):
                raise SettingError(f"{name} is set, and PURGE_CDN does not say what for")
            return {}
        if kind not in _PURGED_CACHES:
            raise SettingError(f"PURGE_CDN is none of {', '.join(_PURGED_CACHES)}")
        backend, needed = _PURGED_CACHES[kind]
        self.required(*needed)
        options = {name: given[variable] for variable, name in needed.items()}
        locations = given["PURGE_LOCATION"]
        if not all(address.startswith(("https://", "http://")) for address in locations):
            raise SettingError("PURGE_LOCATION is not an address (https://…)")
        if len(locations) > 1 and kind != "varnish":
            raise SettingError(f"PURGE_LOCATION names more than one address, and {kind} has one")
        if locations and kind != "varnish":
            options["LOCATION"] = locations[0]
        hostnames = given["PURGE_HOSTNAMES"] or ["*"]
        return {kind: {"BACKEND": f"api.cdn.backends.{backend}", "HOSTNAMES": hostnames, **options}}

    def machine_translator(self) -> dict[str, Any] | None:
        """WAGTAILLOCALIZE_MACHINE_TRANSLATOR from MACHINE_TRANSLATION and its companions; None: nothing is sent out.

        Raises SettingError for a service that is not known, or of which something is missing.
        """
        kind: str = self("MACHINE_TRANSLATION", default="")
        url: str = self("MACHINE_TRANSLATION_URL", default="")
        key: str = self("MACHINE_TRANSLATION_KEY", default="")
        seconds: int = self.int("MACHINE_TRANSLATION_TIMEOUT", default=20)
        if not kind:
            for name, value in (("MACHINE_TRANSLATION_URL", url), ("MACHINE_TRANSLATION_KEY", key)):
                if value:
                    raise SettingError(f"{name} is set, and MACHINE_TRANSLATION does not say what for")
            return None
        if seconds < 1:
            raise SettingError("MACHINE_TRANSLATION_TIMEOUT is less than a second")
        module = "wagtail_localize.machine_translators"
        if kind == "libretranslate":
            self.required("MACHINE_TRANSLATION_URL")
            if not url.startswith(("https://", "http://")):
                raise SettingError("MACHINE_TRANSLATION_URL is not an address (https://…)")
            options = {"LIBRETRANSLATE_URL": url.rstrip("/"), "API_KEY": key, "TIMEOUT": seconds}
            return {"CLASS": f"{module}.libretranslate.LibreTranslator", "OPTIONS": options}
        if kind == "deepl":
            self.required("MACHINE_TRANSLATION_KEY")
            if url:
                raise SettingError("MACHINE_TRANSLATION_URL is set, and deepl has an address of its own")
            return {
                "CLASS": f"{module}.deepl.DeepLTranslator",
                "OPTIONS": {"AUTH_KEY": key, "TIMEOUT": seconds},
            }
        raise SettingError("MACHINE_TRANSLATION is none of libretranslate, deepl")


# By the value of PURGE_CDN: the class in api.cdn.backends, and by variable the names of what it cannot do without.
_PURGED_CACHES: dict[str, tuple[str, dict[str, str]]] = {
    "cloudflare": ("CloudflareBackend", {"PURGE_ID": "ZONEID", "PURGE_TOKEN": "BEARER_TOKEN"}),
    "fastly": ("FastlyBackend", {"PURGE_ID": "SERVICE", "PURGE_TOKEN": "TOKEN"}),
    "varnish": ("VarnishBackend", {"PURGE_LOCATION": "LOCATIONS"}),
    "http": ("HTTPBackend", {"PURGE_LOCATION": "LOCATION", "PURGE_TOKEN": "TOKEN"}),
}


def defaults(**values: str) -> None:
    """Set the environment variables of ``values`` that are not set already (development and test settings)."""
    for name, value in values.items():
        os.environ.setdefault(name, value)


env = Environment()
_dotenv = BASE_DIR / os.environ.get("DOTENV", ".env")
if _dotenv.is_file():
    env.read_env(str(_dotenv))
