"""Panels of records. Models import this file."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, Panel

from home.admin.record_forms import RecordRowsFormSet


class RowsPanel(InlinePanel):
    """Rows that name pages of the source language.

    Rows of facts are not shown on a translation; of translated rows, only the text is edited there, and none is added.
    """

    formset_class: type[RecordRowsFormSet] = RecordRowsFormSet

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset_class
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """As Wagtail's, for a form that may lack the rows."""

        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            self.is_left_out = form is not None and kwargs["panel"].relation_name not in form.formsets
            super().__init__(**{**kwargs, "form": None if self.is_left_out else form})
            if not self.is_left_out and form is not None and self.formset.keeps_text_only:
                self.template_name = "home/admin/rows_of_text.html"

        def is_shown(self) -> bool:
            return not self.is_left_out and super().is_shown()


class FactsNotePanel(Panel):
    """Says, on a translation, where the facts are; on the page of the source language it is not there."""

    class BoundPanel(Panel.BoundPanel):
        """The note, with a link for those who may edit that page."""

        template_name = "home/admin/facts_note.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.heading = _("Facts")

        def is_shown(self) -> bool:
            return self.instance is not None and not self.instance.is_source

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from home.selectors.source_pages import record_source

            context: dict[str, Any] = super().get_context_data(parent_context)
            source = record_source(self.instance)
            context["source"] = source
            if source is not None and self.request is not None:
                may_edit = source.permissions_for_user(self.request.user).can_edit()
                context["source_url"] = reverse("wagtailadmin_pages:edit", args=[source.pk]) if may_edit else ""
            return context
