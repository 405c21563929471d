"""Panels and forms for the pages of this app. Models import this file, so it reads data only when a form is built."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import InlinePanel
from wagtail.models import Locale

if TYPE_CHECKING:
    from regions.selectors.choices import PlaceChoices


class PlaceLinkFormSet(BaseChildFormSet):
    """Rows that each link one continent or country, chosen from one list of names read once for all rows.

    A row may link the place's page of any language; the list shows the one of the edited page's language.
    """

    place_field = ""

    @cached_property
    def places(self) -> "PlaceChoices":
        from regions.selectors.choices import place_choices

        model = self.model._meta.get_field(self.place_field).related_model
        return place_choices(model=model, locale=self.instance.locale or Locale.get_default())

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        linked = form.initial.get(self.place_field)
        if linked in self.places.shown:
            form.initial[self.place_field] = self.places.shown[linked]
        field = cast(forms.ModelChoiceField, form.fields[self.place_field])
        field.choices = [("", _("Choose…")), *self.places.choices]

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("The same place stands twice in this list.")

    def get_form_error(self) -> str:
        return _("This place is already in the list above.")

    def save(self, commit: bool = True) -> Any:
        self._exchange_keys()
        return super().save(commit=commit)

    def _exchange_keys(self) -> None:
        """Let rows that took each other's place take each other's key too.

        Rows are saved one after the other and a place may stand once only: without this, exchanging two places would
        pass through a state that the database refuses.
        """
        rows = [form for form in self.initial_forms if form.instance.pk and form not in self.deleted_forms]
        keys = {form.initial[self.place_field]: form.instance.pk for form in rows}
        moved = [form for form in rows if self.place_field in form.changed_data]
        freed = {form.instance.pk for form in moved}
        wanted = {form: keys.get(form.cleaned_data[self.place_field].pk) for form in moved}
        taken = {key for key in wanted.values() if key in freed}
        left = sorted(freed - taken)
        for form in moved:
            key = wanted[form]
            form.instance.pk = key if key in freed else left.pop()


class PlacePanel(InlinePanel):
    """An inline panel whose rows link a continent or a country through their field ``place_field``."""

    def __init__(self, *args: Any, place_field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place_field = place_field

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "place_field": self.place_field}

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = type("PlaceLinkFormSet", (PlaceLinkFormSet,), {"place_field": self.place_field})
        options["formsets"][self.relation_name]["formset"] = formset
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """As Wagtail's."""


class NewsPageForm(WagtailAdminPageForm):
    """Offers the kinds of the page's own language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            from regions.selectors.choices import news_kind_list

            self.fields["kind"].queryset = news_kind_list(locale=_locale_of(self))
            self.fields["kind"].empty_label = _("Choose…")


class CountryPageForm(WagtailAdminPageForm):
    """Offers the smallest sub-regions of the page's own language and continent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sub_region" in self.fields:
            from regions.selectors.choices import sub_region_list_leaves

            continent = self.parent_page.specific_deferred if self.parent_page else None
            self.fields["sub_region"].queryset = sub_region_list_leaves(
                locale=_locale_of(self), continent_code=getattr(continent, "code", "")
            )
            self.fields["sub_region"].empty_label = _("None")


def _locale_of(form: WagtailAdminPageForm) -> Locale:
    if form.instance.locale_id:
        return form.instance.locale
    return form.parent_page.locale if form.parent_page else Locale.get_default()
