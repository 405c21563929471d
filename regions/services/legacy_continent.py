"""The continent's page of an old page: its menu label, heading and text."""

import html
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from wagtail.models import Locale

from regions.legacy.names import TextLink
from regions.legacy.page import LegacyPage
from regions.legacy.report import Outcome, PartReport
from regions.models import ContinentPage, ImportRecord
from regions.selectors.legacy_import import continent_get, home_list, import_record_get
from regions.services.legacy_pages import digest_of, import_record_save, page_busy_reason, page_edited_reason
from regions.services.trees import continent_setup_all

_BLOCK_NAMESPACE = uuid.UUID("6f0c8f0e-6a55-5d0c-9a43-0d2c3f8f6f5b")


@dataclass(slots=True)
class ContinentPlan:
    """What is to happen to the continent's page; ``page`` is None while the locale has none."""

    locale: Locale
    code: str
    source: LegacyPage
    outcome: Outcome
    page: ContinentPage | None
    record: ImportRecord | None
    digest: str
    links: Sequence[Sequence[TextLink]] = ()
    reason: str = ""
    warning: str = ""

    @property
    def lost_paragraphs(self) -> int:
        """How many paragraphs fewer the page would have; a file without text leaves the page its own."""
        page = self.page
        if self.outcome is not Outcome.UPDATED or page is None or not self.source.paragraphs:
            return 0
        if self.record is None or self.record.page_id != page.pk:
            return 0
        stored: ContinentPage = page.get_latest_revision_as_object()
        return max(_paragraph_count(stored) - len(self.source.paragraphs), 0)

    @property
    def lost_news(self) -> int:
        """How many items the list of the former copy had, when the file has no list; else 0."""
        if self.source.news or self.record is None or self.page is None or self.record.page_id != self.page.pk:
            return 0
        return self.record.news_count or 0

    def report(self) -> PartReport:
        page = self.page
        return PartReport(self.outcome, page.pk if page else None, bool(page and page.live), self.reason)


def continent_import_plan(
    *,
    locale: Locale,
    code: str,
    source: LegacyPage,
    publish: bool,
    links: Sequence[Sequence[TextLink]] = (),
) -> ContinentPlan:
    """Decide, without writing, what the saved page ``source`` does to the page of continent ``code``.

    ``links`` are those of each paragraph.
    """
    page = continent_get(locale=locale, code=code)
    record = import_record_get(locale=locale, kind=ImportRecord.Kind.CONTINENT, source_key=code)
    targets = [[link.target for link in of] for of in links]
    # A page without links keeps the digest that it always had.
    linked = [targets] if any(targets) else []
    digest = digest_of([source.menu_label, source.heading, list(source.paragraphs), *linked])
    plan = ContinentPlan(locale, code, source, Outcome.CREATED, page, record, digest, links)
    if page is None:
        return plan
    if record is not None and record.page_id != page.pk:
        # The page that was imported is gone, and setup_site made a new, empty one.
        record = None
    if edited := page_edited_reason(page=page, record=record):
        plan.outcome, plan.reason = Outcome.KEPT, edited
        return plan
    if record is None or record.digest != digest:
        plan.outcome = Outcome.UPDATED
    elif publish and (not page.live or page.has_unpublished_changes):
        plan.outcome = Outcome.PUBLISHED
    else:
        plan.outcome = Outcome.UNCHANGED
        return plan
    if busy := page_busy_reason(page=page):
        plan.outcome, plan.reason = Outcome.KEPT, busy
    elif record is None and (page.body or page.heading or page.menu_label):
        plan.warning = "The page had a text that no import made: it is replaced, and stays in the page's history."
    return plan


def continent_import_apply(*, plan: ContinentPlan, publish: bool, page_ids: Mapping[str, int]) -> None:
    """Carry out ``plan`` and bring ``plan.page`` up to date. Call it inside a transaction.

    ``page_ids`` gives the pages that links lead to, by target.
    """
    if plan.page is None:
        continent_setup_all(homes=home_list(), codes=[plan.code])
        plan.page = continent_get(locale=plan.locale, code=plan.code)
    if plan.record is not None and plan.record.news_count != len(plan.source.news):
        # Also where the page itself stays as it is; the time of its last change is not touched.
        plan.record.news_count = len(plan.source.news)
        plan.record.save(update_fields=["news_count"])
    if plan.page is None or plan.outcome not in (Outcome.CREATED, Outcome.UPDATED, Outcome.PUBLISHED):
        return
    page: ContinentPage = plan.page.get_latest_revision_as_object()
    revision = page.latest_revision
    if plan.outcome is not Outcome.PUBLISHED:
        if revision is None and (page.body or page.heading or page.menu_label):
            # The first revision of a page that has none: its history must show what the import replaces.
            page.save_revision(clean=False, changed=False)
        _fill(page, plan, page_ids)
        page.full_clean()
        revision = page.save_revision(log_action=True, clean=False)
        import_record_save(
            record=plan.record,
            locale=plan.locale,
            kind=ImportRecord.Kind.CONTINENT,
            source_key=plan.code,
            page=page,
            revision=revision,
            digest=plan.digest,
            news_count=len(plan.source.news),
        )
    if publish:
        revision.publish()
    plan.page.refresh_from_db()


def _fill(page: ContinentPage, plan: ContinentPlan, page_ids: Mapping[str, int]) -> None:
    """Put the parts that the saved page has onto ``page``; a part that it lacks stays as it is."""
    source = plan.source
    if source.menu_label:
        page.menu_label = source.menu_label
    if source.heading:
        page.heading = source.heading
    if source.paragraphs:
        page.body = body_of(
            paragraphs=source.paragraphs,
            name=f"{plan.locale.language_code}:{plan.code}",
            links=plan.links,
            page_ids=page_ids,
        )


def _paragraph_count(page: ContinentPage) -> int:
    """The paragraphs in the text blocks of ``page``."""
    texts = [block["value"] for block in page.body.raw_data if block["type"] == "rich_text"]
    return sum(text.count("<p ") + text.count("<p>") for text in texts)


def body_of(
    *,
    paragraphs: Sequence[str],
    name: str,
    links: Sequence[Sequence[TextLink]] = (),
    page_ids: Mapping[str, int] | None = None,
) -> str:
    """Stream data as JSON: all ``paragraphs`` in one text block, which editors can divide as they like.

    Block id and paragraph keys depend on ``name`` and the position only, so translations find their segments again
    after a later import. ``links`` of each paragraph lead to the pages of ``page_ids``.
    """
    text = "".join(
        f'<p data-block-key="p{number:04d}">{_linked(paragraph, of, page_ids or {})}</p>'
        for number, (paragraph, of) in enumerate(zip(paragraphs, links or repeat(()), strict=False), start=1)
    )
    return json.dumps([{"type": "rich_text", "value": text, "id": str(uuid.uuid5(_BLOCK_NAMESPACE, name))}])


def _linked(paragraph: str, links: Sequence[TextLink], page_ids: Mapping[str, int]) -> str:
    parts, position = [], 0
    for link in links:
        if link.target in page_ids:
            parts.append(html.escape(paragraph[position : link.start], quote=False))
            words = html.escape(paragraph[link.start : link.end], quote=False)
            parts.append(f'<a linktype="page" id="{page_ids[link.target]}">{words}</a>')
            position = link.end
    return "".join([*parts, html.escape(paragraph[position:], quote=False)])
