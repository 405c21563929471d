"""Replaces ``StringTranslation.get_comment``.

wagtail-localize 1.14 writes the day of a translation with ``strftime``, in English whatever the interface's language;
no setting or hook changes it.

It can go when the test of the day in the translation editor passes where it runs ``plain``.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation

_original = StringTranslation.get_comment


def _get_comment(self: StringTranslation) -> str | None:
    date = date_format(timezone.localtime(self.updated_at), "DATE_FORMAT")
    if self.tool_name:
        return _("Translated with {tool_name} on {date}").format(tool_name=self.tool_name, date=date)
    if self.translation_type == self.TRANSLATION_TYPE_MANUAL:
        return _("Translated manually on {date}").format(date=date)
    if self.translation_type == self.TRANSLATION_TYPE_MACHINE:
        return _("Machine translated on {date}").format(date=date)
    return None


def apply() -> None:
    StringTranslation.get_comment = _get_comment


def remove() -> None:
    StringTranslation.get_comment = _original
