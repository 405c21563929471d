"""Where the admin offers files of translations: in the menu of reports, and on each page that is a translation."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from translations.views import exchange


class ExchangeMenuItem(MenuItem):
    """Leads to the files."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("wagtail_localize.submit_translation"))


@hooks.register("register_admin_urls")
def register_exchange_urls() -> list[URLResolver]:
    urls = [
        path("", exchange.ExchangeView.as_view(), name="index"),
        path("page/<int:page_id>/", exchange.ExchangeView.as_view(), name="page"),
        path("translation/<int:translation_id>/<slug:form>/", exchange.record_download, name="download"),
        path("export/", exchange.selection_export, name="export"),
        path("import/", exchange.file_import, name="import"),
        path("import/<int:job_id>/confirm/", exchange.job_confirm, name="confirm"),
    ]
    return [path("translations/files/", include((urls, "translations_exchange"), namespace="translations_exchange"))]


@hooks.register("register_reports_menu_item")
def register_exchange_menu_item() -> ExchangeMenuItem:
    return ExchangeMenuItem(
        gettext_lazy("Translation files"),
        reverse("translations_exchange:index"),
        name="translation-files",
        icon_name="download",
        order=8995,
    )


@hooks.register("insert_editor_js")
def insert_exchange_link() -> SafeString:
    """The translation editor of wagtail-localize shows no header buttons: a script puts the link there."""
    return format_html(
        '<script src="{}" data-label="{}" data-url="{}"></script>',
        versioned_static("translations/js/exchange.js"),
        _("Translation files"),
        reverse("translations_exchange:page", args=[0]),
    )


@hooks.register("register_page_header_buttons")
def page_exchange_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str | None = None
) -> Iterator[Button]:
    """No statement is spent here: the view behind the button knows whether a translation is under way."""
    if (
        view_name in ("edit", "index")
        and not page.is_root()
        and page.locale.language_code != settings.DIWAN_SOURCE_LOCALE
        and user.has_perm("wagtail_localize.submit_translation")
    ):
        yield Button(
            _("Translation files"),
            reverse("translations_exchange:page", args=[page.pk]),
            priority=65,
            icon_name="download",
        )
