"""The types ``Mission`` and ``MissionIndex``."""

from datetime import date, datetime
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.types import DatePrecisionEnum
from api.context import GraphQLContext
from api.dates import Date
from api.execution import Deferred, gather
from api.missions.arguments import moment_checked, moment_near_checked
from api.missions.enums import MissionDirection, MissionKind, MissionStatus, ServiceKind
from api.missions.loaders import (
    AccreditationsLoader,
    AppointmentsLoader,
    ClosuresLoader,
    ContactsLoader,
    HoursLoader,
    ServicesLoader,
    mission_keys,
    source_ids,
)
from api.missions.parts import (
    Coordinates,
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionService,
    OpeningHours,
    SpokenLanguage,
)
from api.missions.statuses import (
    AnnouncedStatus,
    MissionStatusChange,
    resolve_announced_status,
    resolve_status,
    resolve_status_history,
    resolve_status_label,
    resolve_status_precision,
    resolve_status_since,
    resolve_status_until,
)
from api.pages.content import PageContent, resolve_text_or_none
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import Node, node_load
from api.records import fact, fact_label, fact_page
from api.rows import resolver_by_scope
from api.scope import Scope
from missions.models import choices
from missions.models.languages import language_codes, language_name
from missions.schedules import Hours, Schedule

Row = dict[str, Any]
_HEADS = {post.value: place for place, post in enumerate(choices.HEAD_POSTS)}


def _rows(loader: Any, keys: Any) -> Any:
    """A resolver for the rows of missions that a loader has by ``keys``."""

    @resolver_by_scope
    def resolve(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[list[Row]]]:
        return info.context.loaders.get(loader, scope, info.context.gate).load_many(keys(nodes))

    return resolve


def _schedules(context: GraphQLContext, nodes: list[Node], scope: Scope) -> Deferred[list[Schedule]]:
    def made(found: list[Any]) -> list[Schedule]:
        return [_schedule(node["facts"], *rows) for node, *rows in zip(nodes, *found, strict=True)]

    keys = mission_keys(nodes)
    return gather(
        context.loaders.get(HoursLoader, scope, context.gate).load_many(source_ids(nodes)),
        context.loaders.get(ClosuresLoader, scope, context.gate).load_many(keys),
        context.loaders.get(ServicesLoader, scope, context.gate).load_many(keys),
    ).then(made)


def _schedule(facts: Row, hours: list[Row], closures: list[Row], services: list[Row]) -> Schedule:
    return Schedule(
        time_zone=facts["time_zone"],
        status=facts["status"],
        status_since=facts["status_since"],
        status_until=facts["status_until"],
        hours=tuple(Hours(row["weekday"], row["opens"], row["closes"], row["service"]) for row in hours),
        closures=tuple((row["starts_on"], row["ends_on"]) for row in closures),
        services=frozenset(row["kind"] for row in services),
    )


@resolver_by_scope
def resolve_is_open(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, at: datetime | None = None, service: Any = None
) -> Deferred[list[bool | None]]:
    """Whether missions are open; without a moment now, and then the answer lasts until that may change."""
    gate, kind = info.context.gate, service and service.value
    moment = gate.now if at is None else moment_checked(at, "at")

    def answered(schedule: Schedule) -> bool | None:
        if at is None and (until := schedule.holds_until(moment, kind)) is not None:
            gate.lasts_until(until)
        return schedule.is_open(moment, kind)

    return _schedules(info.context, nodes, scope).then(lambda found: [answered(each) for each in found])


@resolver_by_scope
def resolve_next_opening(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, after: datetime | None = None, service: Any = None
) -> Deferred[list[datetime | None]]:
    """When missions open next; without a moment after now, and then the answer lasts until they do."""
    gate, kind = info.context.gate, service and service.value
    moment = gate.now if after is None else moment_near_checked(after, "after", now=gate.now)

    def answered(schedule: Schedule) -> datetime | None:
        opening = schedule.next_opening(moment, kind)
        # Where there is none within the horizon, there may be one tomorrow.
        until = opening if opening is not None else schedule.holds_until(moment, kind)
        if after is None and until is not None:
            gate.lasts_until(until)
        return opening

    return _schedules(info.context, nodes, scope).then(lambda found: [answered(each) for each in found])


@resolver_by_scope
def resolve_services(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[list[Row]]]:
    """The services of missions; each knows where its hours are."""
    services = info.context.loaders.get(ServicesLoader, scope, info.context.gate).load_many(mission_keys(nodes))

    def with_source(found: list[list[Row]]) -> list[list[Row]]:
        return [
            [{**row, "source_id": page_id} for row in rows]
            for page_id, rows in zip(source_ids(nodes), found, strict=True)
        ]

    return services.then(with_source)


