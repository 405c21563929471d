"""Languages: which there are, which way they are written, and which is tried where a translation is missing."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale as BabelLocale
from django.conf import settings


def locale_codes() -> list[str]:
    """The language codes of the content, in the order of the settings, for example ``["fr", "ar", "es"]``."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def locale_source() -> str:
    """The code of the language that content is written in."""
    return settings.DIWAN_SOURCE_LOCALE


def locale_chain(*, locale: str, fallback: Sequence[str] | None = None) -> tuple[str, ...]:
    """The codes to try for a reader of ``locale``, best first, ``locale`` itself included.

    ``fallback`` replaces the chain of the settings; an empty one refuses every other language.
    """
    rest = settings.DIWAN_FALLBACK_CHAINS.get(locale, []) if fallback is None else fallback
    return tuple(dict.fromkeys((locale, *rest)))


@lru_cache(maxsize=64)
def _babel(code: str) -> BabelLocale:
    return BabelLocale.parse(code, sep="-")


def locale_direction(code: str) -> str:
    """``"rtl"`` or ``"ltr"``, by CLDR."""
    return _babel(code).text_direction


def locale_name(code: str) -> str:
    """The name of the language in that language, by CLDR, for example ``"العربية"``."""
    return _babel(code).get_display_name() or code
