"""The listings "Missions", "Organisations" and "People": every page of the type, whatever its language."""

from collections.abc import Callable, Collection
from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Collate
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from home.admin.exports import ReadableExportMixin
from home.language.collation import collation_name
from home.models import RecordPage
from home.models.dates import ministry_today
from home.selectors.locales import locale_source
from home.selectors.record_names import comma_of, names_by_key, source_rows_by_key
from missions.admin.filters import MissionFilterSet, OrganisationFilterSet, PersonFilterSet
from missions.models import MissionPage, OrganisationPage, PersonPage
from missions.schedules import status_on
from missions.selectors.listings import head_keys_by_mission, offices_by_person, person_names
from regions.admin.listings import NoteColumn, NotedIndexView
from regions.models import CountryPage

Notes = dict[str, Callable[[Any], Any]]


class RecordIndexView(ReadableExportMixin, NotedIndexView):
    """A listing of records. What its columns show beside the texts is read from the source pages."""

    default_ordering = "title"
    fact_columns: ClassVar[tuple[str, ...]] = ()

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Names as the language of the interface sorts them, facts as the source pages have them."""
        name = (self.ordering or "").removeprefix("-")
        if self.is_searching and name in (*self.fact_columns, "title"):
            return super().order_queryset(queryset)
        if name == "title":
            column: Any = Collate("title", collation_name(translation.get_language() or locale_source()))
        elif name in self.fact_columns:
            sources = self.model._default_manager.filter(
                translation_key=OuterRef("translation_key"), locale_code=locale_source()
            )
            column = Subquery(sources.order_by().values(name)[:1])
        else:
            return super().order_queryset(queryset)
        ordered = column.desc(nulls_last=True) if self.ordering != name else column.asc(nulls_last=True)
        return queryset.order_by(ordered, "translation_key", "locale", "pk")

    def facts(self, pages: Collection[RecordPage], *columns: str) -> dict[Any, dict[str, Any]]:
        """The columns of the source page of each of ``pages``, by translation key. One statement."""
        return source_rows_by_key(self.model, keys={page.translation_key for page in pages}, columns=columns)


def display(choices: Any, value: Any) -> str:
    """The name of one of the values of a column, in the language of the interface; empty for none."""
    return str(choices(value).label) if value else ""


def record_columns(*columns: Any) -> list[Any]:
    """The columns of a listing of records: those given between the title and the language."""
    return [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        *columns,
        LocaleColumn(label=_("Language"), width="8%"),
        PageStatusColumn("publication", label=_("Publication"), sort_key="live", width="10%"),
    ]


class MissionIndexView(RecordIndexView):
    """Every mission, ours and those of others here."""

    fact_columns = ("kind", "status")
    list_export = [
        "title",
        "listing_direction",
        "listing_kind",
        "listing_country",
        "city",
        "listing_head",
        "listing_state",
        "locale",
        "status_string",
    ]
    export_headings = {
        "title": _("Title"),
        "listing_direction": _("Direction"),
        "listing_kind": _("Kind"),
        "listing_country": _("Country or organisation"),
        "city": _("City"),
        "listing_head": _("Head of mission"),
        "listing_state": _("Status"),
        "locale": _("Language"),
        "status_string": _("Publication"),
    }

    def notes(self, pages: list[MissionPage]) -> Notes:
        from missions.models.choices import MissionDirection, MissionKind, MissionStatus

        ends = ("host_country", "sending_country", "sending_organisation")
        keys = [f"{end}__translation_key" for end in ends]
        facts = self.facts(pages, "direction", "kind", "status", "status_since", "status_until", *keys)
        countries = names_by_key(
            CountryPage, keys=[row[key] for row in facts.values() for key in keys if "country" in key]
        )
        organisations = names_by_key(OrganisationPage, keys=[row[keys[2]] for row in facts.values()])
        today = ministry_today()
        heads = head_keys_by_mission(keys=list(facts), day=today)
        names = person_names(keys=heads.values())

        def fact(page: MissionPage, name: str) -> Any:
            return facts.get(page.translation_key, {}).get(name)

        def state(page: MissionPage) -> str:
            row = facts.get(page.translation_key)
            if row is None:
                return ""
            since, until = row["status_since"], row["status_until"]
            return display(MissionStatus, status_on(status=row["status"], since=since, until=until, day=today))

        def country(page: MissionPage) -> str:
            place = fact(page, keys[0]) or fact(page, keys[1])
            return countries.of(place, page.locale_code) or organisations.of(fact(page, keys[2]), page.locale_code)

        return {
            "direction": lambda page: display(MissionDirection, fact(page, "direction")),
            "kind": lambda page: display(MissionKind, fact(page, "kind")),
            "country": country,
            "head": lambda page: names.of(heads.get(page.translation_key), page.locale_code),
            "state": state,
        }


class OrganisationIndexView(RecordIndexView):
    """Every organisation."""

    fact_columns = ("kind", "standing")
    list_export = [
        "title",
        "acronym",
        "listing_kind",
        "listing_standing",
        "listing_seat",
        "locale",
        "status_string",
    ]
    export_headings = {
        "title": _("Title"),
        "acronym": _("Acronym"),
        "listing_kind": _("Kind"),
        "listing_standing": _("Our standing"),
        "listing_seat": _("Seat"),
        "locale": _("Language"),
        "status_string": _("Publication"),
    }

    def notes(self, pages: list[OrganisationPage]) -> Notes:
        from missions.models.choices import OrganisationKind, Standing

        facts = self.facts(pages, "kind", "standing", "seat_country__translation_key")
        countries = names_by_key(CountryPage, keys=[row["seat_country__translation_key"] for row in facts.values()])

        def fact(page: OrganisationPage, name: str) -> Any:
            return facts.get(page.translation_key, {}).get(name)

        def seat(page: OrganisationPage) -> str:
            country = countries.of(fact(page, "seat_country__translation_key"), page.locale_code)
            return comma_of(page.locale_code).join(filter(None, [page.seat_city, country]))

        return {
            "kind": lambda page: display(OrganisationKind, fact(page, "kind")),
            "standing": lambda page: display(Standing, fact(page, "standing")),
            "seat": seat,
        }


class PersonIndexView(RecordIndexView):
    """Every person."""

    list_export = ["title", "listing_offices", "listing_country", "locale", "status_string"]
    export_headings = {
        "title": _("Name"),
        "listing_offices": _("Office held today"),
        "listing_country": _("Country"),
        "locale": _("Language"),
        "status_string": _("Publication"),
    }

    def notes(self, pages: list[PersonPage]) -> Notes:
        facts = self.facts(pages, "nationality__translation_key")
        countries = names_by_key(CountryPage, keys=[row["nationality__translation_key"] for row in facts.values()])
        offices = offices_by_person(keys=list(facts), day=ministry_today())

        def country(page: PersonPage) -> str:
            row = facts.get(page.translation_key, {})
            return countries.of(row.get("nationality__translation_key"), page.locale_code)

        return {
            "country": country,
            "offices": lambda page: offices.of(page.translation_key, page.locale_code),
        }


class MissionListingViewSet(PageListingViewSet):
    """The menu item "Missions"."""

    name = "missions"
    model = MissionPage
    index_view_class = MissionIndexView
    icon = "home"
    menu_label = _("Missions")
    menu_order = 100
    filterset_class = MissionFilterSet
    columns = record_columns(
        NoteColumn("kind", label=_("Kind"), sort_key="kind", width="12%"),
        NoteColumn("country", label=_("Country or organisation"), width="14%"),
        Column("city", label=_("City"), width="10%"),
        NoteColumn("head", label=_("Head of mission"), width="14%"),
        NoteColumn("state", label=_("Status"), sort_key="status", width="8%"),
    )


class OrganisationListingViewSet(PageListingViewSet):
    """The menu item "Organisations"."""

    name = "organisations"
    model = OrganisationPage
    index_view_class = OrganisationIndexView
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 200
    filterset_class = OrganisationFilterSet
    columns = record_columns(
        Column("acronym", label=_("Acronym"), width="10%"),
        NoteColumn("kind", label=_("Kind"), sort_key="kind", width="12%"),
        NoteColumn("standing", label=_("Our standing"), sort_key="standing", width="12%"),
        NoteColumn("seat", label=_("Seat"), width="16%"),
    )


class PersonListingViewSet(PageListingViewSet):
    """The menu item "People"."""

    name = "people"
    model = PersonPage
    index_view_class = PersonIndexView
    icon = "user"
    menu_label = _("People")
    menu_order = 300
    filterset_class = PersonFilterSet
    columns = record_columns(
        NoteColumn("offices", label=_("Office held today"), width="26%"),
        NoteColumn("country", label=_("Country"), width="16%"),
    )
