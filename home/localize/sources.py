"""The frozen text of what is translated: made, brought up to date, and cut into segments in a few statements.

wagtail-localize writes each segment, its text and its place one by one, some ten statements for each. Here all of a
page's segments are compared with those stored, and the difference is written.
"""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields, model_from_serializable_data
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail_localize.models import (
    BaseSegment,
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

Segment = TypeVar("Segment", bound=BaseSegment)
Row = TypeVar("Row", bound=models.Model)


def object_lock(*, instance: TranslatableMixin) -> TranslatableObject:
    """The row that stands for ``instance`` in all languages, locked: of two who start one translation, one waits."""
    found, _created = TranslatableObject.objects.get_or_create_from_instance(instance)
    return TranslatableObject.objects.select_for_update().get(pk=found.pk)


def version_to_translate(*, instance: Any) -> Any:
    """What readers see of ``instance``; of what they do not see yet, its latest draft."""
    if isinstance(instance, DraftStateMixin) and not instance.live and instance.latest_revision_id:
        return instance.get_latest_revision_as_object()
    return instance


@dataclass(frozen=True)
class FrozenText:
    """A source, the instance that its frozen content makes, and whether it was made just now."""

    source: TranslationSource
    original: Any
    created: bool


@transaction.atomic
def source_get_or_create(*, instance: Any) -> FrozenText:
    """The frozen text of ``instance``, which must be specific, up to date."""
    version = version_to_translate(instance=instance)
    item = object_lock(instance=instance)
    source = TranslationSource.objects.filter(object=item, locale_id=instance.locale_id).first()
    created = source is None
    if source is None:
        source = TranslationSource(
            object=item,
            locale=instance.locale,
            specific_content_type=ContentType.objects.get_for_model(type(instance)),
        )
    else:
        # Known already, and asked for again and again.
        source.object, source.locale = item, instance.locale
        source.specific_content_type = ContentType.objects.get_for_id(source.specific_content_type_id)
    content = _content(version)
    original = _original(version, content)
    if created or json.loads(content) != json.loads(source.content_json):
        _write(source, version, content, original)
    return FrozenText(source, original, created)


@transaction.atomic
def source_refresh(*, source: TranslationSource) -> None:
    """As ``TranslationSource.update_from_db``: bring ``source`` up to date. Raise ObjectDoesNotExist without a page."""
    instance = source.get_source_instance()
    object_lock(instance=instance)
    version = version_to_translate(instance=instance)
    content = _content(version)
    _write(source, version, content, _original(version, content))


def _content(version: Any) -> str:
    if isinstance(version, ClusterableModel):
        content: str = version.to_json()
        return content
    return json.dumps(get_serializable_data_for_fields(version), cls=DjangoJSONEncoder)


def _original(version: Any, content: str) -> Any:
    """As ``TranslationSource.as_instance``: read back from ``content``, where each block has an id that stays."""
    if isinstance(version, Page):
        page = version.with_content_json(json.loads(content))
        page.locale = version.locale
        return page
    if isinstance(version, ClusterableModel):
        original = type(version).from_json(content)
    else:
        original = model_from_serializable_data(type(version), json.loads(content))
    original.pk, original.locale, original.translation_key = version.pk, version.locale, version.translation_key
    return original


def _write(source: TranslationSource, version: Any, content: str, original: Any) -> None:
    source.content_json = content
    source.schema_version = get_schema_version(version._meta.app_label)
    source.object_repr = str(version)[:200]
    source.last_updated_at = timezone.now()
    source.save()
    segments_store(source=source, instance=original)


@transaction.atomic
def segments_store(*, source: TranslationSource, instance: Any) -> None:
    """Make the stored segments of ``source`` those of ``instance``. What stays the same keeps its row."""
    found = list(extract_segments(instance))
    contexts = _contexts_store(source, instance, {segment.path for segment in found})
    texts = [segment for segment in found if isinstance(segment, StringSegmentValue)]
    templates = [segment for segment in found if isinstance(segment, TemplateSegmentValue)]
    related = [segment for segment in found if isinstance(segment, RelatedObjectSegmentValue)]
    shared = [segment for segment in found if isinstance(segment, OverridableSegmentValue)]

    strings = _strings_store(source.locale_id, {segment.string.data for segment in texts})
    _rows_store(
        StringSegment,
        source,
        [
            {
                "context_id": contexts[segment.path],
                "order": segment.order,
                "string_id": strings[segment.string.data],
                "attrs": json.dumps(segment.attrs, cls=DjangoJSONEncoder),
            }
            for segment in texts
        ],
    )
    frames = _templates_store(templates)
    _rows_store(
        TemplateSegment,
        source,
        [
            {
                "context_id": contexts[segment.path],
                "order": segment.order,
                "template_id": frames[_template_key(segment)],
            }
            for segment in templates
        ],
    )
    _objects_store(related)
    _rows_store(
        RelatedObjectSegment,
        source,
        [
            {
                "context_id": contexts[segment.path],
                "order": segment.order,
                "object_id": UUID(str(segment.translation_key)),
            }
            for segment in related
        ],
    )
    _rows_store(
        OverridableSegment,
        source,
        [
            {
                "context_id": contexts[segment.path],
                "order": segment.order,
                "data_json": json.dumps(segment.data, cls=DjangoJSONEncoder),
            }
            for segment in shared
        ],
    )


def _rows_store(model: type[Segment], source: TranslationSource, wanted: Sequence[dict[str, Any]]) -> None:
    """Keep the row of each segment that says the same in the same place, wherever it stands now: editors are open."""
    stored: dict[tuple[Any, ...], deque[Segment]] = defaultdict(deque)
    names = sorted({name for row in wanted for name in row} - {"order"})
    for segment in model._default_manager.filter(source=source).order_by("order", "pk"):
        stored[tuple(getattr(segment, name) for name in names)].append(segment)
    new, moved = [], []
    for row in wanted:
        same = stored[tuple(row[name] for name in names)]
        if not same:
            new.append(model(source=source, **row))
            continue
        segment = same.popleft()
        if segment.order != row["order"]:
            segment.order = row["order"]
            moved.append(segment)
    gone = [segment.pk for rest in stored.values() for segment in rest]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    if moved:
        model._default_manager.bulk_update(moved, ["order"])
    if new:
        model._default_manager.bulk_create(new)


def _known_or_created(
    *,
    rows: models.QuerySet[Row],
    key_of: Callable[[Row], UUID],
    wanted: Collection[UUID],
    make: Callable[[UUID], Row],
) -> dict[UUID, Row]:
    """The rows with the keys ``wanted``, made where they are missing; what another process makes meanwhile counts."""
    known = {key_of(row): row for row in rows.all()}
    missing = [key for key in wanted if key not in known]
    if missing:
        rows.model._default_manager.bulk_create([make(key) for key in missing], ignore_conflicts=True)
        known = {key_of(row): row for row in rows.all()}
    return known


def _contexts_store(source: TranslationSource, instance: Any, paths: set[str]) -> dict[str, int]:
    ids = {TranslationContext._get_path_id(path): path for path in paths}

    def make(path_id: UUID) -> TranslationContext:
        context = TranslationContext(object_id=source.object_id, path=ids[path_id], path_id=path_id)
        # It saves what it finds; this row is saved with the others.
        context.save = lambda *args, **kwargs: None
        context.get_field_path(instance)
        del context.save
        return context

    stored = _known_or_created(
        rows=TranslationContext.objects.filter(object_id=source.object_id, path_id__in=ids),
        key_of=lambda context: context.path_id,
        wanted=ids,
        make=make,
    )
    for context in stored.values():
        if not context.field_path:
            context.get_field_path(instance)
    return {context.path: context.pk for context in stored.values()}


def _strings_store(locale_id: int, texts: set[str]) -> dict[str, int]:
    hashes = {String._get_data_hash(text): text for text in texts}
    stored = _known_or_created(
        rows=String.objects.filter(locale_id=locale_id, data_hash__in=hashes),
        key_of=lambda string: string.data_hash,
        wanted=hashes,
        make=lambda key: String(locale_id=locale_id, data_hash=key, data=hashes[key]),
    )
    return {hashes[key]: string.pk for key, string in stored.items()}


def _template_key(segment: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, segment.format), segment.template)


def _templates_store(segments: list[TemplateSegmentValue]) -> dict[UUID, int]:
    by_key = {_template_key(segment): segment for segment in segments}
    if not by_key:
        return {}
    stored = _known_or_created(
        rows=Template.objects.filter(uuid__in=by_key),
        key_of=lambda template: template.uuid,
        wanted=by_key,
        make=lambda key: Template(
            uuid=key,
            template=by_key[key].template,
            template_format=by_key[key].format,
            string_count=by_key[key].string_count,
        ),
    )
    return {key: template.pk for key, template in stored.items()}


def _objects_store(segments: list[RelatedObjectSegmentValue]) -> None:
    by_key = {UUID(str(segment.translation_key)): segment for segment in segments}
    if by_key:
        _known_or_created(
            rows=TranslatableObject.objects.filter(pk__in=by_key),
            key_of=lambda item: item.pk,
            wanted=by_key,
            make=lambda key: TranslatableObject(translation_key=key, content_type=by_key[key].content_type),
        )
