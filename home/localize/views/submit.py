"""Start a translation of a page or a snippet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.views import submit_translations as plain

from home.localize.forms import SubmitTranslationForm
from home.localize.places import source_get
from home.localize.rights import source_is_readable
from home.localize.submission import translation_submit
from home.localize.tasks import subtree_start
from home.localize.urls import submit_url


class SubmitTranslationMixin(plain.SubmitTranslationView):
    """wagtail-localize's view with our form, our rights, and all locales chosen in one transaction."""

    request: Any
    object: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        instance = self.get_object()
        source = source_get(instance=instance)
        if source.pk != instance.pk:
            if request.method != "GET":
                raise PermissionDenied
            next_url = request.GET.get("next")
            return redirect(submit_url(instance=source, select_locale=instance.locale, next_url=next_url))
        if not source_is_readable(user=request.user, instance=instance):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> SubmitTranslationForm:
        request = self.request
        if request.method == "POST":
            return SubmitTranslationForm(self.object, request.POST, user=request.user)
        code = request.GET.get("select_locale")
        selected = Locale.objects.filter(language_code=code).first() if code else None
        initial = {"locales": [selected]} if selected else None
        return SubmitTranslationForm(self.object, initial=initial, user=request.user)

    def form_valid(self, form: SubmitTranslationForm) -> HttpResponse:
        request = self.request
        instance = self.object
        # In one order for all: whoever puts pages below the same parents at once waits for the other.
        locales = sorted(form.cleaned_data["locales"], key=lambda locale: locale.pk)
        with transaction.atomic():
            started: dict[Any, list[Any]] = {}
            for locale in locales:
                for source, records in translation_submit(instance=instance, locale=locale, user=request.user).items():
                    started.setdefault(source, []).extend(records)
            self.components.save(instance, sources_and_translations=started)
        if isinstance(instance, Page) and form.cleaned_data["include_subtree"]:
            report_url = subtree_start(page=instance, locales=locales, user=request.user)
            messages.info(
                request,
                _(
                    "The pages below '%(title)s' are being submitted in the background, "
                    "except those that you may not translate."
                )
                % {"title": instance.get_admin_display_title()},
                buttons=[messages.button(report_url, _("See how far it is"))] if report_url else None,
            )
        target = instance.get_translation(locales[0]) if len(locales) == 1 else None
        names = locales[0].get_display_name() if target else _("{} locales").format(len(locales))
        messages.success(request, self.get_success_message(names))
        return redirect(self.get_success_url() or self.get_default_success_url(target))


class SubmitPageTranslationView(SubmitTranslationMixin, plain.SubmitPageTranslationView):
    """Start translations of a page."""


class SubmitSnippetTranslationView(SubmitTranslationMixin, plain.SubmitSnippetTranslationView):
    """Start translations of a snippet."""
