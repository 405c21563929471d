"""The editor of opening hours: a week for the mission and for each service, over the ordinary rows.

Without JavaScript the rows are there as they are. The script (static/missions/js/opening_hours.js) reads and writes
their fields, so a row that nobody changes keeps its id.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from home.admin.record_forms import RecordRowsFormSet
from home.admin.record_panels import RowsPanel
from home.language.times import time_read
from missions.models.choices import ServiceKind, Weekday


class LooseTimeField(forms.TimeField):
    """Understands times as people write them."""

    def __init__(self, plain: forms.Field) -> None:
        super().__init__(
            required=plain.required,
            label=plain.label,
            help_text=plain.help_text,
            widget=plain.widget,
            error_messages={"invalid": _("This is no time, such as 9, 9h30 or 09:30.")},
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(time_read(value) or value if isinstance(value, str) else value)


class OpeningHoursFormSet(RecordRowsFormSet):
    """Rows of opening hours, whose times may be written in many ways."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name in ("opens", "closes"):
            form.fields[name] = LooseTimeField(form.fields[name])


class OpeningHoursPanel(RowsPanel):
    """Rows of opening hours, edited as weeks."""

    formset_class = OpeningHoursFormSet

    class BoundPanel(RowsPanel.BoundPanel):
        """The weeks, which the script draws, and the rows."""

        template_name = "missions/admin/opening_hours.html"

        class Media:
            js = ("missions/js/opening_hours.js",)
            css = {"all": ("missions/css/forms.css",)}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["hours"] = {
                "days": [{"number": day.value, "name": str(day.label)} for day in Weekday],
                "services": [{"kind": kind.value, "name": str(kind.label)} for kind in ServiceKind],
                "words": hours_words(),
            }
            return context


def hours_words() -> dict[str, str]:
    """What the script says; %(…)s are filled in by it."""
    return {
        "general": _("The mission, and services without hours of their own"),
        "asGeneral": _("As the mission"),
        "closed": _("Closed"),
        "opens": _("%(line)s, %(day)s: opens"),
        "closes": _("%(line)s, %(day)s: closes"),
        "add": _("Add hours"),
        "addOn": _("%(line)s: add hours on %(day)s"),
        "remove": _("Remove"),
        "removeOn": _("%(line)s: remove these hours of %(day)s"),
        "copy": _("Copy to working days"),
        "copyOn": _("%(line)s: copy the hours of %(day)s to the other working days"),
        "copied": _("Copied to: %(days)s"),
        "close": _("Closed all day"),
        "closeOn": _("%(line)s: closed on %(day)s"),
        "noTime": _("This is no time, such as 9, 9h30 or 09:30."),
        "reversed": _("This closes before it opens. Hours past midnight are written on both days."),
        "overlap": _("These hours overlap others of the same day."),
        "notOffered": _("The mission does not offer this service; add it to the services, or remove its hours."),
        "rows": _("Show the rows"),
        "weeks": _("Show the weeks"),
        "help": _("Write times as you like: 9, 9h30, 09:30. A day without hours is closed; 24 is midnight."),
    }
