"""What this app adds to the Wagtail admin. Hooks stay thin: the work is in ``bulk/admin`` and ``bulk/views``."""

from bulk.admin import hooks  # noqa: F401
