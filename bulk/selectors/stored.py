"""The pages that a table speaks of, as they are stored, with their rows. A few statements for hundreds of lines."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import Translation

from bulk.columns.column import RecordType, RowsColumn
from home.models import RecordPage
from relations.models import AgreementLink

_CHUNK = 500
Version = tuple[Any, ...]
_VERSION = ("latest_revision_id", "has_unpublished_changes", "live", "locked", "latest_revision_created_at")


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, so many at a time as one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]


@dataclass
class Stored:
    """Pages by language and key; the child rows of each page by relation; what else keeps a page from being written."""

    pages: dict[tuple[str, str], RecordPage] = field(default_factory=dict)
    rows: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    under_review: set[int] = field(default_factory=set)
    scheduled: set[int] = field(default_factory=set)
    """Pages of which a version goes live by itself later."""
    translated: set[tuple[str, str]] = field(default_factory=set)
    """Languages and keys of the source into which a translation goes on in the translation editor."""

    def rows_of(self, page: RecordPage, relation: str) -> list[Any]:
        """The stored child rows of a page, in their order; none for one that is not saved."""
        return self.rows.get(page.pk, {}).get(relation, [])


def stored_load(record_type: RecordType, *, keys: Collection[str], languages: Collection[str]) -> Stored:
    """The source pages with these keys, and their pages in ``languages``."""
    model, source = record_type.model, settings.DIWAN_SOURCE_LOCALE
    stored = Stored()
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    key_of: dict[Any, str] = {}
    manager = model._default_manager
    for some in chunks(keys):
        for page in manager.filter(locale_code=source, record_key__in=some):
            key_of[page.translation_key] = page.record_key
            _keep(stored, page, page.record_key, locales)
    others = [code for code in languages if code != source]
    if others and key_of:
        for some in chunks(key_of):
            for page in manager.filter(translation_key__in=some, locale_code__in=others):
                _keep(stored, page, key_of[page.translation_key], locales)
            records = Translation.objects.filter(
                source__object_id__in=some, target_locale__language_code__in=others, enabled=True
            )
            for key, code in records.values_list("source__object_id", "target_locale__language_code"):
                stored.translated.add((code, key_of[key]))
    ids = [page.pk for page in stored.pages.values()]
    _rows_load(stored, record_type, ids)
    content_type = ContentType.objects.get_for_model(Page)
    for some in chunks(ids):
        states = WorkflowState.objects.active().filter(base_content_type=content_type, object_id__in=map(str, some))
        stored.under_review.update(int(value) for value in states.values_list("object_id", flat=True))
        due = Revision.objects.filter(
            base_content_type=content_type, object_id__in=map(str, some), approved_go_live_at__isnull=False
        )
        stored.scheduled.update(int(value) for value in due.values_list("object_id", flat=True))
    return stored


def _keep(stored: Stored, page: RecordPage, key: str, locales: dict[int, Locale]) -> None:
    page.locale = locales[page.locale_id]
    page.record_key = key
    stored.pages[page.locale_code, key] = page
    stored.rows[page.pk] = defaultdict(list)


def _rows_load(stored: Stored, record_type: RecordType, ids: list[int]) -> None:
    for column in record_type.columns:
        if not isinstance(column, RowsColumn):
            continue
        for some in chunks(ids):
            manager: Any = column.model._default_manager
            for row in manager.filter(page_id__in=some).order_by("page_id", "sort_order", "pk"):
                stored.rows[row.page_id][column.relation].append(row)


def versions(model: type[RecordPage], ids: Iterable[int]) -> dict[int, Version]:
    """What tells whether somebody has written a page since: compare with ``version_of`` what was read."""
    found: dict[int, Version] = {}
    for some in chunks(ids):
        for pk, *values in model._default_manager.filter(pk__in=some).values_list("pk", *_VERSION):
            found[pk] = tuple(values)
    return found


def version_of(page: RecordPage) -> Version:
    """That of a page in memory that nobody has changed yet."""
    return tuple(getattr(page, name) for name in _VERSION)


def keys_taken(model: type[RecordPage], keys: Iterable[str]) -> set[str]:
    """Which of these keys records have by now. What translations repeat does not count."""
    found: set[str] = set()
    for some in chunks(keys):
        rows = model._default_manager.filter(locale_code=settings.DIWAN_SOURCE_LOCALE, record_key__in=some)
        found.update(rows.values_list("record_key", flat=True))
    return found


def translations_taken(model: type[RecordPage], ties: Iterable[Any]) -> set[tuple[str, Any]]:
    """Which translations there are by now, as language and translation key."""
    found: set[tuple[str, Any]] = set()
    for some in chunks(ties):
        rows = model._default_manager.filter(translation_key__in=some)
        found.update(rows.values_list("locale_code", "translation_key"))
    return found


def agreement_links() -> list[tuple[int, str, int]]:
    """Every relation between instruments: which one, what it does, to which one."""
    return list(AgreementLink.objects.values_list("page_id", "kind", "agreement_id"))


def slugs_below(parent: Page) -> set[str]:
    """The slugs of the pages right below one."""
    below = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    return set(below.values_list("slug", flat=True))


def export_pages(record_type: RecordType) -> Iterator[tuple[dict[str, RecordPage], Stored]]:
    """Every record by language, some hundred at a time, in the order of the keys; drafts of live pages do not count."""
    source = settings.DIWAN_SOURCE_LOCALE
    keys = record_type.model._default_manager.filter(locale_code=source, alias_of=None).order_by("record_key", "pk")
    languages = list(dict(settings.LANGUAGES))
    for some in chunks(keys.values_list("record_key", flat=True)):
        stored = stored_load(record_type, keys=some, languages=languages)
        for key in some:
            yield (
                {code: page for code in languages if (page := stored.pages.get((code, key))) is not None},
                stored,
            )
