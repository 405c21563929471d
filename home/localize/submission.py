"""Start translations and bring corrections of a source to them."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from home.localize.places import Place, locale_ids_taken, place_get, source_get
from home.localize.prefill import translation_prefill
from home.localize.progress import IncompleteTranslationError, Remaining
from home.localize.rights import submit_is_permitted, target_is_held
from home.localize.saving import translation_save
from home.localize.sources import FrozenText, source_get_or_create, source_refresh

# Pages read at a time.
_CHUNK = 50


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
        place = place_get(page=instance, locale=locale) if isinstance(instance, Page) else None
        for ancestor in place.missing if place else ():
            text = _text_get(ancestor)
            # Another submission may have put it there while this one waited for the text.
            if place_get(page=ancestor, locale=locale).target is None:
                started.setdefault(text.source, []).append(_submit_one(text=text, locale=locale, user=user))
            place = None
        text = _text_get(instance)
        started.setdefault(text.source, []).append(_submit_one(text=text, locale=locale, user=user, place=place))
    return started


def _text_get(instance: Any) -> FrozenText:
    """The text of ``instance``, locked until the end of the transaction. What is no source is refused before."""
    if isinstance(instance, Page):
        instance = instance.specific
    if source_get(instance=instance).pk != instance.pk:
        raise PermissionDenied
    return source_get_or_create(instance=instance)


def _submit_one(*, text: FrozenText, locale: Locale, user: AbstractBaseUser, place: Place | None = None) -> Translation:
    instance, source = text.original, text.source
    if isinstance(instance, Page):
        place = place or place_get(page=instance, locale=locale)
    if locale.pk in locale_ids_taken(instance=instance) or not submit_is_permitted(
        user=user, instance=instance, locale=locale, place=place
    ):
        raise PermissionDenied
    for segment in source.relatedobjectsegment_set.select_related("object__content_type"):
        related = None if segment.object.has_translation(locale) else segment.object.get_instance_or_none(source.locale)
        if (
            related is not None
            and locale.pk not in locale_ids_taken(instance=related)
            and submit_is_permitted(user=user, instance=related, locale=locale)
        ):
            _submit_one(text=_text_get(related), locale=locale, user=user)

    if place:
        target = place.target and place.target.specific
    else:
        target = type(instance)._default_manager.filter(translation_key=instance.translation_key, locale=locale).first()
    record, created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if target is not None and not created:
        # Stopped and taken up again: what was written by hand in between is newer than the stored translations.
        translation_prefill(source=source, locale=locale, target=target, user=user, overwrite=True)
    if isinstance(instance, DraftStateMixin) or target is None:
        with contextlib.suppress(IncompleteTranslationError):
            translation_save(
                source=source,
                locale=locale,
                user=user,
                publish=not isinstance(instance, DraftStateMixin),
                copy_parent_pages=True,
                fallback=True,
                original=instance,
                place=place,
            )
    else:
        # Without drafts there is nothing to write before a translator publishes: the live text stays as it is.
        translation_prefill(source=source, locale=locale, target=target, user=user)
    return record


@dataclass(frozen=True)
class Submitted:
    """What became of one page in one locale: ``problem`` is None where its translation was started."""

    page: Page
    locale: Locale
    problem: PermissionDenied | ValidationError | None = None

    @property
    def is_started(self) -> bool:
        return self.problem is None


def pages_submit_each(
    *, page_ids: Iterable[int], locales: Iterable[Locale], user: AbstractBaseUser
) -> Iterator[Submitted]:
    """Submit pages, parents first, each page and locale in a transaction of its own, and say what became of it.

    One into which the user may not translate, or whose translation is under way (PermissionDenied), and one that
    cannot be written (ValidationError) is left out, and the others go on.
    """
    locales = sorted(locales, key=lambda locale: locale.pk)
    ids = list(Page.objects.filter(pk__in=list(page_ids)).order_by("path").values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        for page in Page.objects.filter(pk__in=ids[start : start + _CHUNK]).order_by("path").specific():
            for locale in locales:
                try:
                    translation_submit(instance=page, locale=locale, user=user)
                except (PermissionDenied, ValidationError) as error:
                    yield Submitted(page, locale, error)
                else:
                    yield Submitted(page, locale)


@dataclass
class SubtreeReport:
    """What became of a subtree: pages submitted and pages left out, each with the locale's code."""

    submitted: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


def subtree_submit(*, page: Page, locales: Iterable[Locale], user: AbstractBaseUser) -> SubtreeReport:
    """Submit everything below ``page`` that is no alias (:func:`pages_submit_each`) and say what became of it."""
    report = SubtreeReport()
    ids = page.get_descendants().filter(alias_of__isnull=True).values_list("pk", flat=True)
    for each in pages_submit_each(page_ids=ids, locales=locales, user=user):
        outcome = report.submitted if each.is_started else report.skipped
        outcome.append((each.page.pk, each.locale.language_code))
    return report


@dataclass
class UpdateReport:
    """What became of each translation: those published, and for the others what they lack or why they failed.

    ``held`` are those left as they were because their page is locked for the user or under review; ``unpublished``
    those saved as drafts only, because their page was taken off in its language.
    """

    published: list[Translation] = field(default_factory=list)
    incomplete: list[tuple[Translation, Remaining]] = field(default_factory=list)
    failed: list[tuple[Translation, ValidationError]] = field(default_factory=list)
    held: list[Translation] = field(default_factory=list)
    unpublished: list[Translation] = field(default_factory=list)


def source_update(
    *, source: TranslationSource, translations: Iterable[Translation], user: AbstractBaseUser, publish: bool
) -> UpdateReport:
    """Bring the latest text of ``source`` to its drafts in ``translations``; publish those that are complete.

    Each translation is written in its own transaction; an incomplete one stays a draft and its page as it is. A page
    that is locked for ``user`` or under review is not written, and one that was unpublished stays unpublished.
    """
    source_refresh(source=source)
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
        is_taken_off = isinstance(target, Page) and not target.live and target.first_published_at is not None
        try:
            record.save_target(user=user, publish=publish and not is_taken_off)
        except IncompleteTranslationError as error:
            report.incomplete.append((record, error.remaining))
        except ValidationError as error:
            report.failed.append((record, error))
        else:
            if publish:
                (report.unpublished if is_taken_off else report.published).append(record)
    return report
