"""Replaces ``TranslationSource.sync_view_restrictions``.

wagtail-localize 1.14 makes the privacy of a translated page equal to its source's on every save: an Arabic page that
its editors made private becomes public because the French one is. Here a restriction of the source is copied to a
page that has none; it is never loosened or replaced. Upstream takes it for a feature, and no setting turns it off:
https://github.com/wagtail/wagtail-localize/pull/496.

It can go when wagtail-localize leaves a restriction of the target alone: the test of a private page fails where it runs
``plain``.
"""

from typing import Any

from wagtail.models import Page
from wagtail_localize.models import NoViewRestrictionsError, TranslationSource

_original = TranslationSource.sync_view_restrictions


def _sync_view_restrictions(self: TranslationSource, original: Any, translation_page: Any) -> None:
    if not isinstance(original, Page) or not isinstance(translation_page, Page):
        raise NoViewRestrictionsError
    if original.view_restrictions.exists() and not translation_page.view_restrictions.exists():
        _original(self, original, translation_page)


def apply() -> None:
    TranslationSource.sync_view_restrictions = _sync_view_restrictions


def remove() -> None:
    TranslationSource.sync_view_restrictions = _original
