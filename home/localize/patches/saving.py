"""Replaces ``TranslationSource.create_or_update_translation``.

wagtail-localize 1.14 saves the page's row with the source's text wherever a translation is missing, even for a draft
(``translation.save()`` in models.py), so a live page shows another language at once, and it publishes incomplete
translations: https://github.com/wagtail/wagtail-localize/issues/463 and /655. There is no hook between the two.

It can go when the tests of ``tests/integration/test_localize_guards.py`` no longer find the defect where they run
``plain``.
"""

from typing import Any

from django.db import models
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

_original = TranslationSource.create_or_update_translation


def _create_or_update_translation(
    self: TranslationSource,
    locale: Locale,
    user: Any = None,
    publish: bool = True,
    copy_parent_pages: bool = False,
    fallback: bool = False,
) -> tuple[models.Model, bool]:
    from home.localize.saving import translation_save

    return translation_save(
        source=self,
        locale=locale,
        user=user,
        publish=publish,
        copy_parent_pages=copy_parent_pages,
        fallback=fallback,
    )


def apply() -> None:
    TranslationSource.create_or_update_translation = _create_or_update_translation


def remove() -> None:
    TranslationSource.create_or_update_translation = _original
