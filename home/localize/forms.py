"""The forms that start and update translations."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.views.submit_translations import SubmitTranslationForm as PlainSubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm as PlainUpdateTranslationsForm

from home.localize.rights import locale_list_offered


class SubmitTranslationForm(PlainSubmitTranslationForm):
    """Offers the locales that this user may translate into, also where a page stands there without a translation."""

    def __init__(self, instance: models.Model, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        offered = Locale.objects.filter(
            pk__in=[locale.pk for locale in locale_list_offered(user=user, instance=instance)]
        )
        field = self.fields["locales"]
        field.queryset = offered
        if not offered:
            field.help_text = _("There is no language left into which you may translate this.")
        self.fields["select_all"].widget = forms.CheckboxInput() if len(offered) > 1 else forms.HiddenInput()


class UpdateTranslationsForm(PlainUpdateTranslationsForm):
    """Lets only those publish who may publish every translation that the update reaches."""

    def __init__(self, *args: Any, can_publish: bool, can_machine_translate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if can_publish:
            self.fields["publish_translations"].help_text = _(
                "Translations that are complete are published at once. Incomplete ones are saved as drafts, and "
                "their pages keep the text that they have."
            )
        else:
            del self.fields["publish_translations"]
        if not can_machine_translate:
            self.fields.pop("use_machine_translation", None)
