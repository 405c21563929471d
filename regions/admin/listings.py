"""The menu items "News" and "Countries": every page of the type, whatever its language, with the columns that count."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Collate
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, StatusFlagColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from home.language.collation import collation_name
from home.selectors.locales import locale_source
from home.selectors.record_names import comma_of
from regions.admin.filters import CountryFilterSet, NewsFilterSet
from regions.models import CountryPage, NewsPage
from regions.selectors import listings


class NoteColumn(Column):
    """A value that the listing's view notes on each page once the list is known."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, accessor=lambda page: getattr(page, f"listing_{name}", ""), **kwargs)


class NotedIndexView(IndexView):
    """A listing that reads what its columns need for all rows together."""

    def notes(self, pages: list[Any]) -> dict[str, Callable[[Any], Any]]:
        """Column names to the value that each page shows there."""
        raise NotImplementedError

    @property
    def show_locale_labels(self) -> bool:
        """A column shows the language already."""
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        for name, value_of in self.notes(pages).items():
            for page in pages:
                setattr(page, f"listing_{name}", value_of(page))
        return context


class NewsIndexView(NotedIndexView):
    """Every news item, the latest first."""

    default_ordering = "-date"

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Items without a date are being written: they come first where the latest do."""
        if self.ordering == "-date" and not self.is_searching:
            return queryset.order_by(F("date").desc(nulls_first=True), "-pk")
        return super().order_queryset(queryset)

    def notes(self, pages: list[NewsPage]) -> dict[str, Callable[[NewsPage], Any]]:
        kinds = listings.kind_names(kind_ids={page.kind_id for page in pages})
        countries = listings.country_names_by_news(news_ids=[page.pk for page in pages])
        return {
            "kind": lambda page: kinds.get(page.kind_id, ""),
            "countries": lambda page: comma_of(page.locale_code).join(countries.get(page.pk, [])),
        }


class CountryIndexView(NotedIndexView):
    """Every country and territory."""

    default_ordering = "title"

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Names as the language of the interface sorts them."""
        if self.ordering in ("title", "-title") and not self.is_searching:
            name = Collate("title", collation_name(translation.get_language() or locale_source()))
            return queryset.order_by(name.desc() if self.ordering == "-title" else name.asc(), "locale", "pk")
        return super().order_queryset(queryset)

    def notes(self, pages: list[CountryPage]) -> dict[str, Callable[[CountryPage], Any]]:
        ids = [page.pk for page in pages]
        continents = listings.continent_names_by_country(country_ids=ids)
        empty = listings.country_ids_without_text(country_ids=ids)
        return {
            "continent": lambda page: continents.get(page.pk, ""),
            "text": lambda page: gettext("Name only") if page.pk in empty else gettext("Written"),
        }


class NewsListingViewSet(PageListingViewSet):
    """The menu item "News"."""

    name = "news"
    model = NewsPage
    index_view_class = NewsIndexView
    icon = "newspaper"
    menu_label = _("News")
    menu_order = 110
    add_to_admin_menu = True
    filterset_class = NewsFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        NoteColumn("kind", label=_("Kind"), sort_key="kind__sort_order", width="12%"),
        Column("date", label=_("Date"), sort_key="date", width="10%"),
        NoteColumn("countries", label=_("Countries"), width="16%"),
        StatusFlagColumn("featured", label=_("Featured"), true_label=_("Featured"), sort_key="featured", width="8%"),
        LocaleColumn(label=_("Language"), width="8%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at", width="10%"
        ),
    ]


class CountryListingViewSet(PageListingViewSet):
    """The menu item "Countries"."""

    name = "countries"
    model = CountryPage
    index_view_class = CountryIndexView
    icon = "globe"
    menu_label = _("Countries")
    menu_order = 120
    add_to_admin_menu = True
    filterset_class = CountryFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Name"), sort_key="title", classname="title"),
        Column("code", label=_("ISO code"), sort_key="code", width="8%"),
        NoteColumn("continent", label=_("Continent"), width="14%"),
        Column("get_status_display", label=_("State or territory"), sort_key="status", width="12%"),
        LocaleColumn(label=_("Language"), width="8%"),
        NoteColumn("text", label=_("Text"), width="10%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
    ]
