"""The texts of translations, as files take them out."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, get_edit_url
from wagtail_localize.views.edit_translation import TabHelper, get_segment_location_info

from home.localize.rights import target_can_edit
from home.selectors.locales import locale_direction
from translations.checks.terms import terms_in
from translations.exchange.inline import inline_encode
from translations.exchange.units import Document, Segment, State
from translations.selectors.checks import term_list, text_limit

# Notes on one text beyond those of its field.
NoteFinder = Callable[[str], list[str]]
_ADDRESSES = ("href", "src")


def record_list(
    *, locale: Locale, pages: Iterable[int] | None = None, statuses: Iterable[str] | None = None
) -> QuerySet[Translation]:
    """The translations into ``locale`` that are under way, of all content or of some source ``pages``, in page order.

    ``statuses`` are values of ``TranslationState.Status``; a translation that was never counted has none.
    """
    records = Translation.objects.filter(enabled=True, target_locale=locale)
    if pages is not None:
        keys = Page.objects.filter(pk__in=list(pages)).values("translation_key")
        records = records.filter(source__object_id__in=keys)
    if statuses is not None:
        records = records.filter(state__status__in=list(statuses))
    return records.select_related("source__object", "source__locale", "target_locale").order_by("pk")


def record_get(*, uuid: str) -> Translation | None:
    """The translation that a file names; None for what is no id of one."""
    try:
        wanted = UUID(uuid)
    except ValueError:
        return None
    return (
        Translation.objects.select_related("source__object", "source__locale", "target_locale")
        .filter(uuid=wanted)
        .first()
    )


def record_is_readable(*, user: Any, record: Translation) -> bool:
    """May ``user`` take the texts of this translation out? Whoever may edit its page or snippet, locked or not."""
    target = target_get(record=record)
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_edit())
    return target is not None and target_can_edit(user=user, target=target)


def target_get(*, record: Translation) -> Any:
    """The page or snippet that a translation is written to; None when it was deleted."""
    try:
        return record.get_target_instance()
    except ObjectDoesNotExist:
        return None


def edit_url_get(*, target: Any) -> str:
    """Where a page or snippet is edited; empty where it has no such place."""
    url: str | None = get_edit_url(target)
    return url or ""


def segment_rows(*, record: Translation) -> Iterator[tuple[StringSegment, StringTranslation | None]]:
    """Each text of a translation once, in page order, with what is stored of it: two statements."""
    segments = StringSegment.objects.filter(source_id=record.source_id).select_related("string", "context")
    stored = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale_id=record.target_locale_id, context__object_id=record.source.object_id
        )
    }
    seen = set()
    for segment in segments.order_by("order", "pk"):
        key = (segment.string_id, segment.context_id)
        if key not in seen:
            seen.add(key)
            yield segment, stored.get(key)


def glossary_note_finder(*, record: Translation) -> NoteFinder:
    """A function that names the glossary's terms in a text, for all translations between the same two languages."""
    terms = term_list(source=record.source.locale_id, target=record.target_locale_id)
    language = record.source.locale.language_code

    def find(html: str) -> list[str]:
        text = "".join(part.value for part in inline_encode(html).parts if part.kind == "text") if terms else ""
        notes = []
        for term in terms_in(text, terms, language):
            notes.append(f"{term.source} = {term.target}")
            notes += [f"{term.source} ≠ {wrong}" for wrong in term.forbidden]
        return notes

    return find


def document_get(*, record: Translation, note_finder: NoteFinder | None = None) -> Document | None:
    """All texts of a translation with their context; None when its page or its source was deleted."""
    target = target_get(record=record)
    try:
        source = record.source.get_source_instance()
    except ObjectDoesNotExist:
        return None
    if target is None:
        return None
    state = _State(record, target)
    describe = _describer(source)
    segments = []
    for row, stored in segment_rows(record=record):
        label, notes = describe(row)
        links = _links(row)
        notes += [f"<{name}>: {address}" for name, address in links.items()]
        segments.append(
            Segment(
                path=row.context.path,
                source=row.string.data,
                target=stored.data if stored else "",
                state=state.of(stored),
                in_review=bool(stored) and state.in_review,
                label=label,
                notes=(*notes, *(note_finder(row.string.data) if note_finder else ())),
                links=tuple((f'<a id="{name}">', f'<a href="{address}">') for name, address in links.items()),
                max_length=text_limit(record.source, row.context.path),
            )
        )
    code = record.target_locale.language_code
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return Document(
        record=str(record.uuid),
        translation_key=str(record.source.object_id),
        title=record.source.object_repr,
        path=_path(source),
        source_language=record.source.locale.language_code,
        target_language=code,
        source_direction=locale_direction(record.source.locale.language_code),
        target_direction=locale_direction(code),
        exported_at=timezone.now(),
        segments=tuple(segments),
        preview_url=base + reverse("wagtail_localize:preview_translation", args=[record.pk])
        if isinstance(target, Page)
        else "",
        edit_url=base + edit_url_get(target=target),
    )


class _State:
    """How far the texts of one translation are: what stands before readers, under review, or only in the desk."""

    def __init__(self, record: Translation, target: Any) -> None:
        self.in_review = isinstance(target, Page) and bool(target.specific_deferred.workflow_in_progress)
        self.published_at: datetime | None = None
        if isinstance(target, DraftStateMixin):
            self.published_at = target.last_published_at if target.live else None
        else:
            log = TranslationLog.objects.filter(source_id=record.source_id, locale_id=record.target_locale_id)
            self.published_at = log.order_by("-created_at").values_list("created_at", flat=True).first()

    def of(self, stored: StringTranslation | None) -> State:
        if stored is None or not stored.data:
            return State.INITIAL
        is_live = self.published_at is not None and stored.updated_at <= self.published_at
        return State.FINAL if is_live and not stored.has_error and not self.in_review else State.TRANSLATED


def _path(source: Any) -> str:
    """The public path of a page; for a snippet, its kind and its key."""
    if isinstance(source, Page):
        parts = source.get_url_parts()
        return (parts[2] if parts else None) or source.url_path
    return f"/{source._meta.label_lower}/{source.pk}/"


def _links(row: StringSegment) -> dict[str, str]:
    """Where each numbered link of a text leads."""
    try:
        attributes = json.loads(row.attrs or "{}") or {}
    except ValueError:
        return {}
    found = {}
    for name, values in attributes.items():
        address = next((values[key] for key in _ADDRESSES if values.get(key)), None)
        if address is None and values.get("linktype"):
            address = f"{values['linktype']} {values.get('id', '')}".strip()
        if address:
            found[name] = str(address)
    return found


def place_describer(source: Any) -> Callable[[str, str], tuple[str, str]]:
    """A function that tells a text's field as the editor of ``source`` names it, and the help that stands beside it.

    It takes the path of the text and that of its field, as wagtail-localize writes them. Where the editor has no name
    for it the path is its name.
    """
    helper = TabHelper(source)

    @cache
    def place(path: str, field_path: str) -> tuple[str, str]:
        try:
            info = get_segment_location_info(source, helper, path, field_path)
        except Exception:  # noqa: BLE001 - a description is worth no failure, and field types of all kinds stand there
            return path, ""
        label = " – ".join(str(part) for part in (info["field"], info["subField"]) if part)
        return label or path, str(info["fieldHelpText"] or "")

    return place


def _describer(source: Any) -> Callable[[StringSegment], tuple[str, list[str]]]:
    place = place_describer(source)

    def describe(row: StringSegment) -> tuple[str, list[str]]:
        label, help_text = place(row.context.path, row.context.field_path or row.context.path)
        return label, [help_text] if help_text else []

    return describe
