"""Start translations and bring corrections of a source to them."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from home.localize.places import locale_list_untranslated, place_get
from home.localize.prefill import translation_prefill
from home.localize.progress import IncompleteTranslationError, Remaining
from home.localize.rights import submit_is_permitted, target_is_held


def translation_submit(
    *, instance: models.Model, locale: Locale, user: AbstractBaseUser
) -> dict[TranslationSource, list[Translation]]:
    """Start the translation of ``instance`` into ``locale``; return the translations started, by their source.

    Ancestors that have no page in the locale are submitted first, as drafts: wagtail-localize would put live aliases
    there. Snippets that the page refers to are submitted with it where they have no counterpart and the user may;
    a counterpart that exists is left as it is. All or nothing, in one transaction. Raise PermissionDenied when the
    user has no right to the place, or when a translation into or out of the locale is under way.
    """
    started: dict[TranslationSource, list[Translation]] = {}
    with transaction.atomic():
        for each in [*_ancestors_missing(instance, locale), instance]:
            source, record = _submit_one(instance=each, locale=locale, user=user)
            started.setdefault(source, []).append(record)
    return started


def _ancestors_missing(instance: models.Model, locale: Locale) -> list[Page]:
    return list(place_get(page=instance, locale=locale).missing) if isinstance(instance, Page) else []


def _submit_one(*, instance: Any, locale: Locale, user: AbstractBaseUser) -> tuple[TranslationSource, Translation]:
    if isinstance(instance, Page):
        instance = instance.specific
    if locale not in locale_list_untranslated(instance=instance) or not submit_is_permitted(
        user=user, instance=instance, locale=locale
    ):
        raise PermissionDenied
    source = _source_get(instance)
    for segment in source.relatedobjectsegment_set.select_related("object__content_type"):
        related = segment.object.get_instance_or_none(instance.locale)
        if (
            related is not None
            and not segment.object.has_translation(locale)
            and locale in locale_list_untranslated(instance=related)
            and submit_is_permitted(user=user, instance=related, locale=locale)
        ):
            _submit_one(instance=related, locale=locale, user=user)

    target = type(instance)._default_manager.filter(translation_key=instance.translation_key, locale=locale).first()
    record, created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if target is not None and not created:
        # Stopped and taken up again: what was written by hand in between is newer than the stored translations.
        translation_prefill(source=source, locale=locale, target=target, user=user, overwrite=True)
    if isinstance(instance, DraftStateMixin) or target is None:
        with contextlib.suppress(IncompleteTranslationError):
            record.save_target(user=user, publish=not isinstance(instance, DraftStateMixin))
    else:
        # Without drafts there is nothing to write before a translator publishes: the live text stays as it is.
        translation_prefill(source=source, locale=locale, target=target, user=user)
    return source, record


def _source_get(instance: models.Model) -> TranslationSource:
    """The frozen text of ``instance``, brought up to date unless another translation is working from it."""
    source, created = TranslationSource.get_or_create_from_instance(instance)
    if not created and not source.translations.filter(enabled=True).exists():
        source.update_from_db()
    return source


@dataclass
class SubtreeReport:
    """What became of a subtree: pages submitted and pages left out, each with the locale's code."""

    submitted: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


def subtree_submit(*, page: Page, locales: Iterable[Locale], user: AbstractBaseUser) -> SubtreeReport:
    """Submit everything below ``page``, parents first, each page in a transaction of its own.

    A page into which the user may not translate, or whose translation is under way, is skipped and reported.
    """
    report = SubtreeReport()
    locales = list(locales)
    for child in page.get_descendants().order_by("path").specific(defer=True):
        if child.alias_of_id:
            continue
        for locale in locales:
            try:
                translation_submit(instance=child, locale=locale, user=user)
            except PermissionDenied:
                report.skipped.append((child.pk, locale.language_code))
            else:
                report.submitted.append((child.pk, locale.language_code))
    return report


@dataclass
class UpdateReport:
    """What became of each translation: those published, and for the others what they lack or why they failed.

    ``held`` are those left as they were because their page is locked for the user or under review.
    """

    published: list[Translation] = field(default_factory=list)
    incomplete: list[tuple[Translation, Remaining]] = field(default_factory=list)
    failed: list[tuple[Translation, ValidationError]] = field(default_factory=list)
    held: list[Translation] = field(default_factory=list)


def source_update(
    *, source: TranslationSource, translations: Iterable[Translation], user: AbstractBaseUser, publish: bool
) -> UpdateReport:
    """Bring the latest text of ``source`` to its drafts in ``translations``; publish those that are complete.

    Each translation is written in its own transaction; an incomplete one stays a draft and its page as it is. A page
    that is locked for ``user`` or under review is not written.
    """
    source.update_from_db()
    report = UpdateReport()
    for record in translations:
        record.source = source  # the one just updated, whatever was loaded before
        is_draftable = issubclass(source.specific_content_type.model_class() or models.Model, DraftStateMixin)
        if not publish and not is_draftable:
            continue
        try:
            target = record.get_target_instance()
        except models.ObjectDoesNotExist:
            target = None
        if target is not None and target_is_held(user=user, target=target):
            report.held.append(record)
            continue
        try:
            record.save_target(user=user, publish=publish)
        except IncompleteTranslationError as error:
            report.incomplete.append((record, error.remaining))
        except ValidationError as error:
            report.failed.append((record, error))
        else:
            if publish:
                report.published.append(record)
    return report
