"""The menu "Lists": the kinds of news and the sub-regions that pages refer to."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from regions.models import NewsKind, SubRegion


class ReferenceViewSet(SnippetViewSet):
    """Base of the viewsets of lists that pages refer to."""

    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model._default_manager.select_related("locale")


class NewsKindViewSet(ReferenceViewSet):
    """Communiqué, meeting, visit …"""

    model = NewsKind
    icon = "tag"
    menu_label = _("Kinds of news")
    list_display = [
        "name",
        Column("slug", label=_("Slug"), sort_key="slug"),
        Column("sort_order", label=_("Order"), sort_key="sort_order"),
        LocaleColumn(label=_("Language")),
    ]
    ordering = ["locale", "sort_order", "slug"]


class SubRegionViewSet(ReferenceViewSet):
    """Latin America and the Caribbean, the Caribbean …"""

    model = SubRegion
    icon = "globe"
    menu_label = _("Sub-regions")
    list_display = [
        "name",
        Column("code", label=_("UN M49 code"), sort_key="code"),
        Column("get_continent_code_display", label=_("Continent"), sort_key="continent_code"),
        Column("parent", label=_("Part of")),
        LocaleColumn(label=_("Language")),
    ]
    list_filter = ["continent_code"]
    ordering = ["locale", "continent_code", "code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SubRegion]:
        return SubRegion.objects.select_related("parent", "locale")


class ReferenceViewSetGroup(SnippetViewSetGroup):
    """The menu item that holds them."""

    items = (NewsKindViewSet, SubRegionViewSet)
    menu_label = _("Lists")
    menu_icon = "list-ol"
    menu_order = 420
