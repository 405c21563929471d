"""The history of travel advice as readers are shown it.

A change is shown to a reader in the best language of the chain that tells of it: that of a translation in the place of
the source's, from the moment when the translation is public. What is hidden now is not told of; its history stays.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from home.selectors.counts import count_kept
from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_visible
from home.selectors.prepared import ID, KEY, TEXT, Parameter, any_of, prepared
from home.selectors.visibility import Conditions, Gate
from regions.models import CountryPage
from travel.models import TravelAdviceChange, TravelAdvicePage

CHANGE_FIELDS = ("id", "published_at", "level", "note", "is_minor", "locale_code")
# What one sheet tells of its past; `travelAdviceChanges` tells the rest.
HISTORY_LENGTH = 20


@dataclass(frozen=True, slots=True)
class ChangeCriteria:
    """What a list of changes is narrowed to; None means no limit. ``since`` is a moment, included."""

    since: datetime | None = None
    countries: tuple[str, ...] | None = None
    major_only: bool = True

    @property
    def shape(self) -> Hashable:
        """What the criteria put into a queryset other than by parameters."""
        return (self.since is not None, self.countries is not None, self.major_only)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        return {"since": self.since, "country_codes": self.countries}


@dataclass(frozen=True, slots=True)
class ChangeSlice:
    """A stretch of a list of changes, newest first.

    ``after`` and ``before`` are positions (moment, id), not included; ``from_end`` takes the last ``limit`` rows.
    """

    limit: int
    after: tuple[datetime, int] | None = None
    before: tuple[datetime, int] | None = None
    from_end: bool = False

    @property
    def shape(self) -> Hashable:
        """What the stretch puts into a queryset other than by parameters."""
        return (self.limit, self.from_end, self.after is None, self.before is None)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        (after_at, after_id), (before_at, before_id) = self.after or (None, None), self.before or (None, None)
        return {"after_at": after_at, "after_id": after_id, "before_at": before_at, "before_id": before_id}

    def condition(self) -> Q:
        """The condition that keeps what lies between ``after`` and ``before``."""
        condition = Q()
        if self.after is not None:
            moment, pk = Parameter("after_at", DateTimeField()), Parameter("after_id", ID)
            condition &= Q(published_at__lte=moment) & (Q(published_at__lt=moment) | Q(pk__lt=pk))
        if self.before is not None:
            moment, pk = Parameter("before_at", DateTimeField()), Parameter("before_id", ID)
            condition &= Q(published_at__gte=moment) & (Q(published_at__gt=moment) | Q(pk__gt=pk))
        return condition


def _visible(gate: Conditions) -> QuerySet[Any]:
    """The changes of pages that the public may see, in every language."""
    own_text = Q(page__alias_of__isnull=True) | ~Q(page__alias_of__translation_key=F("page__translation_key"))
    return TravelAdviceChange.objects.filter(gate.visible("page__"), own_text).order_by()


def change_queryset_shown(*, gate: Conditions, chain: Sequence[str]) -> QuerySet[Any]:
    """The changes that a reader is shown, each in the best language of the chain. Filter, sort and count these."""
    sources = page_queryset_visible(TravelAdvicePage, gate=gate).filter(
        locale_code=locale_source(), translation_key=OuterRef("page__translation_key")
    )
    shown = _visible(gate).annotate(told=Coalesce("source_change_id", "pk"))
    best = Q(pk__in=[])
    for rank, code in enumerate(chain):
        better = _visible(gate).filter(
            Q(source_change_id=OuterRef("told")) | Q(pk=OuterRef("told")), locale_code__in=chain[:rank]
        )
        best |= Q(~Exists(better), locale_code=code) if rank else Q(locale_code=code)
    return shown.filter(best, Exists(sources))


def _narrowed(gate: Conditions, chain: Sequence[str], criteria: ChangeCriteria) -> QuerySet[Any]:
    changes = change_queryset_shown(gate=gate, chain=chain)
    if criteria.major_only:
        changes = changes.filter(is_minor=False)
    if criteria.since is not None:
        changes = changes.filter(published_at__gte=Parameter("since", DateTimeField()))
    if criteria.countries is not None:
        countries = page_queryset_visible(CountryPage, gate=gate).filter(
            any_of("code", "country_codes", TEXT), locale_code__in=chain
        )
        sheets = TravelAdvicePage.objects.filter(
            locale_code=locale_source(), country__translation_key__in=countries.values("translation_key")
        )
        changes = changes.filter(page__translation_key__in=sheets.values("translation_key"))
    return changes


def change_rows_shown(*, gate: Gate, chain: Sequence[str], criteria: ChangeCriteria, part: ChangeSlice) -> list[Row]:
    """A stretch of the list of changes, newest first: ``CHANGE_FIELDS`` and ``sheet_key``. One statement."""
    sign = "" if part.from_end else "-"
    statement = prepared(
        ("change_rows_shown", tuple(chain), gate.shape, criteria.shape, part.shape),
        lambda: (
            _narrowed(gate.shape, chain, criteria)
            .filter(part.condition())
            .order_by(f"{sign}published_at", f"{sign}pk")
            .values(*CHANGE_FIELDS, sheet_key=F("page__translation_key"))[: part.limit]
        ),
    )
    rows = statement.rows({**gate.values, **criteria.values, **part.values})
    return rows[::-1] if part.from_end else rows


def change_count_shown(*, gate: Gate, chain: Sequence[str], criteria: ChangeCriteria) -> int:
    """How many changes the whole list has. One statement, and none where it was counted under this content version."""
    statement = prepared(
        ("change_count_shown", tuple(chain), gate.shape, criteria.shape),
        lambda: _narrowed(gate.shape, chain, criteria).values("pk"),
    )
    return count_kept(
        ("travel_changes", tuple(chain), criteria),
        gate=gate,
        count=lambda: statement.count({**gate.values, **criteria.values}),
    )


def change_rows_by_sheets(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, list[Row]]:
    """The latest ``HISTORY_LENGTH`` changes of sheets by translation key, newest first. One statement."""
    statement = prepared(
        ("change_rows_by_sheets", tuple(chain), gate.shape),
        lambda: (
            change_queryset_shown(gate=gate.shape, chain=chain)
            .filter(any_of("page__translation_key", "keys", KEY))
            .annotate(
                place=Window(
                    RowNumber(),
                    partition_by=F("page__translation_key"),
                    order_by=[F("published_at").desc(), F("pk").desc()],
                )
            )
            .filter(place__lte=HISTORY_LENGTH)
            .order_by("page__translation_key", "place")
            .values(*CHANGE_FIELDS, sheet_key=F("page__translation_key"))
        ),
    )
    found: dict[Key, list[Row]] = {}
    for row in statement.rows({**gate.values, "keys": keys}):
        found.setdefault(row["sheet_key"], []).append(row)
    return found


def change_moments(*, source_ids: Collection[int]) -> dict[int, datetime]:
    """When readers were last told of something new, by the id of the page of the source language. One statement.

    Of pages that passed the gate before.
    """
    statement = prepared(
        "change_moments",
        lambda: (
            TravelAdviceChange.objects.filter(any_of("page_id", "ids", ID), is_minor=False)
            .order_by()
            .values("page_id")
            .annotate(latest=Max("published_at"))
            .values("page_id", "latest")
        ),
    )
    return {row["page_id"]: row["latest"] for row in statement.rows({"ids": source_ids})}


def change_notes_by_sheets(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, tuple[str, str]]:
    """What was said of the latest change of sheets, by translation key: language and note. One statement.

    In the first language of the chain that says something of that change: yesterday's note is no word on today's level.
    A review that changed nothing is no change. No entry where nobody has said anything.
    """
    statement = prepared(
        ("change_notes_by_sheets", tuple(chain), gate.shape), lambda: _notes_of_latest(gate.shape, chain)
    )
    found: dict[Key, tuple[str, str]] = {}
    ranks = {code: rank for rank, code in enumerate(chain)}
    for row in statement.rows({**gate.values, "keys": keys}):
        told = found.get(row["sheet_key"])
        # What is said last in a language comes first, and stays.
        if told is None or ranks[row["locale_code"]] < ranks[told[0]]:
            found[row["sheet_key"]] = (row["locale_code"], row["note"])
    return found


def _notes_of_latest(gate: Conditions, chain: Sequence[str]) -> QuerySet[Any]:
    of_source = TravelAdviceChange.objects.filter(locale_code=locale_source(), page_id=OuterRef("pk"))
    latest = of_source.exclude(is_minor=True, note="").order_by("-published_at", "-pk").values("pk")[:1]
    sources = TravelAdvicePage.objects.filter(any_of("translation_key", "keys", KEY), locale_code=locale_source())
    return (
        _visible(gate)
        .filter(any_of("page__translation_key", "keys", KEY), locale_code__in=chain)
        .exclude(note="")
        .annotate(told=Coalesce("source_change_id", "pk"))
        .filter(told__in=sources.order_by().values(latest=Subquery(latest)))
        .order_by("-published_at", "-pk")
        .values("note", "locale_code", sheet_key=F("page__translation_key"))
    )


def change_is_of_revision(*, page_id: int, revision_id: int | None) -> bool:
    """Whether a revision was published: its note was told. One statement."""
    return (
        revision_id is not None and TravelAdviceChange.objects.filter(page_id=page_id, of_revision=revision_id).exists()
    )
