"""Key facts of a country: short label and value pairs."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class FactBlock(blocks.StructBlock):
    """One fact, such as « Monnaie: Peso mexicain »."""

    label = blocks.CharBlock(max_length=100, label=_("Label"), help_text=_("For example: Currency."))
    value = blocks.CharBlock(max_length=255, label=_("Value"), help_text=_("For example: Mexican peso."))

    class Meta:
        label = _("Fact")
        icon = "info-circle"
        help_text = _("A label and its value.")


class FactStreamBlock(blocks.StreamBlock):
    """The list of key facts on a country page."""

    fact = FactBlock()

    class Meta:
        label = _("Key facts")
