"""What stands on the desk of one locale: every source page with its translation, if there is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from home.selectors.admin_search import pages_found
from regions.selectors.places import places_lacking_text
from translations.models import TranslationState

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


def desk_pages(*, locale: Locale) -> QuerySet[Page]:
    """The source pages of the desk, the latest published first.

    Those that everybody may read, and those whose translation has begun. Annotated with ``desk_translation``, the id of
    the translation under way or None, ``desk_status`` and ``desk_words_left``.
    """
    source = Locale.objects.get(language_code=settings.DIWAN_SOURCE_LOCALE)
    records = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        source__locale_id=OuterRef("locale_id"),
        target_locale=locale,
        enabled=True,
    )
    standing = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True, alias_of=None)
    return (
        Page.objects.filter(locale=source, alias_of=None, depth__gt=1)
        .exclude(locale=locale)
        .annotate(
            desk_translation=Subquery(records.values("pk")[:1]),
            desk_status=Case(
                When(
                    desk_translation__isnull=False,
                    then=Coalesce(Subquery(records.values("state__status")[:1]), Value(TranslationState.Status.NEW)),
                ),
                When(Exists(standing) & ~places_lacking_text(source=source, locale=locale), then=Value(SEPARATE)),
                default=Value(UNSUBMITTED),
            ),
            desk_words_left=Subquery(records.values("state__words_left")[:1], output_field=IntegerField()),
        )
        .filter(Q(desk_translation__isnull=False) | Q(pk__in=Page.objects.live().public().values("pk")))
        .order_by(F("last_published_at").desc(nulls_last=True), "-pk")
    )


def desk_search(*, pages: QuerySet[Page], text: str, locale: Locale) -> QuerySet[Page]:
    """Those of ``pages`` that the search of the admin finds, or finds the translation of."""
    if not text.strip():
        return pages
    found = pages_found(text)
    of_translations = found.filter(locale=locale).values("translation_key")
    return pages.filter(Q(pk__in=found.values("pk")) | Q(translation_key__in=of_translations))


def desk_counts(*, pages: QuerySet[Page]) -> list[DeskCount]:
    """How many of ``pages``, as :func:`desk_pages` gives them, have each status; one statement."""
    rows = pages.order_by().values("desk_status").annotate(pages=Count("pk"), words=Sum("desk_words_left"))
    found = {row["desk_status"]: row for row in rows}
    return [
        DeskCount(status, found[status]["pages"], found[status]["words"])
        if status in found
        else DeskCount(status, 0, 0)
        for status, _label in STATUSES
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
