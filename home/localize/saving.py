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

from home.localize.places import place_get
from home.localize.prefill import translation_prefill
from home.localize.progress import IncompleteTranslationError, remaining_get
from home.localize.values import references_localise, text_blank, values_synchronise


def translation_save(
    *,
    source: TranslationSource,
    locale: Locale,
    user: AbstractBaseUser | None,
    publish: bool,
    copy_parent_pages: bool,
    fallback: bool,
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
    """
    original = source.as_instance()
    is_draftable = isinstance(original, DraftStateMixin)
    if not publish and not is_draftable:
        raise CannotSaveDraftError

    revision: Revision | None = None
    remaining = remaining_get(source=source, locale=locale)
    try:
        with transaction.atomic():
            target, created = _target_get_or_create(source, original, locale, copy_parent_pages)
            is_first = not TranslationLog.objects.filter(source=source, locale=locale).exists()
            if isinstance(target, Page) and target.alias_of_id:
                _alias_release(target, user)
            elif is_first and not created:
                translation_prefill(source=source, locale=locale, target=target, user=user)
                remaining = remaining_get(source=source, locale=locale)
            is_complete = not remaining
            segments = source._get_segments_for_translation(locale, fallback=fallback)
            if is_draftable:
                revision = _draft_save(
                    source=source,
                    original=original,
                    target=target,
                    segments=segments,
                    user=user,
                    clean=publish and is_complete,
                )
            else:
                revision = _snippet_save(
                    source=source, original=original, target=target, segments=segments, user=user, complete=is_complete
                )
            TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    except ValidationError as error:
        _errors_store(source=source, locale=locale, error=error)
        raise

    if publish and not is_complete:
        raise IncompleteTranslationError(remaining)
    if publish and is_draftable and revision:
        # Read anew: the revision at hand keeps the tree position that the page had before this transaction.
        Revision.objects.get(pk=revision.pk).publish(user=user)
        target = source.get_translated_instance(locale)
    return target, created


def _target_get_or_create(
    source: TranslationSource, original: Any, locale: Locale, copy_parents: bool
) -> tuple[models.Model, bool]:
    try:
        return source.get_translated_instance(locale), False
    except models.ObjectDoesNotExist:
        pass
    if isinstance(original, Page):
        if copy_parents:
            for ancestor in place_get(page=original, locale=locale).missing:
                _page_copy(ancestor.specific, locale)
        return _page_copy(source.as_instance(), locale), True
    target = original.copy_for_translation(locale)
    text_blank(instance=target)
    references_localise(instance=target, locale=locale)
    if isinstance(target, DraftStateMixin):
        target.live = False
    target.save()
    return target, True


def _page_copy(page: Any, locale: Locale) -> Page:
    """Copy ``page`` into ``locale`` as a draft, below its parent's page there."""
    # Its references are checked as soon as the copy is made, so they are those of its language before. A page that is
    # not live would be copied from its latest draft, not from the text that is being translated.
    page.live = True
    references_localise(instance=page, locale=locale)
    return page.copy_for_translation(locale)


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
    clean: bool,
) -> Revision:
    if target.live and not target.latest_revision_id:
        # Pages made in bulk have no history: what readers see now must be found again after the first publication.
        target.save_revision(user=user, changed=False, clean=False)
    draft = target.get_latest_revision_as_object()
    values_synchronise(source=source, original=original, target=draft)
    ingest_segments(original, draft, source.locale, draft.locale, segments)
    if not target.live:
        draft.save(**({"clean": False} if isinstance(draft, Page) else {}))
    revision = draft.save_revision(user=user, clean=clean)
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
