"""The menu "Site": what each website says about the ministry, and its menus."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import NavigationMenu, SiteSettings


class PerLocaleViewSet(SnippetViewSet):
    """Base of the viewsets whose objects stand once for each site and language."""

    copy_view_enabled = False
    ordering = ["site", "locale"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model._default_manager.select_related("site", "locale")


class SiteSettingsViewSet(PerLocaleViewSet):
    """Name of the ministry, tagline, footer and social links in each language."""

    model = SiteSettings
    icon = "cog"
    menu_label = _("Ministry and footer")
    list_display = ["ministry_name", LocaleColumn(label=_("Language")), Column("site", label=_("Site"))]


class NavigationMenuViewSet(PerLocaleViewSet):
    """Header and footer menus in each language."""

    model = NavigationMenu
    icon = "list-ul"
    menu_label = _("Menus")
    ordering = ["site", "-location", "locale"]
    list_display = ["__str__", LocaleColumn(label=_("Language")), Column("site", label=_("Site"))]
    list_filter = ["location"]


class SiteViewSetGroup(SnippetViewSetGroup):
    """The menu item that holds them."""

    items = (SiteSettingsViewSet, NavigationMenuViewSet)
    menu_label = _("Site")
    menu_icon = "site"
    menu_order = 440
