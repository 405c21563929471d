"""Bring the values that are shared between languages from a source to its translation."""

from typing import Any

from django.db import models
from wagtail.coreutils import find_available_slug
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import copy_synchronised_fields, get_translatable_fields
from wagtail_localize.models import StringTranslation, TranslationSource

_TEXT_FIELDS = (RichTextField, models.TextField, models.CharField)


def _text_field_list(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of ``model`` that hold text of one language."""
    fields = [item.get_field(model) for item in get_translatable_fields(model) if item.is_translated(None)]
    return [field for field in fields if isinstance(field, (*_TEXT_FIELDS, StreamField))]


def _own_values(*, source: TranslationSource, original: TranslatableMixin, target: TranslatableMixin) -> dict[str, Any]:
    """The texts that ``target`` has where the source is empty and that never came from a translation of it."""
    own = {}
    for field in _text_field_list(type(target)):
        value = field.value_from_object(target)
        if field.value_from_object(original) or not value:
            continue
        translated = StringTranslation.objects.filter(context__object_id=source.object_id, locale=target.locale)
        if isinstance(field, StreamField):
            came_from_source = translated.filter(context__path__startswith=f"{field.name}.").exists()
        else:
            came_from_source = value in set(translated.filter(context__path=field.name).values_list("data", flat=True))
        if not came_from_source:
            own[field.attname] = value
    return own


def values_synchronise(*, source: TranslationSource, original: TranslatableMixin, target: TranslatableMixin) -> None:
    """Copy the synchronised fields of ``original`` to ``target`` in memory.

    wagtail-localize also empties each text that is empty in the source. That is right for a text that was a
    translation, and wrong for a page's own name or text, which it would delete: such a text stays. The slug follows
    the source's where that is free, except for a home page, whose slug is its language.
    """
    own = _own_values(source=source, original=original, target=target)
    slug = getattr(target, "slug", None)
    copy_synchronised_fields(original, target)
    for name, value in own.items():
        setattr(target, name, value)
    if isinstance(target, Page) and slug:
        taken = Page.objects.sibling_of(target).exclude(pk=target.pk).filter(slug=target.slug).exists()
        if target.depth == 2 or taken:
            target.slug = find_available_slug(target.get_parent(), slug, ignore_page_id=target.pk)


def text_blank(*, instance: TranslatableMixin) -> None:
    """Empty every text of ``instance`` in memory, required ones too."""
    for field in _text_field_list(type(instance)):
        setattr(instance, field.attname, field.stream_block.empty_value() if isinstance(field, StreamField) else "")


def references_localise(*, instance: TranslatableMixin, locale: Locale) -> None:
    """Point each translatable foreign key of ``instance`` to its counterpart in ``locale``.

    Where there is none, an optional one is emptied and a required one left as it is.
    """
    for item in get_translatable_fields(type(instance)):
        field = item.get_field(type(instance))
        related = getattr(instance, field.name) if isinstance(field, models.ForeignKey) else None
        if not item.is_translated(instance) or related is None or related.locale_id == locale.pk:
            continue
        counterpart = (
            type(related)._default_manager.filter(translation_key=related.translation_key, locale=locale).first()
        )
        if counterpart or field.null:
            setattr(instance, field.name, counterpart)
