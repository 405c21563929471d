"""The home page of one language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.models.base_page import BasePage


class HomePage(BasePage):
    """The first page of one language: an editor makes here what a visitor reads first. One for each locale."""

    parent_page_types = ["wagtailcore.Page"]

    heading = models.CharField(
        _("heading"), max_length=255, blank=True, help_text=_("The first line that visitors read.")
    )

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("heading"),
        *BasePage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="home_page_one_per_locale")]
