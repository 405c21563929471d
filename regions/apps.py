from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = _("Regions")

    def ready(self) -> None:
        from home.services.content_version import content_app_add
        from regions import receivers

        content_app_add(self.label)
        receivers.register()
