"""Bring the latest text of a source to its translations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation
from wagtail_localize.views import update_translations as plain

from home.localize.forms import UpdateTranslationsForm
from home.localize.machine import machine_fill, machine_translator
from home.localize.places import source_exists
from home.localize.rights import target_can_edit, target_can_publish, target_is_held, update_is_permitted
from home.localize.sources import source_refresh
from home.localize.submission import source_update
from home.localize.views.translation import machine_report_show


class UpdateTranslationsView(plain.UpdateTranslationsView):
    """As wagtail-localize's, with rights on each translation, and nothing incomplete published."""

    @cached_property
    def records(self) -> list[Translation]:
        return list(self.object.translations.filter(enabled=True).select_related("target_locale", "source"))

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        self.object = self.get_object()
        if not source_exists(source=self.object):
            raise Http404
        if not update_is_permitted(
            user=request.user, source_instance=self.object.get_source_instance(), translations=self.records
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def free_records(self) -> list[Translation]:
        """Those whose page is neither locked for the user nor under review."""
        return [
            record
            for record in self.records
            if not target_is_held(user=self.request.user, target=record.get_target_instance())
        ]

    def _all_targets(self, check: Any) -> bool:
        return all(check(user=self.request.user, target=record.get_target_instance()) for record in self.free_records)

    def get_form(self) -> UpdateTranslationsForm:
        return UpdateTranslationsForm(
            self.request.POST if self.request.method == "POST" else None,
            can_publish=self._all_targets(target_can_publish),
            can_machine_translate=self._all_targets(target_can_edit),
        )

    def post(self, request: Any, **kwargs: Any) -> Any:
        if "publish_translations" in request.POST and not self._all_targets(target_can_publish):
            raise PermissionDenied
        if "use_machine_translation" in request.POST and not self._all_targets(target_can_edit):
            raise PermissionDenied
        return super().post(request, **kwargs)

    def form_valid(self, form: UpdateTranslationsForm) -> HttpResponse:
        publish = bool(form.cleaned_data.get("publish_translations"))
        if form.cleaned_data.get("use_machine_translation"):
            source_refresh(source=self.object)
            for record in self.free_records:
                translator = machine_translator(record)
                if translator:
                    filled = machine_fill(record=record, user=self.request.user, translator=translator)
                    machine_report_show(self.request, filled, translator.display_name)
        report = source_update(source=self.object, translations=self.records, user=self.request.user, publish=publish)
        self.components.save(self.object, sources_and_translations={self.object: self.free_records})
        messages.success(self.request, self.get_success_message())
        for record in report.held:
            messages.warning(
                self.request,
                _("Not changed in %(language)s: the page is locked or under review. Synchronise again when it is free.")
                % {"language": record.target_locale.get_display_name()},
            )
        for record in report.unpublished:
            messages.warning(
                self.request,
                _("Not published in %(language)s: the page was unpublished there. It is saved as a draft.")
                % {"language": record.target_locale.get_display_name()},
            )
        for record in report.published:
            messages.success(
                self.request, _("Published in %(language)s.") % {"language": record.target_locale.get_display_name()}
            )
        if publish:
            for record, remaining in report.incomplete:
                messages.warning(
                    self.request,
                    _("Not published in %(language)s: %(reason)s. It is saved as a draft.")
                    % {"language": record.target_locale.get_display_name(), "reason": remaining},
                )
        for record, error in report.failed:
            messages.error(
                self.request,
                _("Not published in %(language)s: %(reason)s")
                % {"language": record.target_locale.get_display_name(), "reason": " ".join(error.messages)},
            )
        return redirect(self.get_success_url() or self.get_default_success_url())
