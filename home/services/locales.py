"""Locales from the settings."""

from django.conf import settings
from wagtail.models import Locale


def locale_setup_all() -> tuple[list[Locale], list[Locale]]:
    """Make a Locale of each content language that has none. Return all of them, the source first, and the new ones."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    codes.sort(key=lambda code: code != settings.DIWAN_SOURCE_LOCALE)
    existing = {locale.language_code: locale for locale in Locale.all_objects.filter(language_code__in=codes)}
    created = [Locale(language_code=code) for code in codes if code not in existing]
    for locale in created:
        locale.save()
        existing[locale.language_code] = locale
    return [existing[code] for code in codes], created
