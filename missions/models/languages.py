"""Codes of languages in a line of text."""

import re
from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SEPARATORS = re.compile(r"[\s,;]+")


@cache
def _known() -> frozenset[str]:
    return frozenset(Locale("en").languages)


def language_codes(line: str) -> list[str]:
    """The codes of a line such as ``fr, ar, es``, in lower case and each once."""
    return list(dict.fromkeys(code.lower() for code in _SEPARATORS.split(line) if code))


def validate_language_codes(line: str) -> None:
    """Raise ValidationError for a code that CLDR does not know."""
    unknown = [code for code in language_codes(line) if code not in _known()]
    if unknown:
        raise ValidationError(_("Not a code of a language: %(codes)s"), params={"codes": ", ".join(unknown)})


@cache
def language_name(code: str, locale: str) -> str:
    """The name of a language in another (both by code), by CLDR; the code where it has none."""
    return str(Locale.parse(locale, sep="-").languages.get(code, code))
