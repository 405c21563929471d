"""The form of records (``home.models.RecordPage``). Models import this file: it reads data when a form is built.

Columns that name a page offer those of the source language. On a translation the facts are not in the form: they are
kept, and edited, on the page of the source language.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from home.record_checks import Fault

if TYPE_CHECKING:
    from home.selectors.source_pages import SourcePages


class NameSelect(forms.Select):
    """A select whose options are written once for all the rows of a form that have the same."""

    options_html: SafeString = SafeString()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = f'value="{"" if value is None else value}"'
        options = mark_safe(self.options_html.replace(chosen, f"{chosen} selected", 1))  # noqa: S308 # escaped when made
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), options
        )


class RecordChooser(AdminPageChooser):
    """Wagtail's chooser of pages, which begins at the list of what is chosen and reads all rows' pages at once."""

    names: "SourcePages"

    def get_instance(self, value: Any) -> Any:
        if value is None or isinstance(value, Page):
            return value
        return self.names.page(self.model, value)

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[instance.pk]),
            self.display_title_key: self.get_display_title(instance),
        }

    def get_js_init_options(self, id_: str, name: str, value_data: Any) -> dict[str, Any]:
        options = super().get_js_init_options(id_, name, value_data)
        parent = self.names.parent_id(self.model)
        return options if parent is None else {**options, "parentId": parent}


class NameShown(forms.Widget):
    """The name of a page that is not chosen here."""

    names: "SourcePages"
    model: Any

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        page = self.names.page(self.model, value) if value else None
        return format_html("<bdi{}>{}</bdi>", flatatt({"id": (attrs or {}).get("id")}), page.title if page else "—")


class SourcePageField(forms.ModelChoiceField):
    """Chooses a page of the source language; of another language, its source is taken."""

    def __init__(self, plain: forms.ModelChoiceField, *, names: "SourcePages") -> None:
        self.names = names
        self.page_model = page_model_of(plain)
        widget: Any
        if plain.disabled:
            widget = NameShown()
            widget.names, widget.model = names, self.page_model
        elif self.page_model.offered_in_list:
            widget = NameSelect()
        else:
            widget = RecordChooser(target_models=[self.page_model])
            widget.names = names
        super().__init__(
            queryset=self.page_model._default_manager.none(),
            required=plain.required,
            label=plain.label,
            help_text=plain.help_text,
            widget=widget,
            disabled=plain.disabled,
        )
        if isinstance(widget, NameSelect):
            self.widget.options_html = _options(names, self.page_model, required=plain.required)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        page = self.names.page(self.page_model, getattr(value, "pk", value))
        if page is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return page


def page_model_of(field: forms.Field) -> Any:
    """The type of pages that a field of a form chooses from; None for other fields."""
    if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
        return None
    return field.queryset.model if hasattr(field.queryset.model, "offered_in_list") else None


def _options(names: "SourcePages", model: Any, *, required: bool) -> SafeString:
    rows = [("", _("Choose…") if required else "—"), *names.choices(model)]
    return format_html_join("", '<option value="{}">{}</option>', rows)


def page_fields_offer(form: forms.ModelForm, names: "SourcePages") -> None:
    """Let the columns of a form that name a page offer those of the source language."""
    for name, field in form.fields.items():
        model = page_model_of(field)
        if model is None:
            continue
        given = form.initial.get(name)
        if given is not None:
            found = names.page(model, getattr(given, "pk", given))
            form.initial[name] = found.pk if found is not None else given
        form.fields[name] = SourcePageField(cast("forms.ModelChoiceField", field), names=names)


class RecordRowsFormSet(BaseChildFormSet):
    """Rows that name pages of the source language.

    Below a translation the facts of its rows are shown as the source has them, and only their text is edited.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.keeps_text_only:
            self.max_num = self.absolute_max = len(self.get_queryset())

    @cached_property
    def names(self) -> "SourcePages":
        """Shared by all rows of a form; ``RecordPageForm`` gives its own."""
        from home.selectors.source_pages import SourcePages

        return SourcePages()

    @cached_property
    def keeps_text_only(self) -> bool:
        """Whether these are the rows of a translation."""
        return not getattr(self.instance, "is_source", True)

    @cached_property
    def _source_rows(self) -> dict[Any, Any]:
        from home.selectors.source_pages import record_rows_of_source

        return record_rows_of_source(self.instance, relation=self.rel_name)

    @cached_property
    def _names_of_rows(self) -> "SourcePages":
        """``names``, which then know what all rows name, stored or sent: one statement for each model."""
        for name, field in self.form.base_fields.items():
            model = page_model_of(field)
            if model is not None:
                stored = [getattr(row, self.model._meta.get_field(name).attname) for row in self.get_queryset()]
                ending = f"-{name}"
                sent = [
                    value
                    for key, value in self.data.items()
                    if key.startswith(f"{self.prefix}-") and key.endswith(ending)
                ]
                self.names.read(model, filter(None, [*stored, *sent]))
        return self.names

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        names = self._names_of_rows
        if self.keeps_text_only:
            self._facts_close(form)
        page_fields_offer(form, names)

    def _facts_close(self, form: forms.ModelForm) -> None:
        """Show facts as the source has them; browsers send none, and what is sent is not taken."""
        texts = {field.field_name for field in self.model.translatable_fields if isinstance(field, TranslatableField)}
        source = self._source_rows.get(form.instance.translation_key)
        for name, field in form.fields.items():
            if name in texts or name in (self._pk_field.name, ORDERING_FIELD_NAME):
                continue
            field.disabled = True
            if name != DELETION_FIELD_NAME and source is not None:
                form.initial[name] = getattr(source, self.model._meta.get_field(name).attname)

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("The same stands twice in this list.")

    def get_form_error(self) -> str:
        return _("This is already in the list above.")


