"""The blocks of a navigation menu."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class NavigationLinkBlock(blocks.StructBlock):
    """A link to a page of this site or to another website."""

    page = blocks.PageChooserBlock(
        required=False, label=_("Page"), help_text=_("In any language: readers get their own.")
    )
    url = blocks.URLBlock(
        required=False, label=_("Address"), help_text=_("Another website; leave empty when a page is chosen.")
    )
    label = blocks.CharBlock(
        required=False, max_length=100, label=_("Label"), help_text=_("Empty: the title of the page.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Raise a block error unless exactly one target is given, and a label with an address."""
        cleaned = super().clean(value)
        errors = {}
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            errors["page"] = ValidationError(_("Choose a page or give an address, one of the two."))
        if cleaned.get("url") and not cleaned.get("label"):
            errors["label"] = ValidationError(_("An address needs a label."))
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned

    class Meta:
        label = _("Link")
        icon = "link"
        help_text = _("One entry of the menu.")


class NavigationGroupBlock(NavigationLinkBlock):
    """A link with entries below it."""

    children = blocks.ListBlock(
        NavigationLinkBlock(), required=False, default=[], label=_("Entries below"), help_text=_("Shown as a sub-menu.")
    )

    class Meta:
        label = _("Menu entry")
        icon = "list-ul"
        help_text = _("One entry of the menu, with or without entries below it.")


class NavigationStreamBlock(blocks.StreamBlock):
    """The entries of a menu, in order."""

    item = NavigationGroupBlock()

    class Meta:
        label = _("Menu entries")
