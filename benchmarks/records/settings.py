"""The benchmark's settings, for the admin: on ``DATABASE_URL``, or a database of this PostgreSQL."""

import os

os.environ.setdefault("STATEMENT_TIMEOUT", "0")

from benchmarks.settings import *

ROOT_URLCONF = "cms.urls"
# The admin's own files need not be collected.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
# What the worker does afterwards is done at once, so that it is counted with what asks for it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
