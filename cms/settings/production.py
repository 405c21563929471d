"""Production settings: the root. Every other settings module imports these and only loosens them.

Nothing here has a guessable default: without SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL the process refuses to start.
"""

import sys
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.env import BASE_DIR, env

env.required("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
SECRET_KEY: str = env.secret_key("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
DEBUG = False

INSTALLED_APPS = [
    "cms",
    "api",
    "bulk",
    "translations",
    "travel",
    "relations",
    "missions",
    "regions",
    "home",
    "wagtail_localize",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.frontend_cache",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "graphene_django",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # For its catalogues: Wagtail says "3 minutes ago" with it.
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.ApiMiddleware",
    "cms.middleware.DirectoryMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Without Redis each process caches for itself.
CACHES = {"default": env.cache_or_memory("CACHE_URL")}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# --- Languages and locales ----------------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE: str = env("TIME_ZONE", default="Africa/Casablanca")
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("fr", _("French")),
    ("ar", _("Arabic")),
    ("es", _("Spanish")),
]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("ar", "العربية"), ("es", "Español"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cms.formats"]

# The locale that content is written in, and the locales tried, in order, where a translation is missing.
DIWAN_SOURCE_LOCALE = "fr"
DIWAN_FALLBACK_CHAINS: dict[str, list[str]] = {"ar": ["fr"], "es": ["fr"], "fr": []}
# The ministry's own country (ISO 3166-1 alpha-2): never linked as a foreign country.
DIWAN_HOME_COUNTRY: str = env("HOME_COUNTRY", default="MA")
# ISO 3166-1 alpha-2 codes that setup_site makes no pages for.
DIWAN_EXCLUDED_TERRITORIES: list[str] = env.list("EXCLUDED_TERRITORIES", default=[])
# Whether load_demo may fill the database with invented users and content. Never in production.
DIWAN_ALLOW_DEMO = False
# What import_legacy_page reads at most: bytes and lines of a file, characters of a line.
DIWAN_IMPORT_MAX_BYTES = 2 * 1024 * 1024
DIWAN_IMPORT_MAX_LINES = 5_000
DIWAN_IMPORT_MAX_LINE_LENGTH = 20_000
# What a table of records (CSV, XLSX) holds at most: bytes of the file, rows, columns, characters of a cell; and of
# XLSX, which is a zip, its bytes when unpacked, and how often a part of it may be larger than it is packed.
DIWAN_SHEET_LIMITS = {
    "upload_bytes": 20 * 1024 * 1024,
    "rows": 20_000,
    "columns": 100,
    "cell": 32_767,
    "unpacked_bytes": 200 * 1024 * 1024,
    "ratio": 200,
}
# What a file of translations (XLIFF, PO, TMX, TBX) holds at most: bytes of one file or zip, XML elements, and of a zip
# the files (and pages of one XLIFF file), their bytes when unpacked, and how often a file is larger than it is packed.
DIWAN_EXCHANGE_LIMITS = {
    "upload_bytes": 20 * 1024 * 1024,
    "elements": 500_000,
    "archive_files": 5_000,
    "archive_bytes": 200 * 1024 * 1024,
    "archive_ratio": 200,
}

# What follows from a quality check of translations, where it is not what translations/checks/finding.py says: its name
# to "blocking" (before review), "advisory" or "off".
DIWAN_TRANSLATION_CHECKS: dict[str, str] = {}
# From which score on, of 100, an earlier translation of a text that is alike is offered. Whether the same texts are
# filled in when a translation begins: as suggestions, which count as untranslated until somebody saves them.
DIWAN_MEMORY_MINIMUM_SCORE = 60
DIWAN_MEMORY_PREFILL = False
# Terms in one file of a glossary.
DIWAN_GLOSSARY_MAX_TERMS = 20_000
# People are reminded of a translation so many days before the day on which it is due.
DIWAN_REMINDER_DAYS = 2
# Days that files of the desk's jobs are kept after their end, the jobs with their reports, and what the worker has
# done; 0: for ever. prune_records removes what is older.
DIWAN_KEEP_JOB_FILES_DAYS: int = env.int("KEEP_JOB_FILES_DAYS", default=30)
DIWAN_KEEP_JOBS_DAYS: int = env.int("KEEP_JOBS_DAYS", default=365)
DIWAN_KEEP_TASKS_DAYS: int = env.int("KEEP_TASKS_DAYS", default=14)

WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# The service that texts are sent to when somebody asks for a machine's translation; None: they stay in this database.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, Any] | None = env.machine_translator()

# --- Wagtail ------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Diwan"
# Slugs are Latin in every language: paths stay readable and shareable.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_BASE_URL: str = env("WAGTAILADMIN_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "home.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_USER_LOGIN_FORM = "home.admin.login.LoginForm"
# The last approval publishes; that of a translation with the texts as they stand by then.
WAGTAIL_FINISH_WORKFLOW_ACTION = "translations.workflow.finish.workflow_publish"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.search_backend"}}
# The public website; empty while there is none, and then "view live" shows Diwan's own plain pages.
DIWAN_FRONTEND_URL: str = env("FRONTEND_URL", default="")

# No foreign host learns who edits (Gravatar is asked by a hash of the e-mail address).
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = True
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "ics", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]

# --- GraphQL ------------------------------------------------------------------------------------------------------
# Introspection, suggestions in messages ("Did you mean …") and the page of GraphiQL.
DIWAN_INTROSPECTION: bool = env.bool("INTROSPECTION", default=False)
# Numbers of api.limits.settings.Limits that differ from their defaults.
DIWAN_GRAPHQL_LIMITS: dict[str, int] = env("GRAPHQL_LIMITS", cast={"value": int}, default={})
# Apollo's protocol of sending a hash in place of a document; only documents that sync_documents registered.
DIWAN_AUTOMATIC_PERSISTED_QUERIES: bool = env.bool("AUTOMATIC_PERSISTED_QUERIES", default=True)
DIWAN_TRUSTED_DOCUMENTS_ONLY: bool = env.bool("TRUSTED_DOCUMENTS_ONLY", default=False)
# Executes with graphql-core's own context, slower, to tell whose fault a strange answer is.
DIWAN_STOCK_EXECUTION: bool = env.bool("STOCK_EXECUTION", default=False)
# How often one client may ask, as 600/minute; and how many proxies stand in front of this process, to tell clients.
DIWAN_RATE_LIMIT: str = env("RATE_LIMIT", default="")
DIWAN_TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
# Milliseconds that PostgreSQL may spend on one statement of the endpoint; 0 leaves it STATEMENT_TIMEOUT.
DIWAN_API_STATEMENT_TIMEOUT: int = env.int("API_STATEMENT_TIMEOUT", default=5_000)
# Websites whose scripts may ask the endpoint from the reader's browser: their origins, or * for all.
if cors_origins := env.list("CORS_ALLOWED_ORIGINS", default=[]):
    INSTALLED_APPS.append("corsheaders")
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.middleware.security.SecurityMiddleware"), "cms.middleware.CorsMiddleware"
    )
    if cors_origins == ["*"]:
        CORS_ALLOW_ALL_ORIGINS = True
    else:
        CORS_ALLOWED_ORIGINS: list[str] = cors_origins
CORS_URLS_REGEX = r"^/graphql/?$"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["content-language", "etag", "retry-after"]
CORS_PREFLIGHT_MAX_AGE = 86_400
# Answers are kept until the content changes, here in CACHE_URL's Redis or in each process; and for so many seconds in
# browsers and CDNs, which ask each time unless told otherwise.
DIWAN_RESPONSE_CACHE: dict[str, bool | int] = {
    "enabled": env.bool("RESPONSE_CACHE", default=True),
    "browser_seconds": env.int("CACHE_BROWSER_SECONDS", default=0),
    "cdn_seconds": env.int("CACHE_CDN_SECONDS", default=0),
    "stale_seconds": env.int("CACHE_STALE_SECONDS", default=0),
}
# The cache in front that is told which answers are old; empty: none, and its copies end with their seconds.
WAGTAILFRONTENDCACHE: dict[str, dict[str, Any]] = env.purged_caches()
# For graphene-django's own tools, such as `manage.py graphql_schema`; the endpoint has its own view and execution.
GRAPHENE = {"SCHEMA": "api.schema.schema"}

# --- Files --------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pictures are served by this process while nothing in front of it does; documents always pass their view, which
# knows who may read them.
DIWAN_SERVE_MEDIA: bool = env.bool("SERVE_MEDIA", default=False)
if bucket := env("MEDIA_S3_BUCKET", default=""):
    env.required("MEDIA_S3_ACCESS_KEY", "MEDIA_S3_SECRET_KEY")
    domain = env("MEDIA_S3_CUSTOM_DOMAIN", default=None)
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "access_key": env("MEDIA_S3_ACCESS_KEY"),
            "secret_key": env("MEDIA_S3_SECRET_KEY"),
            "endpoint_url": env("MEDIA_S3_ENDPOINT_URL", default=None),
            "region_name": env("MEDIA_S3_REGION", default=None),
            "custom_domain": domain,
            # Without a public domain in front of the bucket, addresses are signed and expire.
            "querystring_auth": domain is None,
            "default_acl": None,
            "file_overwrite": False,
        },
    }