class RecordPageForm(WagtailAdminPageForm):
    """Offers pages of the source language, leaves out a translation's facts, and checks facts and rows as one whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from home.selectors.source_pages import SourcePages

        names = SourcePages()
        if not self.instance.is_source:
            for name in (*self.instance.fact_fields, "record_key"):
                self.fields.pop(name, None)
            for name in self.instance.fact_relations:
                self.formsets.pop(name, None)
        page_fields_offer(self, names)
        for formset in self.formsets.values():
            if isinstance(formset, RecordRowsFormSet):
                formset.names = names
        self._rows_were_checked = False

    def _post_clean(self) -> None:
        page = self.instance
        page.rows_come_later, page.is_drafted = True, self.is_deferred_validation
        try:
            super()._post_clean()
        finally:
            page.rows_come_later = page.is_drafted = False

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        if valid and self.instance.is_source and not self._rows_were_checked:
            self._rows_were_checked = True
            # Each row alone was checked by its own form, which knows what a draft may lack.
            for fault in self.instance.row_faults(self._rows()):
                if not (fault.missing and self.is_deferred_validation):
                    self._fault_show(fault)
                    valid = False
        return valid

    def _rows(self) -> dict[str, list[Any]]:
        """The rows that will be saved, by relation."""
        return {
            name: [row.instance for row in formset.forms if _stays(formset, row)]
            for name, formset in self.formsets.items()
            if isinstance(formset, RecordRowsFormSet)
        }

    def _fault_show(self, fault: Fault) -> None:
        if not fault.relation:
            self.add_error(fault.field if fault.field in self.fields else None, fault.message)
            return
        formset = self.formsets[fault.relation]
        form = next((form for form in formset.forms if form.instance is fault.row), None)
        if form is not None:
            form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        else:
            formset.non_form_errors().append(str(fault.message))


def _stays(formset: RecordRowsFormSet, form: forms.ModelForm) -> bool:
    return form not in formset.deleted_forms and (form in formset.initial_forms or form.has_changed())
