"""Whatever a translation is made of moves its counts; connected when the app is ready."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, TranslationSource

from home.signals import bulk_created
from translations.services.sources import source_text_note, source_texts_note_new
from translations.services.states import states_count_later


@receiver(post_save, sender=StringTranslation, dispatch_uid="translations.text_saved")
@receiver(post_delete, sender=StringTranslation, dispatch_uid="translations.text_deleted")
def text_changed(*, instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """A text was translated, or its translation removed."""
    if raw:
        return
    sources = StringSegment.objects.filter(string=instance.translation_of_id, context=instance.context_id)
    records = Translation.objects.filter(source__in=sources.values("source"), target_locale=instance.locale_id)
    states_count_later(translations=records.values_list("pk", flat=True))


@receiver(post_save, sender=Translation, dispatch_uid="translations.translation_saved")
def translation_saved(*, instance: Translation, raw: bool, **kwargs: Any) -> None:
    """A translation began, was stopped, or goes on."""
    if not raw:
        states_count_later(translations=[instance.pk])


@receiver(post_save, sender=TranslationSource, dispatch_uid="translations.source_saved")
def source_saved(*, instance: TranslationSource, raw: bool, **kwargs: Any) -> None:
    """The texts to translate were brought up to date."""
    if not raw:
        states_count_later(translations=instance.translations.values_list("pk", flat=True))


@receiver(post_save, sender=TranslationLog, dispatch_uid="translations.target_written")
def target_written(*, instance: TranslationLog, raw: bool, **kwargs: Any) -> None:
    """A translation was written to its page or snippet."""
    if not raw:
        records = Translation.objects.filter(source=instance.source_id, target_locale=instance.locale_id)
        states_count_later(translations=records.values_list("pk", flat=True))


@receiver(page_published, dispatch_uid="translations.page_published")
def published(*, instance: Page, **kwargs: Any) -> None:
    """A source tells something else now, or a translation is before its readers."""
    if instance.alias_of_id:
        return
    # The signal tells of what goes live later, too: readers see another text then, and not now.
    if instance.live and instance.locale.language_code == settings.DIWAN_SOURCE_LOCALE:
        source_text_note(instance=instance.specific)
    _page_changed(instance)


@receiver(bulk_created, dispatch_uid="translations.pages_made")
def pages_made(*, sender: type[Any], instances: list[Any], **kwargs: Any) -> None:
    """Pages are published that no signal told of."""
    if issubclass(sender, Page):
        source_texts_note_new(instances=instances)


@receiver(page_unpublished, dispatch_uid="translations.page_unpublished")
def unpublished(*, instance: Page, **kwargs: Any) -> None:
    """A translation is no longer before its readers."""
    _page_changed(instance)


@receiver(workflow_submitted, dispatch_uid="translations.workflow_submitted")
@receiver(workflow_approved, dispatch_uid="translations.workflow_approved")
@receiver(workflow_rejected, dispatch_uid="translations.workflow_rejected")
@receiver(workflow_cancelled, dispatch_uid="translations.workflow_cancelled")
def review_moved(*, instance: WorkflowState, **kwargs: Any) -> None:
    """A page came under review, or left it."""
    if isinstance(instance.content_object, Page):
        _page_changed(instance.content_object)


def _page_changed(page: Page) -> None:
    key = page.translation_key
    records = Translation.objects.filter(
        Q(source__object_id=key, source__locale=page.locale_id) | Q(source__object_id=key, target_locale=page.locale_id)
    )
    states_count_later(translations=records.values_list("pk", flat=True))