def _appointments(context: GraphQLContext, nodes: list[Node], scope: Scope) -> Deferred[list[list[Row]]]:
    return context.loaders.get(AppointmentsLoader, scope, context.gate).load_many(source_ids(nodes))


@resolver_by_scope
def resolve_head(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[Row | None]]:
    """Who heads missions today."""
    return _appointments(info.context, nodes, scope).then(lambda found: [_head(rows) for rows in found])


def _head(rows: list[Row]) -> Row | None:
    """The highest post; of two who hold the same, who came later."""
    heads = [row for row in rows if row["is_current"] and row["post"] in _HEADS]
    return min(heads, key=lambda row: (_HEADS[row["post"]], -(row["starts_on"] or date.min).toordinal()), default=None)


@resolver_by_scope
def resolve_staff(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, current: bool | None = None
) -> Deferred[list[list[Row]]]:
    """Who holds posts at missions: now, or at other times, or both."""
    return _appointments(info.context, nodes, scope).then(
        lambda found: [[row for row in rows if current in (None, row["is_current"])] for rows in found]
    )


@resolver_by_scope
def resolve_accreditations(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, current: bool | None = None
) -> Deferred[list[list[Row]]]:
    """What missions are accredited to, as far as the reader is shown it."""
    context: GraphQLContext = info.context
    rows = context.loaders.get(AccreditationsLoader, scope, context.gate).load_many(source_ids(nodes))

    def named(found: list[list[Row]]) -> Deferred[list[list[Row]]]:
        lists = [[row for row in line if current in (None, row["is_current"])] for line in found]
        flat = [row for line in lists for row in line]
        countries = Deferred.all([_target(context, row, "Country", "country") for row in flat])
        organisations = Deferred.all([_target(context, row, "Organisation", "organisation") for row in flat])

        def shown(targets: list[Any]) -> list[list[Row]]:
            made = [
                {**row, "country": country, "organisation": organisation}
                for row, country, organisation in zip(flat, *targets, strict=True)
            ]
            places = iter(made)
            return [[row for _ in line if _is_shown(row := next(places))] for line in lists]

        return gather(countries, organisations).then(shown)

    return rows.then(named)


def _target(context: GraphQLContext, row: Row, type_name: str, name: str) -> Any:
    key = row[f"{name}__translation_key"]
    return node_load(context, type_name=type_name, key=key, scope=row["scope"]) if key else None


def _is_shown(row: Row) -> bool:
    return row["country"] is not None or row["organisation"] is not None


_SERVICE = graphene.Argument(ServiceKind, description="By the hours of this service; omitted: those of the mission.")
_CURRENT = "Those of today alone, or with false those of other times alone; with null all."


def _dated(of: Any, *, description: str, resolver: Any) -> graphene.Field:
    return graphene.Field(
        graphene.List(graphene.NonNull(of)),
        description=description,
        current=graphene.Argument(graphene.Boolean, default_value=True, description=_CURRENT),
        resolver=resolver,
    )


