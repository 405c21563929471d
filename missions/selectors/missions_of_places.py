"""The missions of many countries or organisations at once, and which of ours is responsible for a country."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from home.selectors.keys import Key
from home.selectors.pages import Row
from home.selectors.prepared import ID, KEY, any_of, prepared
from home.selectors.record_rows import current
from home.selectors.visibility import Gate
from missions.models import MissionAccreditation, MissionService
from missions.models.choices import MissionDirection, MissionKind
from missions.schedules import is_at_work
from missions.selectors.missions import TODAY, MissionCriteria, mission_queryset_shown, mission_texts
from missions.selectors.pages import MISSION_FACTS

# Where missions stand or come from, by what names the place in the accreditations.
_SEATS: dict[str, tuple[str, ...]] = {
    "country": ("host_country__translation_key", "sending_country__translation_key"),
    "organisation": ("sending_organisation__translation_key",),
}
# Posts that answer for us in a whole country, and those that answer to people there, as they come after one another.
# Permanent missions and cultural centres are there for somebody else.
_DIPLOMATIC = (MissionKind.EMBASSY.value, MissionKind.LIAISON_OFFICE.value)
_CONSULAR = (
    MissionKind.CONSULATE_GENERAL.value,
    MissionKind.CONSULATE.value,
    MissionKind.VICE_CONSULATE.value,
    MissionKind.HONORARY_CONSULATE.value,
)
_RESPONSIBLE = (*_DIPLOMATIC, *_CONSULAR)


def mission_rows_of_places(
    *, place: str, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: MissionCriteria, today: date
) -> dict[Key, list[Row]]:
    """For countries or organisations (``place``) by translation key: the missions of each, in no order.

    Rows are those of ``mission_rows_by_keys``, one for each place, and say whether the mission ``is_resident`` there;
    of those that are not, ``accreditation`` has the first one that holds. Three statements, and one more for what is
    open.
    """
    statement = prepared(
        ("mission_rows_of_places", place, tuple(chain), gate.shape, criteria.shape),
        lambda: _seated_or_named(place, mission_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria)),
    )
    accredited = _accredited(place, keys, today)
    ids = {page_id for _key, page_id in accredited}
    values = {**gate.values, **criteria.values(chain=chain, today=today), "keys": keys, "ids": ids}
    facts = statement.rows(values)
    texts = mission_texts(facts=facts, gate=gate, chain=chain)
    wanted = set(keys)
    links: dict[tuple[Key, int], Row | None] = {
        (row[seat], row["id"]): None for row in facts for seat in _SEATS[place] if row[seat] in wanted
    }
    links = {**accredited, **links}
    by_id = {row["facts"]["id"]: row for row in texts.values()}
    found: dict[Key, list[Row]] = {}
    for (key, page_id), accreditation in links.items():
        is_resident = accreditation is None
        if page_id in by_id and criteria.resident in (None, is_resident):
            row = {**by_id[page_id], "is_resident": is_resident, "accreditation": accreditation}
            row["distance_km"] = row["facts"].get("distance_km")
            found.setdefault(key, []).append(row)
    return found


def _seated_or_named(place: str, queryset: QuerySet[Any]) -> QuerySet[Any]:
    seated = Q(any_of("pk", "ids", ID))
    for seat in _SEATS[place]:
        seated |= Q(any_of(seat, "keys", KEY))
    extra = [name for name in ("distance_km",) if name in queryset.query.annotations]
    return queryset.filter(seated).order_by("pk").values("id", "translation_key", *MISSION_FACTS, *extra)


def _accredited(place: str, keys: Collection[Key], today: date) -> dict[tuple[Key, int], Row]:
    """What is accredited to places now, by the key of the place and the id of the mission's source page."""
    name = f"{place}__translation_key"
    statement = prepared(
        ("missions_accredited", place),
        lambda: (
            MissionAccreditation.objects.filter(current(TODAY), any_of(name, "keys", KEY))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", "country__translation_key", "organisation__translation_key", "starts_on", "ends_on")
        ),
    )
    found: dict[tuple[Key, int], Row] = {}
    for row in statement.rows({"keys": keys, "today": today}):
        found.setdefault((row[name], row["page_id"]), row)
    return found


def responsible_missions(
    *, pairs: Collection[tuple[Key, str | None]], gate: Gate, chain: Sequence[str], today: date
) -> dict[tuple[Key, str | None], Row]:
    """For countries by translation key, each with a service or None: the post of ours that is responsible.

    Rows of ``mission_rows_of_places`` that say whether the post ``offers`` the service (None without one). What nobody
    is responsible for is left out. Four statements.

    A post that stands in the country and offers the service comes first; then whoever is accredited from elsewhere and
    offers it; then a post there that does not; and then one accredited from elsewhere. Without a service: the embassy
    there, whoever is accredited from elsewhere, a consulate there.
    """
    of_countries = mission_rows_of_places(
        place="country",
        keys={key for key, _service in pairs},
        gate=gate,
        chain=chain,
        criteria=MissionCriteria(direction=MissionDirection.ABROAD.value, kinds=_RESPONSIBLE),
        today=today,
    )
    offered = _services_offered({row["facts"]["id"] for rows in of_countries.values() for row in rows})
    found = {}
    for key, service in pairs:
        rows = [row for row in of_countries.get(key, ()) if _works(row["facts"], today)]
        if rows:
            best = min(rows, key=_rank(service, offered))
            offers = None if service is None else (best["facts"]["id"], service) in offered
            found[key, service] = {**best, "offers": offers}
    return found


def _works(facts: Row, today: date) -> bool:
    return is_at_work(status=facts["status"], since=facts["status_since"], until=facts["status_until"], day=today)


def _rank(service: str | None, offered: Collection[tuple[int, str]]) -> Callable[[Row], tuple[Any, ...]]:
    def rank(row: Row) -> tuple[Any, ...]:
        facts = row["facts"]
        offers = service is not None and (facts["id"], service) in offered
        is_diplomatic = facts["kind"] in _DIPLOMATIC
        is_resident = row["is_resident"]
        if service is None:
            group = 0 if is_resident and is_diplomatic else 1 if not is_resident else 2
        else:
            group = (not offers) * 2 + (not is_resident)
        return (group, _RESPONSIBLE.index(facts["kind"]), facts["id"])

    return rank


def _services_offered(ids: Collection[int]) -> set[tuple[int, str]]:
    """Ids of source pages and what they offer. One statement, or none."""
    if not ids:
        return set()
    statement = prepared(
        "mission_services_offered",
        lambda: MissionService.objects.filter(any_of("page_id", "ids", ID)).order_by().values("page_id", "kind"),
    )
    return set(statement.tuples({"ids": ids}))
