"""What a check tells."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What follows from a finding."""

    BLOCKING = "blocking", _("must be mended before review")
    ADVISORY = "advisory", _("worth a look")
    OFF = "off", _("not checked")


class Check(models.TextChoices):
    """The checks there are."""

    EMPTY = "empty", _("Empty text")
    TAGS = "tags", _("Links and formatting")
    NUMBERS = "numbers", _("Numbers")
    DATES = "dates", _("Dates")
    UNTRANSLATED = "untranslated", _("Untranslated text")
    SPACES = "spaces", _("Spaces")
    PUNCTUATION = "punctuation", _("Punctuation")
    DIRECTION = "direction", _("Direction marks")
    GLOSSARY = "glossary", _("Glossary")
    LENGTH = "length", _("Length")


# A link that is lost, a mark that turns text round or a text that the database refuses cannot be what a translator
# meant; everything else may be.
DEFAULT_LEVELS: dict[Check, Level] = {
    **dict.fromkeys(Check, Level.ADVISORY),
    **dict.fromkeys([Check.EMPTY, Check.TAGS, Check.DIRECTION, Check.LENGTH], Level.BLOCKING),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found, in the language that was active when it was found."""

    check: Check
    message: str

    @property
    def level(self) -> Level:
        """What the settings say of the check."""
        return check_levels()[self.check]


@lru_cache(maxsize=1)
def check_levels() -> dict[Check, Level]:
    """The level of each check. Raise ValueError for a name that the setting should not have."""
    return DEFAULT_LEVELS | {Check(name): Level(level) for name, level in settings.DIWAN_TRANSLATION_CHECKS.items()}


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == "DIWAN_TRANSLATION_CHECKS":
        check_levels.cache_clear()


setting_changed.connect(_forget, dispatch_uid="translations.checks.levels")
