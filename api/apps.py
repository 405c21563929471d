from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = _("Api")

    def ready(self) -> None:
        from api import checks, receivers  # noqa: F401 - registers and connects them
