"""The menu item, the addresses, and the right in the form of groups."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from bulk.services.jobs import RIGHT
from bulk.views import records


class BulkMenuItem(MenuItem):
    """Leads to import and export."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(RIGHT))


@hooks.register("register_admin_urls")
def register_bulk_urls() -> list[URLResolver]:
    urls = [
        path("", records.index, name="index"),
        path("export/", records.export, name="export"),
        path("import/", records.upload, name="upload"),
        path("import/<int:job_id>/columns/", records.mapping, name="mapping"),
        path("import/<int:job_id>/confirm/", records.confirm, name="confirm"),
    ]
    return [path("records/tables/", include((urls, "bulk"), namespace="bulk"))]


@hooks.register("register_reports_menu_item")
def register_bulk_menu_item() -> BulkMenuItem:
    return BulkMenuItem(
        gettext_lazy("Import and export"),
        reverse("bulk:index"),
        name="records-tables",
        icon_name="table",
        order=8990,
    )


@hooks.register("register_permissions")
def register_bulk_permission() -> QuerySet[Permission]:
    app_label, codename = RIGHT.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)
