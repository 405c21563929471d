"""What stands on the desk of one locale: every source page with its translation, if there is one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from home.selectors.admin_search import pages_found
from home.selectors.prepared import compiled, joined
from regions.selectors.places import places_lacking_text
from translations.models import TranslationAssignment, TranslationState

# The statuses of a page that has no translation under way: nothing of its own for readers of the locale, or a page that
# was written there by itself. The others are those of TranslationState.
UNSUBMITTED = "unsubmitted"
SEPARATE = "separate"
STATUSES: list[tuple[str, Any]] = [
    (UNSUBMITTED, _("Not submitted")),
    *TranslationState.Status.choices,
    (SEPARATE, _("Written separately")),
]


@dataclass(frozen=True, slots=True)
class DeskCount:
    """How many translations have a status, and how many words they lack; None where nothing was counted."""

    status: str
    pages: int
    words_left: int | None


def _source() -> Locale:
    return Locale.objects.get(language_code=settings.DIWAN_SOURCE_LOCALE)


def _records(*, source: Locale, locale: Locale) -> QuerySet[Translation]:
    """The translations under way."""
    return Translation.objects.filter(source__locale=source, target_locale=locale, enabled=True)


def _standing(locale: Locale) -> QuerySet[Page]:
    """What readers of the locale find in their language."""
    return Page.objects.filter(locale=locale, live=True, alias_of=None)


def _sources(source: Locale) -> QuerySet[Page]:
    return Page.objects.filter(locale=source, alias_of=None, depth__gt=1)


def desk_pages(*, locale: Locale) -> QuerySet[Page]:
    """The source pages of the desk, the latest published first: the public ones, and those whose translation has begun.

    ``desk_pages_with`` narrows them by their states.
    """
    source = _source()
    return (
        _sources(source)
        .exclude(locale=locale)
        .filter(
            Q(translation_key__in=_records(source=source, locale=locale).values("source__object_id"))
            | Q(pk__in=Page.objects.live().public().values("pk"))
        )
        .order_by(F("last_published_at").desc(nulls_last=True), "-pk")
    )


def desk_pages_annotated(*, pages: QuerySet[Page], locale: Locale) -> QuerySet[Page]:
    """``pages`` with ``desk_translation``, the id of the translation under way or None, ``desk_status`` and
    ``desk_words_left``.

    Looked up row by row: for the rows that are shown, not for those that are passed over.
    """
    source = _source()
    record = _records(source=source, locale=locale).filter(source__object_id=OuterRef("translation_key"))
    standing = _standing(locale).filter(translation_key=OuterRef("translation_key"))
    return pages.annotate(
        desk_translation=Subquery(record.values("pk")[:1]),
        desk_status=Case(
            When(
                desk_translation__isnull=False,
                then=Coalesce(Subquery(record.values("state__status")[:1]), Value(TranslationState.Status.NEW)),
            ),
            When(Exists(standing) & ~places_lacking_text(source=source, locale=locale), then=Value(SEPARATE)),
            default=Value(UNSUBMITTED),
        ),
        desk_words_left=_words_left(record),
    )


def desk_words_left(*, locale: Locale) -> Subquery:
    """The words that the translation of a source page lacks; NULL where none is under way. Pages are sorted by it."""
    record = _records(source=_source(), locale=locale).filter(source__object_id=OuterRef("translation_key"))
    return _words_left(record)


def _words_left(record: QuerySet[Translation]) -> Subquery:
    return Subquery(record.values("state__words_left")[:1], output_field=IntegerField())


def desk_pages_with(
    *,
    pages: QuerySet[Page],
    locale: Locale,
    statuses: Collection[str] | None = None,
    **assignment: Any,
) -> QuerySet[Page]:
    """Those of ``pages`` that are in one of some statuses, and whose assignment meets conditions."""
    source = _source()
    records = _records(source=source, locale=locale)
    if assignment:
        assigned = TranslationAssignment.objects.filter(**assignment).values("translation")
        pages = pages.filter(translation_key__in=records.filter(pk__in=assigned).values("source__object_id"))
    if statuses is None:
        return pages
    of_records = Q(state__status__in=statuses)
    if TranslationState.Status.NEW in statuses:
        of_records |= Q(state=None)
    condition = Q(translation_key__in=records.filter(of_records).values("source__object_id"))
    under_way = Q(translation_key__in=records.values("source__object_id"))
    separate = Q(translation_key__in=_standing(locale).values("translation_key"))
    separate &= ~places_lacking_text(source=source, locale=locale)
    if SEPARATE in statuses:
        condition |= ~under_way & separate
    if UNSUBMITTED in statuses:
        condition |= ~under_way & ~separate
    return pages.filter(condition)


def desk_search(*, pages: QuerySet[Page], text: str, locale: Locale) -> QuerySet[Page]:
    """Those of ``pages`` that the search of the admin finds, or finds the translation of."""
    if not text.strip():
        return pages
    found = pages_found(text).filter(locale__in=[_source(), locale])
    return pages.filter(translation_key__in=found.values("translation_key"))


_COUNTS = """
    SELECT status, COUNT(*), SUM(words_left)
    FROM (
        SELECT record.words_left, CASE
            WHEN record.source_key IS NOT NULL THEN COALESCE(record.status, '{new}')
            WHEN standing.translation_key IS NOT NULL AND lacking.id IS NULL THEN '{separate}'
            ELSE '{unsubmitted}'
        END AS status
        FROM ({sources}) page
        LEFT JOIN ({records}) record ON record.source_key = page.translation_key
        LEFT JOIN ({standing}) standing ON standing.translation_key = page.translation_key
        LEFT JOIN ({lacking}) lacking ON lacking.id = page.id
        WHERE record.source_key IS NOT NULL OR page.id IN ({public})
    ) desk
    GROUP BY status
"""


def desk_counts(*, locale: Locale) -> list[DeskCount]:
    """How many of ``desk_pages`` have each status; one statement, which joins what they look up one by one."""
    source = _source()
    records = _records(source=source, locale=locale).order_by()
    parts = {
        "sources": _sources(source).order_by().values("id", "translation_key"),
        "records": records.values(
            source_key=F("source__object_id"), status=F("state__status"), words_left=F("state__words_left")
        ),
        "standing": _standing(locale).order_by().values("translation_key"),
        "lacking": _sources(source).filter(places_lacking_text(source=source, locale=locale)).order_by().values("id"),
        "public": Page.objects.live().public().filter(locale=source).order_by().values("id"),
    }
    statement = joined(
        _COUNTS.strip(),
        {name: compiled(part) for name, part in parts.items()},
        new=TranslationState.Status.NEW.value,
        separate=SEPARATE,
        unsubmitted=UNSUBMITTED,
    )
    found = {status: (int(number), words) for status, number, words in statement.tuples({})}
    return [
        DeskCount(status, number, None if words is None else int(words))
        for status, (number, words) in ((status, found.get(status, (0, None))) for status, _label in STATUSES)
    ]


def records_by_id(*, ids: Iterable[int | None]) -> dict[int, Translation]:
    """The translations of some rows, with their states, assignments and people; one statement."""
    wanted = [record for record in ids if record is not None]
    found = Translation.objects.filter(pk__in=wanted).select_related(
        "state", "assignment__assignee", "assignment__reviewer", "source", "target_locale"
    )
    return {record.pk: record for record in found}


def targets_by_key(*, keys: Iterable[Any], locale: Locale) -> dict[Any, Page]:
    """The pages of ``locale`` by their translation keys; one statement."""
    return {page.translation_key: page for page in Page.objects.filter(translation_key__in=list(keys), locale=locale)}
