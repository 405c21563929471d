"""When a translated page goes live and when it ends: within the time in which its source is public.

wagtail-localize copies the dates of a source when it makes the page of a translation, and never again: a translation
would go live on the former date of a source that was put off, and end on one that was taken away. Here the dates are
those of the source as it is, narrowed by what the language's editors have set, at each save and each publication.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import ensure_utc
from wagtail_localize.models import Translation

from home.localize.places import records_into
from home.localize.sources import version_to_translate
from home.models.translation_schedule import TranslationSchedule


@dataclass(frozen=True)
class Schedule:
    """``go_live_at`` is None where nothing but a publication is waited for.

    ``waits``: the source is not before readers and nobody knows when it will be.
    """

    go_live_at: datetime | None
    expire_at: datetime | None
    waits: bool = False

    @property
    def is_later(self) -> bool:
        """Would a publication now not put the page before readers?"""
        return self.waits or bool(self.go_live_at and self.go_live_at > timezone.now())


def schedule_get(*, page: Page) -> Schedule | None:
    """What holds for ``page``; None when it is not the target of a translation that goes on."""
    record = records_into(target=page).filter(enabled=True).select_related("source", "schedule").first()
    return schedule_of_record(record=record) if record else None


def schedule_of_record(*, record: Translation) -> Schedule:
    """As :func:`schedule_get`, where the translation is known."""
    return _narrowed(source_schedule_get(record=record), record)


def _narrowed(bounds: Schedule, record: Translation) -> Schedule:
    """The dates of a source, narrowed by those that were set for one translation of it."""
    own: TranslationSchedule | None = getattr(record, "schedule", None)
    if own is None:
        return bounds
    return Schedule(
        go_live_at=max(filter(None, (own.go_live_at, bounds.go_live_at)), default=None),
        expire_at=min(filter(None, (own.expire_at, bounds.expire_at)), default=None),
        waits=bounds.waits,
    )


def source_schedule_get(*, record: Translation) -> Schedule:
    """The dates of the page that ``record`` translates. One that was deleted sets none."""
    text = record.source
    # The translation editor has read the page already.
    page: Page | None = getattr(text, "page_at_hand", None)
    page = page or Page.objects.filter(translation_key=text.object_id, locale_id=text.locale_id).first()
    if page is None:
        return Schedule(None, None)
    if page.live:
        return Schedule(None, page.expire_at)
    version = version_to_translate(instance=page.specific_deferred)
    if version.go_live_at and version.go_live_at > timezone.now():
        return Schedule(version.go_live_at, version.expire_at)
    # What was unpublished by hand was public: its translations are their editors' affair.
    return Schedule(None, version.expire_at, waits=page.first_published_at is None or page.expired)


def schedule_write(*, version: Any, schedule: Schedule) -> None:
    """Give a page in memory its dates."""
    version.go_live_at, version.expire_at = schedule.go_live_at, schedule.expire_at


def schedule_write_revision(*, revision: Revision, schedule: Schedule) -> bool:
    """Give a stored version of a page its dates; return whether it had others."""
    dates = {name: getattr(schedule, name) for name in ("go_live_at", "expire_at")}
    version = revision.as_object()
    if all(getattr(version, name) == value for name, value in dates.items()):
        return False
    for name, value in dates.items():
        revision.content[name] = ensure_utc(value) if value else None
    revision.save(update_fields=["content"])
    return True


def revision_hold(*, revision: Revision) -> None:
    """Have ``revision`` published as soon as its source is public: it is due, and is refused until then."""
    page = revision.content_object
    page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    if revision.approved_go_live_at is None:
        revision.approved_go_live_at = timezone.now()
        revision.save(update_fields=["approved_go_live_at"])


def schedule_adopt(*, record: Translation, target: Page) -> None:
    """Keep the dates that a page had before its translation began, as those that its editors set."""
    now = timezone.now()
    start = target.go_live_at if target.go_live_at and target.go_live_at > now else None
    if start or target.expire_at:
        TranslationSchedule.objects.get_or_create(
            translation=record, defaults={"go_live_at": start, "expire_at": target.expire_at}
        )


def schedule_follow(*, source: Page) -> list[Page]:
    """Bring new dates of ``source`` to its translations that are live or approved; return those that changed.

    The others get theirs when they are published.
    """
    records = _records_by_locale(source)
    if not records:
        return []
    bounds = source_schedule_get(record=next(iter(records.values())))
    scheduled = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id=Cast(OuterRef("pk"), CharField())
    )
    targets = Page.objects.filter(translation_key=source.translation_key, locale_id__in=records).annotate(
        is_scheduled=Exists(scheduled)
    )
    changed = []
    for target in targets.filter(Q(live=True) | Q(is_scheduled=True)):
        schedule = _narrowed(bounds, records[target.locale_id])
        if (target.is_scheduled or target.expire_at != schedule.expire_at) and _follow(target.specific, schedule):
            changed.append(target)
    return changed


def schedule_withdraw(*, source: Page) -> list[Page]:
    """Have nobody wait for ``source`` any more, which is about to be deleted; return the pages that did.

    What was approved to go live with a page that never was public would go live without it, at once. It becomes a
    draft, which the language's editors may publish.
    """
    records = _records_by_locale(source)
    if not records or not source_schedule_get(record=next(iter(records.values()))).is_later:
        return []
    withdrawn = []
    for target in Page.objects.filter(translation_key=source.translation_key, locale_id__in=records):
        revision = target.scheduled_revision
        if revision:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            withdrawn.append(target)
    return withdrawn


def _records_by_locale(source: Page) -> dict[int, Translation]:
    """The translations of ``source`` that go on, by the id of their locale."""
    records = Translation.objects.filter(
        source__object_id=source.translation_key, source__locale_id=source.locale_id, enabled=True
    )
    return {record.target_locale_id: record for record in records.select_related("source", "schedule")}


def record_follow(*, record: Translation) -> bool:
    """As :func:`schedule_follow`, for one translation whose own dates were set; return whether its page changed."""
    target = record.get_target_instance()
    return isinstance(target, Page) and _follow(target, schedule_of_record(record=record))


def _follow(target: Any, schedule: Schedule) -> bool:
    changed = False
    revision = target.scheduled_revision
    if revision:
        changed = schedule_write_revision(revision=revision, schedule=schedule)
        due = schedule.go_live_at or timezone.now()
        if revision.approved_go_live_at > due or (schedule.go_live_at and revision.approved_go_live_at != due):
            revision.approved_go_live_at = due
            revision.save(update_fields=["approved_go_live_at"])
            changed = True
    if target.live and target.expire_at != schedule.expire_at:
        target.expire_at = schedule.expire_at
        target.save(clean=False, update_fields=["expire_at"])
        changed = True
    if changed and not target.live:
        schedule_write(version=target, schedule=schedule)
        target.save(clean=False, update_fields=["go_live_at", "expire_at"])
    return changed
