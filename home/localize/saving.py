"""Write a translation to its page or snippet without ever putting untranslated text before readers."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Locale, Page, PageLogEntry, Revision, RevisionMixin
from wagtail_localize.models import (
    CannotSaveDraftError,
    SegmentOverride,
    StringTranslation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments.ingest import ingest_segments

from home.localize.copies import page_add, parent_get
from home.localize.places import Place, place_get
from home.localize.prefill import translation_prefill
from home.localize.progress import IncompleteTranslationError, remaining_get
from home.localize.schedule import schedule_adopt, schedule_get, schedule_write
from home.localize.values import references_localise, text_blank, values_synchronise


def translation_save(
    *,
    source: TranslationSource,
    locale: Locale,
    user: AbstractBaseUser | None,
    publish: bool,
    copy_parent_pages: bool,
    fallback: bool,
    original: Any = None,
    place: Place | None = None,
) -> tuple[models.Model, bool]:
    """Create or update the translation of ``source`` in ``locale``; return it and whether it was created.

    Stands in for ``TranslationSource.create_or_update_translation`` and keeps its arguments, its result and its
    errors (SourceDeletedError, CannotSaveDraftError, MissingTranslationError, MissingRelatedObjectError,
    ValidationError). What differs:

    * The row of a live page is not written before the translation is published: drafts are revisions.
    * An incomplete translation is not published. It is saved as a draft, then IncompleteTranslationError is raised.
    * What the page already says in its own language becomes its first translations.
    * An alias stops showing the text of another language as its own.
    * A snippet without drafts is written only with a complete translation; a new one starts with empty texts.

    ``original`` and ``place`` are what ``source.as_instance`` and ``place_get`` give, for a caller that has them.
    """
    original = original or source.as_instance()
    is_draftable = isinstance(original, DraftStateMixin)
    if not publish and not is_draftable:
        raise CannotSaveDraftError

    revision: Revision | None = None
    # A draft may be incomplete, and most are: then nobody counts.
    counts = publish or not is_draftable
    remaining = remaining_get(source=source, locale=locale) if counts else None
    try:
        with transaction.atomic():
            target = None if place and place.target is None else _target_get_or_none(source, locale)
            created = target is None
            if target is None and isinstance(original, Page):
                segments = source._get_segments_for_translation(locale, fallback=fallback)
                place = place or place_get(page=original, locale=locale)
                parent = parent_get(place=place, locale=locale, make=copy_parent_pages)
                target = page_add(page=original, parent=parent, locale=locale, segments=segments, user=user)
                revision = target.latest_revision
                source.sync_view_restrictions(original, target)
            else:
                if target is None:
                    target = _snippet_add(original, locale)
                elif isinstance(target, Page) and target.alias_of_id:
                    _alias_release(target, user)
                elif not TranslationLog.objects.filter(source=source, locale=locale).exists():
                    translation_prefill(source=source, locale=locale, target=target, user=user)
                    record = source.translations.filter(target_locale=locale).first()
                    if record and isinstance(target, Page):
                        schedule_adopt(record=record, target=target)
                    remaining = remaining_get(source=source, locale=locale) if counts else None
                segments = source._get_segments_for_translation(locale, fallback=fallback)
                write = _draft_save if is_draftable else _snippet_save
                revision = write(
                    source=source,
                    original=original,
                    target=target,
                    segments=segments,
                    user=user,
                    complete=publish and not remaining if is_draftable else not remaining,
                )
            TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    except ValidationError as error:
        _errors_store(source=source, locale=locale, error=error)
        raise

    if publish and remaining:
        raise IncompleteTranslationError(remaining)
    if publish and is_draftable and revision:
        # Read anew: the revision at hand keeps the tree position that the page had before this transaction.
        Revision.objects.get(pk=revision.pk).publish(user=user)
        target = source.get_translated_instance(locale)
    return target, created


def _target_get_or_none(source: TranslationSource, locale: Locale) -> Any:
    try:
        return source.get_translated_instance(locale)
    except models.ObjectDoesNotExist:
        return None


def _snippet_add(original: Any, locale: Locale) -> Any:
    target = original.copy_for_translation(locale)
    text_blank(instance=target)
    references_localise(instance=target, locale=locale)
    if isinstance(target, DraftStateMixin):
        target.live = False
    target.save()
    return target


def _alias_release(target: Page, user: AbstractBaseUser | None) -> None:
    """Make an alias a page of its own that shows no text of another language.

    A page type that knows the page's name in every language keeps the page live under that name, with empty texts,
    so that what lies below stays reachable. Any other page is unpublished until its translation is complete: until
    then its readers are served along the fallback chain.
    """
    own_title = target.get_own_title() if hasattr(target, "get_own_title") else ""
    target.alias_of_id = None
    if own_title:
        text_blank(instance=target)
        target.title = target.draft_title = own_title
    references_localise(instance=target, locale=target.locale)
    target.save(clean=False)
    revision = target.save_revision(user=user, changed=False, clean=False)
    if not own_title and target.live:
        target.unpublish(user=user)
    PageLogEntry.objects.log_action(
        instance=target,
        revision=revision,
        action="wagtail.convert_alias",
        user=user,
        data={"page": {"id": target.pk, "title": target.get_admin_display_title()}},
    )


def _draft_save(
    *,
    source: TranslationSource,
    original: models.Model,
    target: Any,
    segments: list[Any],
    user: AbstractBaseUser | None,
    complete: bool,
) -> Revision:
    if target.live and not target.latest_revision_id:
        # Pages made in bulk have no history: what readers see now must be found again after the first publication.
        target.save_revision(user=user, changed=False, clean=False)
    draft = target.get_latest_revision_as_object()
    values_synchronise(source=source, original=original, target=draft)
    ingest_segments(original, draft, source.locale, draft.locale, segments)
    schedule = schedule_get(page=draft) if isinstance(draft, Page) else None
    if schedule:
        schedule_write(version=draft, schedule=schedule)
    if not target.live:
        draft.save(**({"clean": False} if isinstance(draft, Page) else {}))
    revision = draft.save_revision(user=user, clean=complete)
    if isinstance(draft, Page):
        source.sync_view_restrictions(original, draft)
    return revision


def _snippet_save(
    *,
    source: TranslationSource,
    original: models.Model,
    target: Any,
    segments: list[Any],
    user: AbstractBaseUser | None,
    complete: bool,
) -> Revision | None:
    if not complete:
        return None
    values_synchronise(source=source, original=original, target=target)
    ingest_segments(original, target, source.locale, target.locale, segments)
    target.full_clean()
    target.save()
    return target.save_revision(user=user) if isinstance(target, RevisionMixin) else None


def _errors_store(*, source: TranslationSource, locale: Locale, error: ValidationError) -> None:
    """Note each field's error on its translation or override, where the translation editor shows it."""
    for field_name, errors in getattr(error, "error_dict", {}).items():
        context = TranslationContext.objects.filter(object=source.object, path=field_name).first()
        if context is None:
            continue
        strings = source.stringsegment_set.filter(context=context).values("string_id")
        for translation in StringTranslation.objects.filter(
            translation_of_id__in=strings, context=context, locale=locale
        ):
            translation.set_field_error(errors)
        for override in SegmentOverride.objects.filter(context=context, locale=locale):
            override.set_field_error(errors)
