"""How a mission is reached: telephone numbers, addresses and links, and what they must look like."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from missions.models.choices import ContactKind, ContactPurpose

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


class MissionContact(Orderable):
    """A telephone number, an address of mail or of the web."""

    page = ParentalKey("missions.MissionPage", on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(
        _("kind"), max_length=10, choices=ContactKind.choices, default=ContactKind.PHONE, help_text=_("By which means.")
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=10,
        choices=ContactPurpose.choices,
        default=ContactPurpose.GENERAL,
        help_text=_("Emergencies: the line that answers at night."),
    )
    value = models.CharField(
        _("number or address"),
        max_length=255,
        help_text=_("A telephone number as dialled from abroad, +52 55 1234 5678; an e-mail address; or a link."),
    )

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("purpose"), FieldPanel("value")])]

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def clean(self) -> None:
        """Raise ValidationError for what is no number, address or link of its kind."""
        super().clean()
        self.value = contact_value_clean(kind=self.kind, value=self.value)
