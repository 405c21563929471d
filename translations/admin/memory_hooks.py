"""The translation memory in the admin: addresses, its place in the desk's menu."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from translations.views import memory


@hooks.register("register_admin_urls")
def register_memory_urls() -> list[URLResolver]:
    urls = [
        path("", memory.MemoryView.as_view(), name="index"),
        path("import/", memory.memory_upload, name="import"),
        path("import/<int:job_id>/confirm/", memory.memory_confirm, name="confirm"),
        path("export/", memory.memory_download, name="export"),
        path("<int:unit_id>/delete/", memory.memory_delete, name="delete"),
    ]
    return [path("translations/memory/", include((urls, "translation_memory"), namespace="translation_memory"))]


@hooks.register("register_desk_menu_item")
def register_memory() -> MenuItem:
    return MenuItem(
        _("Translation memory"), reverse("translation_memory:index"), name="memory", icon_name="history", order=210
    )


@hooks.register("register_permissions")
def register_memory_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="translations", codename__in=["add_memoryunit", "delete_memoryunit"]
    )
