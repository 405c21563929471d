"""Test settings: development's, with nothing left behind and nothing read from a developer's own ``.env``."""

import os

from cms.env import defaults

defaults(DOTENV=os.devnull)

from cms.settings.development import *

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Scanning the static files at every start of a client costs more than most tests.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = False
# PostgreSQL plans badly for tables that other tests have filled and rolled back, until it has counted their rows again:
# how long a statement takes here says nothing. Tests of the bound set it.
DIWAN_API_STATEMENT_TIMEOUT = 60_000
