"""A plain page."""

from django.utils.translation import gettext_lazy as _

from home.models.base_page import BasePage


class StandardPage(BasePage):
    """A plain page of text, such as « Le ministère » or legal notices; plain pages may stand below one another."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
