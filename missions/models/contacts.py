"""What telephone numbers, addresses and links must look like."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from missions.models.choices import ContactKind

# E.164: fifteen digits at most, the country's code included.
_NUMBER = re.compile(r"\+[0-9](?:[ .()/-]{0,2}[0-9]){5,14}\Z")
_NUMBERS = {ContactKind.PHONE.value, ContactKind.FAX.value}


def contact_value_clean(*, kind: str, value: str) -> str:
    """The value without space around it. Raise ValidationError for the field ``value`` where its kind does not fit."""
    value = value.strip()
    try:
        if kind in _NUMBERS:
            if not _NUMBER.match(value):
                raise ValidationError(_("A number as dialled from abroad, beginning with + and the country’s code."))
        elif kind == ContactKind.EMAIL:
            validate_email(value)
        else:
            URLValidator(schemes=["https", "http"])(value)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
    return value
