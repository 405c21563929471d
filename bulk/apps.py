from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "bulk"
    verbose_name = _("Import and export")

    def ready(self) -> None:
        # The worker must know how each kind of job is done.
        from bulk.services import jobs  # noqa: F401
