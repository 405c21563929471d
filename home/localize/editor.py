"""Opens the translation editor with what it shows read beforehand.

wagtail-localize asks for each segment's text and place, and for each translation's author, one by one: some five
statements a segment. Its view reads them through the managers of the translation's source, so those are handed over
with the rows known already; the view itself is wagtail-localize's.
"""

from typing import Any

from django.db.models import Subquery
from django.http import HttpResponse
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    OverridableSegmentQuerySet,
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


class EditorStringSegments(StringSegmentQuerySet):
    """Segments with their text and place, and translations with their author."""

    def get_translations(self, locale: Any) -> Any:
        related = ("translation_of", "context", "last_translated_by__wagtail_userprofile")
        return super().get_translations(locale).select_related(*related)

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        if args or set(kwargs) != {"string_id", "context_id"}:
            return super().filter(*args, **kwargs)
        if "_ids" not in self.__dict__:
            self._ids: dict[tuple[int, int], int] = {}
            for segment in self.order_by("pk"):
                self._ids.setdefault((segment.string_id, segment.context_id), segment.pk)
        return _Known(self._ids.get((kwargs["string_id"], kwargs["context_id"])))


class EditorOverridableSegments(OverridableSegmentQuerySet):
    """Segments of shared values with their place."""

    def get_overrides(self, locale: Any) -> Any:
        return super().get_overrides(locale).select_related("context")

    def only(self, *fields: str) -> Any:
        if fields != ("id",):
            return super().only(*fields)
        if "_by_context" not in self.__dict__:
            self._by_context = {segment.context_id: segment for segment in self.order_by("-pk")}
        return _KnownOverridables(self._by_context)


def _source_prepare(source: TranslationSource) -> None:
    strings = EditorStringSegments(StringSegment).filter(source=source).select_related("string", "context")
    shared = EditorOverridableSegments(OverridableSegment).filter(source=source).select_related("context")
    related = source.relatedobjectsegment_set.select_related("context", "object__content_type")
    # Where Django looks for the rows of a relation that were read beforehand. None of these has been read yet: the
    # view sorts and filters them, which a queryset does and a list would not.
    source._prefetched_objects_cache = {
        "stringsegment_set": strings,
        "overridablesegment_set": shared,
        "relatedobjectsegment_set": related,
    }


def record_under_way(*, page_id: int) -> Translation | None:
    """The translation that the page with this id is the target of, in one statement."""
    page = Page.objects.filter(pk=page_id)
    return (
        Translation.objects.filter(
            source__object_id=Subquery(page.values("translation_key")[:1]),
            target_locale_id=Subquery(page.values("locale_id")[:1]),
            enabled=True,
        )
        .select_related("source__locale", "source__specific_content_type", "source__object", "target_locale")
        .first()
    )


def editor_open(*, request: Any, record: Translation, instance: Any) -> HttpResponse:
    """wagtail-localize's page to translate ``instance``."""
    source = record.source
    _source_prepare(source)
    # Asked for by the view, and by its template for the name alone.
    original = source.get_source_instance()
    original.locale = source.locale
    source.get_source_instance = source.as_instance = lambda: original
    instance.locale = record.target_locale
    response: HttpResponse = plain.edit_translation(request, record, instance)
    return response
