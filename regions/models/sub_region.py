"""Sub-regions of a continent."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from regions.models.codes import ContinentCode, validate_m49


class SubRegion(index.Indexed, TranslatableMixin, models.Model):
    """A part of a continent by UN M49; 419 Latin America and the Caribbean holds 029 Caribbean."""

    code = models.CharField(
        _("UN M49 code"), max_length=3, validators=[validate_m49], help_text=_("Three digits, for example 029.")
    )
    name = models.CharField(_("name"), max_length=255, help_text=_("In the language of this entry."))
    continent_code = models.CharField(
        _("continent"), max_length=3, choices=ContinentCode.choices, help_text=_("The continent that it is part of.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("The larger sub-region; empty when it stands directly below the continent."),
    )

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("continent_code"), FieldPanel("parent")]
    override_translatable_fields = [SynchronizedField("code", overridable=False)]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("sub-region")
        verbose_name_plural = _("sub-regions")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="regions_sub_region_code_per_locale")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ValidationError when the larger sub-region is itself, lies below it, or is of elsewhere."""
        super().clean()
        ancestor = self.parent
        if ancestor and ancestor.continent_code != self.continent_code:
            raise ValidationError({"parent": _("It is part of another continent.")})
        while ancestor:
            if ancestor.pk == self.pk:
                raise ValidationError({"parent": _("A sub-region cannot be part of itself.")})
            ancestor = ancestor.parent
