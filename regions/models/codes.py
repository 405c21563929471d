"""Validators and choices for codes of the world: UN M49 and ISO 3166-1."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

validate_m49 = RegexValidator(r"^[0-9]{3}\Z", _("A UN M49 code has three digits."))
validate_alpha2 = RegexValidator(r"^[A-Z]{2}\Z", _("An ISO 3166-1 alpha-2 code has two capital letters."))
validate_alpha3 = RegexValidator(r"^[A-Z]{3}\Z", _("An ISO 3166-1 alpha-3 code has three capital letters."))


class ContinentCode(models.TextChoices):
    """The continents that hold states, by UN M49 code. Antarctica (AQ) is a territory."""

    AFRICA = "002", _("Africa")
    AMERICAS = "019", _("Americas")
    ASIA = "142", _("Asia")
    EUROPE = "150", _("Europe")
    OCEANIA = "009", _("Oceania")


_REGIONAL_INDICATOR_A = 0x1F1E6


def flag_emoji(alpha2: str) -> str:
    """The flag of a country: the two regional indicator symbols of its alpha-2 code (Unicode TR51)."""
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in alpha2)
