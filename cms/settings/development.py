"""Development settings: production's, loosened so that a fresh machine needs no environment at all."""

from cms.env import DEVELOPMENT_SECRET_KEY, defaults, env

env.is_development = True
defaults(
    SECRET_KEY=DEVELOPMENT_SECRET_KEY,
    ALLOWED_HOSTS="127.0.0.1,localhost,[::1]",
    DATABASE_URL="sqlite:///var/db.sqlite3",
    EMAIL_URL="consolemail://",
    INTROSPECTION="true",
    SERVE_MEDIA="true",
    SECURE_SSL_REDIRECT="false",
    SECURE_HSTS_SECONDS="0",
    STATEMENT_TIMEOUT="0",
    LOG_LEVEL="WARNING",
)

from cms.settings.production import *

DEBUG = True
DIWAN_ALLOW_DEMO = True
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