class Mission(PageContent, graphene.ObjectType):
    """A diplomatic or consular mission: one of ours abroad, or one of others here.

    What is the same in every language stands here however little of the mission is translated.
    """

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    mission_direction = graphene.NonNull(
        MissionDirection, description="Ours abroad, or that of others here.", resolver=fact("direction")
    )
    mission_kind = graphene.NonNull(MissionKind, description="What sort of mission it is.", resolver=fact("kind"))
    mission_kind_label = graphene.NonNull(
        graphene.String,
        description="The name of the kind in the reader's language.",
        resolver=fact_label(choices.MissionKind, "kind"),
    )
    mission_status = graphene.NonNull(
        MissionStatus,
        description="Whether it is at work today, by the ministry's calendar; what begins later is `announcedStatus`.",
        resolver=resolve_status,
    )
    mission_status_label = graphene.NonNull(
        graphene.String,
        description="The name of the status in the reader's language.",
        resolver=resolve_status_label,
    )
    status_since = Date(
        description="The day from which the status holds; `statusPrecision` says how much of it is known. Null where "
        "nothing is, and while another status is announced: `statusHistory` may know it.",
        resolver=resolve_status_since,
    )
    status_precision = graphene.Field(
        DatePrecisionEnum,
        description="How much of `statusSince` is known; null where that is.",
        resolver=resolve_status_precision,
    )
    status_until = Date(
        description="The last day on which the status holds, of a suspension that ends for example: `announcedStatus` "
        "begins on the next one. Null where no end is known.",
        resolver=resolve_status_until,
    )
    status_history = graphene.Field(
        graphene.List(graphene.NonNull(MissionStatusChange)),
        description="What the mission was and is, and from which day on, the earliest first. What is announced is not "
        "among them, nor a status whose day is not known.",
        resolver=resolve_status_history,
    )
    announced_status = graphene.Field(
        AnnouncedStatus,
        description="The status that begins on a day to come, and the day; null where none is announced.",
        resolver=resolve_announced_status,
    )
    host_country = graphene.Field(
        "api.regions.countries.Country",
        description="Where one of ours stands; null for a mission here.",
        resolver=fact_page("Country", "host_country__translation_key"),
    )
    sending_country = graphene.Field(
        "api.regions.countries.Country",
        description="Whose mission here it is.",
        resolver=fact_page("Country", "sending_country__translation_key"),
    )
    sending_organisation = graphene.Field(
        "api.missions.organisations.Organisation",
        description="Whose office here it is, when it is not a country's.",
        resolver=fact_page("Organisation", "sending_organisation__translation_key"),
    )
    city = graphene.String(description="The city.", resolver=resolve_text_or_none("city"))
    address = graphene.String(
        description="The address as letters are addressed there, in the language and form of the place.",
        resolver=fact("address"),
    )
    address_text = graphene.String(
        description="The address for readers of this page; where editors wrote none, the one of the place."
    )
    district = graphene.String(
        description="Which provinces or countries it is responsible for, in words.",
        resolver=resolve_text_or_none("district"),
    )
    coordinates = graphene.Field(Coordinates, description="Where it stands; null where that is not known.")
    time_zone = graphene.String(
        description="The name in the IANA database, for example America/Mexico_City.", resolver=fact("time_zone")
    )
    working_languages = graphene.NonNull(
        graphene.List(graphene.NonNull(SpokenLanguage)), description="The languages that people are answered in there."
    )
    contacts = graphene.NonNull(
        graphene.List(graphene.NonNull(MissionContact)),
        description="Telephones, addresses and links, in the editors' order.",
        resolver=_rows(ContactsLoader, source_ids),
    )
    emergency_contacts = graphene.NonNull(
        graphene.List(graphene.NonNull(MissionContact)), description="Those for emergencies alone."
    )
    services = graphene.NonNull(
        graphene.List(graphene.NonNull(MissionService)),
        description="What it does for people, in the editors' order.",
        resolver=resolve_services,
    )
    opening_hours = graphene.NonNull(
        graphene.List(graphene.NonNull(OpeningHours)),
        description="Its hours and those of services that have their own, through the week.",
        resolver=_rows(HoursLoader, source_ids),
    )
    closures = graphene.NonNull(
        graphene.List(graphene.NonNull(MissionClosure)),
        description="Public holidays and other days on which it is closed, the earliest first.",
        resolver=_rows(ClosuresLoader, mission_keys),
    )
    is_open = graphene.Boolean(
        description="Whether it is open, by the clock of its place: within its hours, on no day of closure, while it "
        "is at work. Null where its hours or its time zone are not known; false for a service that it does not offer.",
        at=graphene.Argument(graphene.DateTime, description="The moment, with its offset from UTC; omitted: now."),
        service=_SERVICE,
        resolver=resolve_is_open,
    )
    next_opening = graphene.DateTime(
        description="The next moment at which it opens, by the clock of its place; null where none is within a year.",
        after=graphene.Argument(
            graphene.DateTime,
            description="Later than this moment, with its offset from UTC, 5 years from now at most; omitted: now.",
        ),
        service=_SERVICE,
        resolver=resolve_next_opening,
    )
    head = graphene.Field(
        MissionAppointment,
        description="Who heads it today: the ambassador, or else the chargé d'affaires; the consul …",
        resolver=resolve_head,
    )
    staff = _dated(
        MissionAppointment,
        description="Who holds which post, the head included, in the editors' order.",
        resolver=resolve_staff,
    )
    accreditations = _dated(
        MissionAccreditation,
        description="The countries and organisations that it is accredited to besides its host.",
        resolver=resolve_accreditations,
    )

    def resolve_address_text(self: Node, info: GraphQLResolveInfo) -> str | None:
        return self["address_text"] or self["facts"]["address"] or None

    def resolve_coordinates(self: Node, info: GraphQLResolveInfo) -> Row | None:
        facts = self["facts"]
        return None if facts["latitude"] is None or facts["longitude"] is None else facts

    def resolve_working_languages(self: Node, info: GraphQLResolveInfo) -> list[Row]:
        locale = self["scope"].locale
        codes = language_codes(self["facts"]["working_languages"])
        return [{"code": code, "name": language_name(code, locale)} for code in codes]

    @staticmethod
    @resolver_by_scope
    def resolve_emergency_contacts(
        nodes: list[Node], scope: Scope, info: GraphQLResolveInfo
    ) -> Deferred[list[list[Row]]]:
        contacts = info.context.loaders.get(ContactsLoader, scope, info.context.gate).load_many(source_ids(nodes))
        emergency = choices.ContactPurpose.EMERGENCY.value
        return contacts.then(lambda found: [[row for row in rows if row["purpose"] == emergency] for rows in found])


class MissionIndex(PageContent, graphene.ObjectType):
    """The page that holds the missions."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
