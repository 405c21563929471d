"""What the admin's listings show beside each mission, organisation and person; read for a whole list at once."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from home.selectors.locales import locale_codes, locale_source
from home.selectors.record_names import Names, comma_of, names_by_key
from missions.models import MissionAppointment, PersonOffice, PersonPage
from missions.models.choices import HEAD_POSTS
from missions.models.rows import Period

_RANK = {post.value: number for number, post in enumerate(HEAD_POSTS)}


def lasting(day: date) -> Q:
    """The condition on rows with a beginning and an end that they hold on ``day``."""
    return Q(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


def holds(row: Period, day: date) -> bool:
    """The same of a row that was read."""
    return (row.starts_on or date.min) <= day <= (row.ends_on or date.max)


def heads(*, day: date) -> QuerySet[MissionAppointment]:
    """The appointments by which somebody heads a mission on ``day``."""
    return MissionAppointment.objects.filter(lasting(day), post__in=list(_RANK))


def head_keys_by_mission(*, keys: Collection[UUID], day: date) -> dict[UUID, UUID]:
    """Who heads each mission on ``day``, by translation keys. One statement.

    Of several the one with the highest post, and then the one who came last.
    """
    rows = heads(day=day).filter(page__translation_key__in=keys, page__locale_code=locale_source()).order_by()
    found: dict[Any, tuple[tuple[int, int], Any]] = {}
    for mission, person, post, begun in rows.values_list(
        "page__translation_key", "person__translation_key", "post", "starts_on"
    ):
        rank = (_RANK[post], -(begun or date.min).toordinal())
        if mission not in found or rank < found[mission][0]:
            found[mission] = (rank, person)
    return {mission: person for mission, (_rank, person) in found.items()}


def person_names(*, keys: Collection[UUID]) -> Names:
    """The names of people. One statement, or none."""
    return names_by_key(PersonPage, keys=keys)


def offices_by_person(*, keys: Collection[UUID], day: date) -> Names:
    """The titles of the offices that people hold on ``day``, one text for each person and language. One statement.

    Kinds and periods are those of the source page's rows, titles those of each page. An office without a title is
    called by its kind, in the language of the interface.
    """
    rows = PersonOffice.objects.filter(page__translation_key__in=keys).order_by("page_id", "sort_order", "pk")
    held: dict[UUID, list[PersonOffice]] = {}
    titles: dict[tuple[UUID, str], str] = {}
    for office in rows.select_related("page").defer("page__body"):
        titles[office.translation_key, office.page.locale_code] = office.title
        if office.page.locale_code == locale_source() and holds(office, day):
            held.setdefault(office.page.translation_key, []).append(office)
    return Names(
        (key, code, comma_of(code).join(_title(office, code, titles) for office in offices))
        for key, offices in held.items()
        for code in locale_codes()
    )


def _title(office: PersonOffice, code: str, titles: dict[tuple[UUID, str], str]) -> str:
    own = titles.get((office.translation_key, code))
    return own or (office.title if own is None else "") or str(office.get_kind_display())
