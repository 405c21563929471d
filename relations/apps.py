from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "relations"
    verbose_name = _("Bilateral record")

    def ready(self) -> None:
        from home.services.content_version import content_app_add
        from relations import receivers
        from relations.face import face_sections_add
        from relations.services import legacy

        content_app_add(self.label)
        receivers.register()
        legacy.register()
        face_sections_add()
