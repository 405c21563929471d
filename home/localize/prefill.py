"""Keep what a page says in its own language when a translation of it starts."""

from collections import defaultdict

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from wagtail.models import DraftStateMixin, Locale
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links


class _OwnText:
    """The texts of one version of a page: path to strings, and path to the HTML frame of a rich text."""

    def __init__(self, instance: models.Model) -> None:
        self.strings: dict[str, list[str]] = defaultdict(list)
        self.frames: dict[str, str] = {}
        for segment in extract_segments(instance):
            if isinstance(segment, StringSegmentValue):
                self.strings[segment.path].append(segment.string.data)
            elif isinstance(segment, TemplateSegmentValue):
                self.frames[segment.path] = segment.template


def _is_usable(*, source_text: str, text: str) -> bool:
    """May ``text`` stand as a translation of ``source_text``, with the same links?"""
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source_text, text)
    except ValueError:
        return False
    return True


def translation_prefill(
    *,
    source: TranslationSource,
    locale: Locale,
    target: models.Model,
    user: AbstractBaseUser | None = None,
    overwrite: bool = False,
) -> int:
    """Store what ``target`` already says in ``locale`` as translations of ``source``; return how many were stored.

    A text is taken where both stand at the same path with the same HTML frame: titles, names, chapeaux, and blocks
    that come from the source. The draft comes before the live version. In a draft, a text equal to the source's is
    the untranslated source; in a live version it is the page's own (Cuba is Cuba in Spanish too). Translations that
    exist stay, unless ``overwrite`` says that what was edited by hand since is newer.
    """
    versions: list[tuple[_OwnText, bool]] = []
    if isinstance(target, DraftStateMixin):
        if target.latest_revision_id:
            versions.append((_OwnText(target.get_latest_revision_as_object()), False))
        versions.append((_OwnText(target), target.live))
    else:
        versions.append((_OwnText(target), True))

    segments = defaultdict(list)
    for segment in source.stringsegment_set.select_related("string", "context").order_by("order"):
        segments[segment.context.path].append(segment)
    frames = {
        segment.context.path: segment.template.template
        for segment in source.templatesegment_set.select_related("template", "context")
    }

    stored = 0
    for path, wanted in segments.items():
        for own, is_trusted in versions:
            texts = own.strings.get(path, [])
            if len(texts) != len(wanted) or own.frames.get(path) != frames.get(path):
                continue
            pairs = [
                (segment, text)
                for segment, text in zip(wanted, texts, strict=True)
                if (is_trusted or text != segment.string.data)
                and _is_usable(source_text=segment.string.data, text=text)
            ]
            if not pairs:
                continue
            for segment, text in pairs:
                stored += _store(
                    segment_ids=(segment.string_id, segment.context_id),
                    locale=locale,
                    text=text,
                    user=user,
                    overwrite=overwrite,
                )
            break
    return stored


def _store(
    *, segment_ids: tuple[int, int], locale: Locale, text: str, user: AbstractBaseUser | None, overwrite: bool
) -> bool:
    string_id, context_id = segment_ids
    translation, created = StringTranslation.objects.get_or_create(
        translation_of_id=string_id,
        context_id=context_id,
        locale=locale,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "last_translated_by": user,
        },
    )
    if not created and overwrite and translation.data != text:
        translation.data = text
        translation.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        translation.tool_name = ""
        translation.last_translated_by = user
        translation.has_error = False
        translation.field_error = ""
        translation.save()
        return True
    return created
