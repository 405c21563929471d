"""What missions are made of: places, languages, contacts, services, hours, closures, people and accreditations."""

from datetime import time
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.choices import label_of
from api.dates import Date
from api.execution import Deferred
from api.locales import LocaleCode
from api.missions.enums import ClosureKind, ContactKind, ContactPurpose, PostKind, ServiceKind, Weekday
from api.missions.loaders import HoursLoader
from api.pages.nodes import node_load
from api.rows import column, resolver_by_scope
from api.scope import Scope
from missions.models import choices
from missions.schedules import MIDNIGHT_ENDS_BEFORE

Row = dict[str, Any]


def _label(kind: Any, name: str) -> Any:
    """A resolver for the name of a value in the reader's language."""

    def resolve(row: Row, info: GraphQLResolveInfo) -> str | None:
        return label_of(kind, row[name], row["scope"].locale) if row[name] else None

    return resolve


class Coordinates(graphene.ObjectType):
    """A place on the globe (WGS 84)."""

    latitude = graphene.NonNull(graphene.Float, description="Degrees, north positive.")
    longitude = graphene.NonNull(graphene.Float, description="Degrees, east positive.")


class SpokenLanguage(graphene.ObjectType):
    """A language that people speak, which need not be one of the content."""

    code = graphene.NonNull(graphene.String, description="The ISO 639 code, for example fr.")
    name = graphene.NonNull(graphene.String, description="The name in the reader's language, by CLDR.")


class MissionContact(graphene.ObjectType):
    """A telephone number, an address of mail or of the web."""

    kind = graphene.NonNull(ContactKind, description="By which means.")
    label = graphene.NonNull(
        graphene.String,
        description="The name of the kind in the reader's language.",
        resolver=_label(choices.ContactKind, "kind"),
    )
    purpose = graphene.NonNull(ContactPurpose, description="What for.")
    purpose_label = graphene.NonNull(
        graphene.String,
        description="The name of the purpose in the reader's language.",
        resolver=_label(choices.ContactPurpose, "purpose"),
    )
    value = graphene.NonNull(
        graphene.String, description="The number as dialled from abroad (+52 …), the address or the link."
    )


class OpeningHours(graphene.ObjectType):
    """Hours of one day of the week, by the clock of the mission's time zone."""

    weekday = graphene.NonNull(Weekday, description="The day.")
    weekday_label = graphene.NonNull(
        graphene.String,
        description="The name of the day in the reader's language.",
        resolver=_label(choices.Weekday, "weekday"),
    )
    opens = graphene.NonNull(graphene.String, description="Hours and minutes, for example 09:00.")
    closes = graphene.NonNull(
        graphene.String, description="Hours and minutes, later than `opens`; 24:00 is the end of the day."
    )
    service = graphene.Field(
        ServiceKind, description="The service whose hours they are; null: the mission's, and every other service's."
    )
    service_label = graphene.String(
        description="The name of the service in the reader's language.",
        resolver=_label(choices.ServiceKind, "service"),
    )

    def resolve_opens(self: Row, info: GraphQLResolveInfo) -> str:
        return _hour(self["opens"])

    def resolve_closes(self: Row, info: GraphQLResolveInfo) -> str:
        return "24:00" if self["closes"] < MIDNIGHT_ENDS_BEFORE else _hour(self["closes"])

    def resolve_service(self: Row, info: GraphQLResolveInfo) -> str | None:
        return self["service"] or None


def _hour(value: time) -> str:
    return value.strftime("%H:%M")


@resolver_by_scope
def resolve_hours_of_services(rows: list[Row], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[list[Row]]]:
    """The hours that count for services."""
    hours = info.context.loaders.get(HoursLoader, scope, info.context.gate)

    def chosen(found: list[list[Row]]) -> list[list[Row]]:
        return [_hours_of(each, row["kind"]) for row, each in zip(rows, found, strict=True)]

    return hours.load_many([row["source_id"] for row in rows]).then(chosen)


def _hours_of(hours: list[Row], service: str) -> list[Row]:
    return [row for row in hours if row["service"] == service] or [row for row in hours if not row["service"]]


class MissionService(graphene.ObjectType):
    """Something that a mission does for people."""

    kind = graphene.NonNull(ServiceKind, description="Which service.")
    label = graphene.NonNull(
        graphene.String,
        description="The name of the service in the reader's language.",
        resolver=_label(choices.ServiceKind, "kind"),
    )
    conditions = graphene.String(description="For whom, with which papers, at what price; null where nothing is said.")
    locale = graphene.Field(
        LocaleCode,
        description="The language of the conditions; null where there are none.",
        resolver=column("locale_code"),
    )
    booking_url = graphene.String(description="Where an appointment is made; null where none is.")
    opening_hours = graphene.Field(
        graphene.NonNull(graphene.List(graphene.NonNull(OpeningHours))),
        description="The hours that count for the service: its own, or else those of the mission.",
        resolver=resolve_hours_of_services,
    )

    def resolve_conditions(self: Row, info: GraphQLResolveInfo) -> str | None:
        return self["conditions"] or None

    def resolve_booking_url(self: Row, info: GraphQLResolveInfo) -> str | None:
        return self["booking_url"] or None


class MissionClosure(graphene.ObjectType):
    """Days on which a mission is closed."""

    starts_on = Date(required=True, description="The first day.")
    ends_on = Date(required=True, description="The last day, included.")
    kind = graphene.NonNull(ClosureKind, description="A holiday of the calendar, or some other reason.")
    label = graphene.NonNull(
        graphene.String,
        description="The name of the kind in the reader's language.",
        resolver=_label(choices.ClosureKind, "kind"),
    )
    reason = graphene.String(description="The name of the holiday, or why; null where nothing is said.")
    locale = graphene.Field(
        LocaleCode, description="The language of the reason; null where there is none.", resolver=column("locale_code")
    )

    def resolve_reason(self: Row, info: GraphQLResolveInfo) -> str | None:
        return self["reason"] or None


class MissionAppointment(graphene.ObjectType):
    """Who holds, or held, a post at a mission. People whose own pages are hidden hold none here."""

    person = graphene.Field(
        "api.missions.people.Person",
        description="Who it is; null where the page is in no language that the reader takes.",
    )
    post = graphene.NonNull(PostKind, description="As what.")
    label = graphene.NonNull(
        graphene.String,
        description="The name of the post in the reader's language.",
        resolver=_label(choices.PostKind, "post"),
    )
    starts_on = Date(description="The first day; null where it is not known.")
    ends_on = Date(description="The last day, included; null while it lasts.")
    is_current = graphene.NonNull(graphene.Boolean, description="Whether it holds today, by the ministry's calendar.")
    credentials_copy_on = Date(description="The day a copy of the letters of credence was handed over.")
    credentials_on = Date(description="The day the letters were presented.")

    def resolve_person(self: Row, info: GraphQLResolveInfo) -> Any:
        key, scope = self["person__translation_key"], self["scope"]
        return node_load(info.context, type_name="Person", key=key, scope=scope)


class MissionAccreditation(graphene.ObjectType):
    """A country or an organisation that a mission is accredited to besides its host."""

    country = graphene.Field("api.regions.countries.Country", description="The country, or null.")
    organisation = graphene.Field("api.missions.organisations.Organisation", description="The organisation, or null.")
    starts_on = Date(description="The first day; null where it is not known.")
    ends_on = Date(description="The last day, included; null while it lasts.")
    is_current = graphene.NonNull(graphene.Boolean, description="Whether it holds today, by the ministry's calendar.")
