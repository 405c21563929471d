"""WSGI entry point; production settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from cms.env import SettingError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

try:
    application = get_wsgi_application()
except SettingError as error:
    sys.stderr.write(f"Diwan cannot start: {error}\n")
    # gunicorn reads 3 as "will never boot" and stops; at any other code it would start the worker again for ever.
    sys.exit(3)

# What was imported stays for the life of the process: the garbage collector need not look at it again and again.
# And it need not look at every few hundred new objects either: a large answer makes many thousands, and drops them all.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
