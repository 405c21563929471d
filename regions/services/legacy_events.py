"""The events that an old page speaks of: linked to their records, and made where that is asked for."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale, Page

from regions.legacy.events import EventRule
from regions.legacy.names import NamedInText, event_target, events_of_title
from regions.legacy.report import EventReport, Outcome
from regions.models import ImportRecord, NewsPage
from regions.selectors.legacy_import import import_record_list_by_key, import_revision_ids
from regions.services.legacy_news import NewsPlan
from regions.services.legacy_pages import digest_of, import_record_save, page_busy_reason
from regions.services.legacy_registry import events_of_import, organisations_of_import


@dataclass(slots=True)
class EventPlan:
    """What is to happen to one event; ``page`` is None while it has no record. ``paragraphs`` count from 1."""

    rule: EventRule
    outcome: Outcome
    page: Page | None
    record: ImportRecord | None
    paragraphs: tuple[int, ...]
    news: list[NewsPlan] = field(default_factory=list)
    reason: str = ""
    digest: str = ""

    @property
    def has_page(self) -> bool:
        """Whether there is, or will be, a record that texts can link to."""
        return self.page is not None or self.outcome is Outcome.CREATED

    @property
    def target(self) -> str:
        return event_target(self.rule)

    def report(self) -> EventReport:
        page = self.page
        return EventReport(
            self.outcome,
            page.pk if page else None,
            bool(page and page.live),
            self.reason,
            key=self.rule.key,
            title=dict(self.rule.titles).get("fr", self.rule.key),
            paragraphs=self.paragraphs,
            news=tuple(plan.item.number for plan in self.news),
        )


def event_import_plan_all(
    *,
    locale: Locale,
    language: str,
    named: NamedInText,
    news: Sequence[NewsPlan],
    create: bool,
    publish: bool,
    recreate_deleted: bool,
) -> list[EventPlan]:
    """Decide, without writing, what becomes of each event that text or news speak of, in the order they first do."""
    of_news: dict[str, list[NewsPlan]] = {}
    rules: dict[str, EventRule] = {rule.key: rule for rule in named.events}
    for item in news:
        if item.outcome is Outcome.DUPLICATE:
            continue
        for rule in events_of_title(item.item.title, language=language, date=_day_of(item)):
            rules.setdefault(rule.key, rule)
            if item.page is not None or item.is_written:
                of_news.setdefault(rule.key, []).append(item)
    source = events_of_import()
    pages = source.find(rules=list(rules.values())) if source and rules else {}
    records = import_record_list_by_key(locale=locale, kind=ImportRecord.Kind.EVENT, source_keys=set(rules))
    own = import_revision_ids(page_ids=[page.pk for page in pages.values()], kind=ImportRecord.Kind.EVENT)
    plans = []
    for key, rule in rules.items():
        paragraphs = tuple(
            number
            for number, links in enumerate(named.links, start=1)
            if any(link.target == event_target(rule) for link in links)
        )
        plan = EventPlan(rule, Outcome.NO_RECORD, pages.get(key), records.get(key), paragraphs, of_news.get(key, []))
        plan.digest = digest_of(sorted(item.item.source_key for item in plan.news))
        _decide(plan, create=create, publish=publish, recreate_deleted=recreate_deleted, own_revisions=own)
        plans.append(plan)
    return plans


def _day_of(plan: NewsPlan) -> datetime.date | None:
    """The day that the file states: one given for a whole run says nothing of an item."""
    return plan.item.date


def _decide(plan: EventPlan, *, create: bool, publish: bool, recreate_deleted: bool, own_revisions: set[int]) -> None:
    page, record = plan.page, plan.record
    if page is None:
        if record is not None and not recreate_deleted:
            plan.outcome = Outcome.KEPT
            plan.reason = "an editor deleted the record; --recreate-deleted makes it again"
        elif create and events_of_import() is not None:
            plan.outcome = Outcome.CREATED
        return
    is_own = page.latest_revision_id in own_revisions
    wants_links = bool(_news_missing(plan)) and (record is None or record.digest != plan.digest)
    wants_publication = publish and is_own and (not page.live or page.has_unpublished_changes)
    plan.outcome = Outcome.UNCHANGED
    if not wants_links and not wants_publication:
        return
    plan.outcome = Outcome.UPDATED if wants_links else Outcome.PUBLISHED
    reason = page_busy_reason(page=page)
    if page.first_published_at is not None and not page.live:
        reason = "an editor unpublished the record"
    elif page.has_unpublished_changes and not is_own:
        reason = "a draft of an editor waits on the record"
    if reason:
        plan.outcome, plan.reason = Outcome.KEPT, reason


def _news_missing(plan: EventPlan) -> list[NewsPlan]:
    """The items that the record is not linked to yet, new ones included."""
    source = events_of_import()
    if source is None or plan.page is None:
        return list(plan.news)
    linked = source.news_ids(event=plan.page.specific.get_latest_revision_as_object())
    return [item for item in plan.news if item.page is None or item.page.pk not in linked]


def event_import_create_all(*, plans: Sequence[EventPlan]) -> dict[str, int]:
    """Make the records that are to be made. Return the pages that texts link to, by target. Inside a transaction."""
    source, keeper = events_of_import(), organisations_of_import()
    for plan in plans:
        if plan.outcome is Outcome.CREATED and source is not None:
            locale = Locale.get_default()
            organisations: Mapping[str, Page] = (
                keeper.find(codes=plan.rule.organisations, locale=locale) if keeper else {}
            )
            plan.page = source.create(rule=plan.rule, organisations=organisations)
    return {plan.target: plan.page.pk for plan in plans if plan.page is not None}


def event_import_link_all(*, plans: Sequence[EventPlan], locale: Locale, publish: bool) -> None:
    """Link the records to the news that were written, and publish them with ``publish``. Inside a transaction."""
    source = events_of_import()
    for plan in plans:
        if source is None or plan.page is None:
            continue
        if plan.outcome not in (Outcome.CREATED, Outcome.UPDATED, Outcome.PUBLISHED):
            continue
        event: Any = plan.page.specific.get_latest_revision_as_object()
        revision = event.latest_revision
        if plan.outcome is not Outcome.PUBLISHED:
            items = [item.page for item in plan.news if item.page is not None]
            source.link(event=event, news=NewsPage.objects.filter(pk__in=[item.pk for item in items]).order_by("pk"))
            event.full_clean()
            revision = event.save_revision(log_action=True, clean=False)
            import_record_save(
                record=plan.record,
                locale=locale,
                kind=ImportRecord.Kind.EVENT,
                source_key=plan.rule.key,
                page=event,
                revision=revision,
                digest=plan.digest,
            )
        if publish:
            revision.publish()
        plan.page.refresh_from_db()
