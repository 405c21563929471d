"""Development settings: production's, loosened so that a fresh machine needs no environment at all."""

import os

os.environ.setdefault("SECRET_KEY", "development-only-not-a-secret")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
os.environ.setdefault("DATABASE_URL", "sqlite:///var/db.sqlite3")

from cms.settings.production import *

DEBUG = True
