from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    name = "missions"
    verbose_name = _("Missions and organisations")

    def ready(self) -> None:
        from home.services.content_version import content_app_add
        from missions import receivers
        from missions.admin.panels import news_panels_add
        from missions.face import face_sections_add
        from missions.services import legacy

        content_app_add(self.label)
        receivers.register()
        legacy.register()
        news_panels_add()
        face_sections_add()
