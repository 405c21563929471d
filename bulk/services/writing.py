"""Write what an import has planned, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import Translation

from bulk.columns.column import RecordType
from bulk.selectors.stored import Version, chunks, keys_taken, translations_taken
from bulk.selectors.stored import versions as versions_now
from bulk.services.instruments import LINKS, Instruments
from bulk.services.planning import Plan, PlannedPage
from home.localize.prefill import translation_prefill
from home.localize.sources import source_refresh
from home.services.bulk import page_bulk_create
from home.services.bulk_publish import PageContent, page_bulk_publish
from home.services.record_keys import record_keys_release
from missions.models import MissionPage
from missions.services.post_access import post_access_follow_all


class MeanwhileError(Exception):
    """What somebody has written since the table was compared does not go together with a line of it."""

    def __init__(self, line: int, column: str = "", message: str = "") -> None:
        super().__init__(message or _("Somebody has changed this entry in the meantime: import the table again."))
        self.line, self.column = line, column


@transaction.atomic
def plan_write(
    record_type: RecordType,
    *,
    plan: Plan,
    versions: Mapping[int, Version],
    instruments: Instruments,
    user: Any,
    follow: Callable[[int, int], None] | None = None,
) -> None:
    """Write the pages of a plan, and nothing where any of them is not as it was read. Raise MeanwhileError.

    ``follow`` is told how many pages of how many are written.
    """
    if not plan.all():
        return
    indexes = {index.locale_code: index for index in record_type.index._default_manager.all()}
    # Of two imports at once the second waits here, on either database, and then sees what the first one wrote.
    Page.objects.filter(pk__in=[index.pk for index in indexes.values()]).update(numchild=F("numchild"))
    _meanwhile_check(record_type, plan, versions)
    # Links of others make a circle with ours without a change of any entry of the plan.
    for planned, message in instruments.faults(plan):
        raise MeanwhileError(planned.line, LINKS, message)
    instruments.name(plan)
    written = _Counter(len(plan.all()), follow)
    for some in chunks({each.key for each in plan.new}):
        record_keys_release(model=record_type.model, keys=some)
    if plan.new:
        page_bulk_create(
            children=[(indexes[each.page.locale_code], each.page) for each in plan.new],
            rows=[each.rows for each in plan.new],
            follow=written,
        )
        _creation_log(plan.new, user)
        if record_type.model is MissionPage:
            post_access_follow_all()
    if plan.changed:
        page_bulk_publish(
            contents=[PageContent(each.page, each.rows) for each in plan.changed],
            user=user,
            keep_children=True,
            follow=written,
        )
    _translations_follow(plan, user)


class _Counter:
    """Adds up the pages that are written, and passes their number on."""

    def __init__(self, total: int, follow: Callable[[int, int], None] | None) -> None:
        self._done, self._total, self._follow = 0, total, follow

    def __call__(self, more: int) -> None:
        self._done += more
        if self._follow is not None:
            self._follow(self._done, self._total)


def _meanwhile_check(record_type: RecordType, plan: Plan, read: Mapping[int, Version]) -> None:
    now = versions_now(record_type.model, [each.page.pk for each in plan.changed])
    for each in plan.changed:
        if now.get(each.page.pk) != read[each.page.pk]:
            raise MeanwhileError(each.line)
    taken = keys_taken(record_type.model, {each.key for each in plan.new if each.page.is_source})
    ties = {each.page.translation_key for each in plan.new if not each.page.is_source}
    translated = translations_taken(record_type.model, ties)
    for each in plan.new:
        page = each.page
        if each.key in taken if page.is_source else (page.locale.language_code, page.translation_key) in translated:
            raise MeanwhileError(each.line)


def _creation_log(new: Sequence[PlannedPage], user: Any) -> None:
    """The history says who made the pages."""
    now = timezone.now()
    content_type = ContentType.objects.get_for_model(type(new[0].page))
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                content_type=content_type,
                label=each.page.title,
                action="wagtail.create",
                timestamp=now,
                user=user,
                page_id=each.page.pk,
                content_changed=True,
            )
            for each in new
        ]
    )


def _translations_follow(plan: Plan, user: Any) -> None:
    """Have the translation editor hold the imported texts too, where a translation goes on: else it would undo them."""
    pages = {
        (each.page.translation_key, each.page.locale_id): each.page for each in plan.all() if not each.page.is_source
    }
    refreshed: set[int] = set()
    for some in chunks({key for key, _locale in pages}):
        records = Translation.objects.filter(source__object_id__in=some, enabled=True)
        for record in records.select_related("source", "target_locale"):
            page = pages.get((record.source.object_id, record.target_locale_id))
            if page is None:
                continue
            if record.source_id not in refreshed:
                source_refresh(source=record.source)
                refreshed.add(record.source_id)
            translation_prefill(
                source=record.source, locale=record.target_locale, target=page, user=user, overwrite=True
            )
