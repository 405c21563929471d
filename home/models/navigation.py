"""Header and footer menus, one of each for every site and locale."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from home.blocks.navigation import NavigationStreamBlock


class NavigationMenu(TranslatableMixin, models.Model):
    """A menu of one language: editors put pages and addresses in order, with one level below each."""

    class Location(models.TextChoices):
        """Where on the website the menu stands."""

        HEADER = "header", _("Header")
        FOOTER = "footer", _("Footer")

    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", editable=False
    )
    location = models.CharField(
        _("location"), max_length=20, choices=Location.choices, editable=False, help_text=_("Where the menu stands.")
    )
    items = StreamField(
        NavigationStreamBlock(), verbose_name=_("entries"), blank=True, help_text=_("In the order of the website.")
    )

    panels = [FieldPanel("items")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("navigation menu")
        verbose_name_plural = _("navigation menus")
        constraints = [
            models.UniqueConstraint(fields=["site", "location", "locale"], name="home_navigation_per_locale")
        ]

    def __str__(self) -> str:
        return str(self.get_location_display())
