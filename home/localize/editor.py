"""Opens the translation editor with what it shows read beforehand.

wagtail-localize asks for each segment's text and place, and for each translation's author, one by one: some five
statements a segment. Its view reads them through the managers of the translation's source, so those are handed over
with the rows known already; the view itself is wagtail-localize's.
"""

from collections import defaultdict
from typing import Any

from django.db import models
from django.db.models import Subquery
from django.http import HttpResponse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    OverridableSegmentQuerySet,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    StringSegmentQuerySet,
    Translation,
    TranslationSource,
)
from wagtail_localize.views import edit_translation as plain


class _Known:
    """The answer to a question for one segment's id, in place of a queryset that would ask for it."""

    def __init__(self, id_: int | None) -> None:
        self.id = id_

    def values_list(self, *fields: str, flat: bool = False) -> "_Known":
        return self

    def first(self) -> int | None:
        return self.id


class _KnownOverridables:
    """As above, for the segments of shared values, which are asked for by place."""

    def __init__(self, segments: dict[int, OverridableSegment]) -> None:
        self.segments = segments

    def get(self, *, context_id: int) -> OverridableSegment:
        if context_id not in self.segments:
            raise OverridableSegment.DoesNotExist
        return self.segments[context_id]


class _InOrder(models.QuerySet[Any]):
    """Rows in the order of the page, read once however often they are asked for in that order."""

    def order_by(self, *field_names: Any) -> Any:
        return self if field_names == ("order",) else super().order_by(*field_names)


class EditorStringSegments(_InOrder, StringSegmentQuerySet):
    """Segments with their text and place, and translations with their author."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        if args or set(kwargs) != {"context__path"}:
            return super().get(*args, **kwargs)
        for segment in self:
            if segment.context.path == kwargs["context__path"]:
                return segment
        raise StringSegment.DoesNotExist

    def get_translations(self, locale: Any) -> Any:
        related = ("translation_of", "context", "last_translated_by__wagtail_userprofile")
        return super().get_translations(locale).select_related(*related)

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        if args or set(kwargs) != {"string_id", "context_id"}:
            return super().filter(*args, **kwargs)
        if "_ids" not in self.__dict__:
            self._ids: dict[tuple[int, int], int] = {}
            for segment in self:
                self._ids.setdefault((segment.string_id, segment.context_id), segment.pk)
        return _Known(self._ids.get((kwargs["string_id"], kwargs["context_id"])))


class EditorOverridableSegments(_InOrder, OverridableSegmentQuerySet):
    """Segments of shared values with their place."""

    def get_overrides(self, locale: Any) -> Any:
        if not len(self):
            return SegmentOverride.objects.none()
        return super().get_overrides(locale).select_related("context")

    def only(self, *fields: str) -> Any:
        if fields != ("id",):
            return super().only(*fields)
        if "_by_context" not in self.__dict__:
            self._by_context = {segment.context_id: segment for segment in reversed(self)}
        return _KnownOverridables(self._by_context)


def _source_prepare(source: TranslationSource, target_locale: Locale) -> None:
    strings = EditorStringSegments(StringSegment).filter(source=source).select_related("string", "context")
    shared = EditorOverridableSegments(OverridableSegment).filter(source=source).select_related("context")
    related = _InOrder(RelatedObjectSegment).filter(source=source).select_related("context", "object__content_type")
    # Where Django looks for the rows of a relation that were read beforehand: querysets, for the view filters them.
    source._prefetched_objects_cache = {
        "stringsegment_set": strings.order_by("order", "pk"),
        "overridablesegment_set": shared.order_by("order", "pk"),
        "relatedobjectsegment_set": related.order_by("order", "pk"),
    }
    _related_read(source._prefetched_objects_cache["relatedobjectsegment_set"], source, target_locale)


def _related_read(segments: Any, source: TranslationSource, target_locale: Locale) -> None:
    """What the segments refer to in both languages: one statement for each model, not two for each segment."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for segment in segments:
        segment.source = source
        keys[segment.object.content_type].add(segment.object_id)
    known = {}
    for content_type, wanted in keys.items():
        rows = content_type.get_all_objects_for_this_type(
            translation_key__in=wanted, locale_id__in=(source.locale_id, target_locale.pk)
        )
        known.update({(row.translation_key, row.locale_id): row for row in rows})
    for segment in segments:
        key = segment.object_id
        segment.object.get_instance_or_none = lambda locale, key=key: known.get((key, locale.pk))


def record_under_way(*, page_id: int) -> Translation | None:
    """The translation that the page with this id is the target of, in one statement."""
    page = Page.objects.filter(pk=page_id)
    return (
        Translation.objects.filter(
            source__object_id=Subquery(page.values("translation_key")[:1]),
            target_locale_id=Subquery(page.values("locale_id")[:1]),
            enabled=True,
        )
        .select_related(
            "source__locale", "source__specific_content_type", "source__object", "target_locale", "schedule"
        )
        .first()
    )


def editor_open(*, request: Any, record: Translation, instance: Any) -> HttpResponse:
    """wagtail-localize's page to translate ``instance``."""
    source = record.source
    _source_prepare(source, record.target_locale)
    # Asked for by the view, and by its template for the name alone.
    original = source.get_source_instance()
    original.locale = source.locale
    source.get_source_instance = source.as_instance = lambda: original
    source.page_at_hand = original if isinstance(original, Page) else None
    instance.locale = record.target_locale
    response: HttpResponse = plain.edit_translation(request, record, instance)
    return response
