"""The glossary in the admin: a listing with filters and search, and forms for the languages that one works in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import DeleteView, EditView, IndexView, SnippetViewSet

from home.selectors.permissions import locale_list_permitted
from translations.models import GlossaryTerm
from translations.selectors.glossary import GlossaryPermissionPolicy

register_permission_policy(GlossaryTerm, GlossaryPermissionPolicy(GlossaryTerm))


class GlossaryTermForm(WagtailAdminModelForm):
    """Offers the languages that the user works in as those of the translation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            permitted = [locale.pk for locale in locale_list_permitted(self.for_user)]
            self.fields["target_locale"].queryset = Locale.objects.filter(pk__in=permitted)


class GlossaryIndexView(IndexView):
    """The terms; what cannot be changed is shown, without a way to change it."""

    def _is_permitted(self, action: str, instance: GlossaryTerm) -> bool:
        return bool(self.user_has_permission_for_instance(action, instance))

    def get_edit_url(self, instance: GlossaryTerm) -> str | None:
        return super().get_edit_url(instance) if self._is_permitted("change", instance) else None

    def get_delete_url(self, instance: GlossaryTerm) -> str | None:
        return super().get_delete_url(instance) if self._is_permitted("delete", instance) else None

    @property
    def header_more_buttons(self) -> list[Any]:
        files = Button(_("Import and export"), url=reverse("translation_glossary:files"), icon_name="download")
        return [*super().header_more_buttons, files]


class _OwnLanguageMixin:
    """Refuses terms into a language that the user does not work in."""

    permission_required: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission_for_instance(self.permission_required, self.get_object()):  # type: ignore[attr-defined] # Wagtail's views
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # Wagtail's views
        return response


class GlossaryEditView(_OwnLanguageMixin, EditView):
    """Change a term."""


class GlossaryDeleteView(_OwnLanguageMixin, DeleteView):
    """Delete a term."""


class GlossaryViewSet(SnippetViewSet):
    """Approved terms, by pair of languages."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_hook = "register_desk_menu_item"
    menu_name = "glossary"
    menu_order = 200
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = GlossaryIndexView
    edit_view_class = GlossaryEditView
    delete_view_class = GlossaryDeleteView
    list_per_page = 50
    ordering = ["source_term", "target_locale"]
    list_display = [
        "source_term",
        Column("target_term", label=_("Approved translation"), sort_key="target_term"),
        Column("source_locale", label=_("From")),
        Column("target_locale", label=_("Into")),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
    ]
    list_filter = ["source_locale", "target_locale", "kind"]
    # In the database: a part of a word is found in Arabic too.
    search_backend_name = None
    search_fields = ["source_term", "target_term", "forbidden", "note"]
    edit_handler = ObjectList(GlossaryTerm.panels, base_form_class=GlossaryTermForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[GlossaryTerm]:
        return GlossaryTerm.objects.select_related("source_locale", "target_locale")
