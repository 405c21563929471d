"""What is translated enters the memory; a translation that begins may take from it. Connected when apps are ready."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail_localize.models import StringTranslation, Translation

from translations.services.memory import memory_record_later
from translations.services.memory_prefill import memory_prefill


@receiver(post_save, sender=StringTranslation, dispatch_uid="translations.text_remembered")
def text_saved(*, instance: StringTranslation, raw: bool, **kwargs: Any) -> None:
    """A text was translated."""
    if not raw:
        memory_record_later(translations=[instance.pk])


@receiver(post_save, sender=Translation, dispatch_uid="translations.translation_prefilled")
def translation_started(*, instance: Translation, created: bool, raw: bool, **kwargs: Any) -> None:
    """A translation began: after its transaction, when the page's own texts are its first translations."""
    if created and not raw and settings.DIWAN_MEMORY_PREFILL:
        transaction.on_commit(partial(memory_prefill, translation_id=instance.pk), robust=True)
