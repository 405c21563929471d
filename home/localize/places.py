"""Where the translation of a page is, or would be put."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource


@dataclass(frozen=True)
class Place:
    """The place of a page's translation in one locale's tree.

    ``target`` is the page that stands there already, an alias or not. Where there is none, ``parent`` is the nearest
    page above the place that exists (the root where the locale has no home page), and ``missing`` the source's
    ancestors between the two that have no page in the locale, topmost first.
    """

    target: Page | None
    parent: Page | None
    missing: tuple[Page, ...] = ()


def place_get(*, page: Page, locale: Locale) -> Place:
    """Find where ``page`` stands, or would stand, in ``locale``, in at most three statements."""
    target = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    if target:
        return Place(target=target, parent=None)
    ancestors = list(page.get_ancestors())
    present = {
        other.translation_key: other
        for other in Page.objects.filter(
            translation_key__in=[ancestor.translation_key for ancestor in ancestors], locale=locale, depth__gt=1
        )
    }
    missing: list[Page] = []
    for ancestor in reversed(ancestors):
        if ancestor.is_root():
            return Place(target=None, parent=ancestor, missing=tuple(reversed(missing)))
        if ancestor.translation_key in present:
            parent = present[ancestor.translation_key]
            return Place(target=None, parent=parent, missing=tuple(reversed(missing)))
        missing.append(ancestor)
    return Place(target=None, parent=None, missing=tuple(reversed(missing)))


def source_get(*, instance: TranslatableMixin) -> TranslatableMixin:
    """The instance that ``instance`` is translated from: its version in the source language, else itself.

    Text is written in the source language first, so its version is the source wherever it exists and is not itself
    an alias. An item that was written in another language only is its own source.
    """
    if instance.locale.language_code == settings.DIWAN_SOURCE_LOCALE and not getattr(instance, "alias_of_id", None):
        return instance
    others = type(instance)._default_manager.filter(translation_key=instance.translation_key)
    if isinstance(instance, Page):
        others = Page.objects.filter(translation_key=instance.translation_key, alias_of__isnull=True)
    source = others.filter(locale__language_code=settings.DIWAN_SOURCE_LOCALE).first()
    if source is None and getattr(instance, "alias_of_id", None):
        source = instance.alias_of
    return source or instance


def records_into(*, target: TranslatableMixin) -> QuerySet[Translation]:
    """The translations that ``target`` is written by, whether they go on or were stopped. One, as a rule."""
    return Translation.objects.filter(source__object_id=target.translation_key, target_locale_id=target.locale_id)


def source_exists(*, source: TranslationSource) -> bool:
    """Is what ``source`` holds the text of still there?"""
    model = source.specific_content_type.model_class()
    return model is not None and bool(
        model._default_manager.filter(translation_key=source.object_id, locale_id=source.locale_id).exists()
    )


def shows_another_language(*, page: Page) -> bool:
    """Is ``page`` an alias, directly or through other aliases, of a page that stands in another locale?"""
    original = page.alias_of
    while original is not None:
        if original.locale_id != page.locale_id:
            return True
        original = original.alias_of
    return False


def locale_list_untranslated(*, instance: TranslatableMixin) -> list[Locale]:
    """The locales into which no translation of ``instance`` is under way and from which none is made.

    A page that merely stands there (a country under its own name, an alias) does not close its locale: its text is
    still to be translated. Of two sources for one target, neither would know what the other wrote.
    """
    return list(Locale.objects.exclude(pk__in=locale_ids_taken(instance=instance)).order_by("pk"))


def locale_ids_taken(*, instance: TranslatableMixin) -> set[int]:
    """The locales that :func:`locale_list_untranslated` leaves out."""
    records = Translation.objects.filter(source__object_id=instance.translation_key, enabled=True)
    taken = {instance.locale_id}
    for target_id, source_id in records.values_list("target_locale_id", "source__locale_id"):
        taken |= {target_id, source_id}
    return taken
