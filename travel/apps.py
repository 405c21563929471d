from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TravelConfig(AppConfig):
    name = "travel"
    verbose_name = _("Travel advice")

    def ready(self) -> None:
        from home.services.content_version import content_app_add
        from travel import receivers

        content_app_add(self.label)
        receivers.register()