# --- E-mail -------------------------------------------------------------------------------------------------------
globals().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL: str = env("DEFAULT_FROM_EMAIL", default="diwan@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

# --- Security -----------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS: int = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS: bool = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD: bool = env.bool("SECURE_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # wants DENY; X_FRAME_OPTIONS below says why not
    "security.W021",  # wants preloading, which is a ministry's decision for a whole domain and entered by hand
]
# The header by which a trusted proxy says that the visitor came over HTTPS, for example X-Forwarded-Proto. Any visitor
# could forge it where no proxy sets it, so nothing is trusted unless this is set.
if proxy_header := env("SECURE_PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + proxy_header.upper().replace("-", "_"), "https")
USE_X_FORWARDED_HOST: bool = env.bool("USE_X_FORWARDED_HOST", default=False)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail shows previews in a frame of the same origin.
X_FRAME_OPTIONS = "SAMEORIGIN"
# Wagtail's admin has inline scripts and styles in its widgets, so those stay allowed; scripts, frames of plugins, forms
# and data that lead to other hosts do not. Pictures may come from a bucket, and videos are framed.
DIWAN_CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob: https:",
    "media-src": "'self' https:",
    "frame-src": "'self' https:",
    "font-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# Forms of long pages hold many fields and much text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Logging ------------------------------------------------------------------------------------------------------
LOG_LEVEL: str = env("LOG_LEVEL", default="INFO").upper()
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": sys.stdout, "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": ["stdout"], "level": LOG_LEVEL, "propagate": False}},
}
