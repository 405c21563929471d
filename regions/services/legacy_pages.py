"""Rules that continents and news share when an old page is imported into existing pages."""

import hashlib
import json

from wagtail.models import Locale, Page, Revision

from regions.models import ImportRecord


class LegacyImportError(Exception):
    """The import was refused and nothing was written; the message names the reason and the cure."""


def digest_of(facts: object) -> str:
    """64 hexadecimal digits for JSON-serialisable ``facts``."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def page_edited_reason(*, page: Page, record: ImportRecord | None) -> str:
    """Why a page is an editor's work that no import may touch; empty when it is not.

    A page without a record was not imported before. Whoever imports a page for it means to replace its text, which
    stays in its history; but a draft that waits for publication is work that somebody has not finished.
    """
    if record is not None:
        if page.latest_revision_id != record.revision_id:
            return "an editor changed the page since the last import"
    elif page.has_unpublished_changes and page.latest_revision_id and page.latest_revision.user_id:
        return "a draft of an editor waits on the page"
    if page.first_published_at is not None and not page.live:
        return "an editor unpublished the page"
    return ""


def page_busy_reason(*, page: Page) -> str:
    """Why a page that the import would change cannot be changed now; empty when it can."""
    if page.alias_of_id is not None:
        return "the page is an alias: make it a page of its own first"
    if page.locked:
        return "the page is locked"
    if page.workflow_in_progress:
        return "the page is in moderation"
    return ""


def import_record_save(
    *,
    record: ImportRecord | None,
    locale: Locale,
    kind: str,
    source_key: str,
    page: Page,
    revision: Revision | None,
    digest: str,
    news_count: int | None = None,
) -> ImportRecord:
    """Remember that ``revision`` is what the import made of the piece ``source_key``.

    ``news_count`` is the length of the list of news, for a continent.
    """
    record = record or ImportRecord(locale=locale, kind=kind, source_key=source_key)
    record.source_key = source_key
    record.page_id = page.pk
    record.revision = revision
    record.digest = digest
    record.news_count = news_count
    record.save()
    return record
