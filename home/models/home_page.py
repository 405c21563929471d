"""The home page of one language."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.models.base_page import BasePage
from home.models.search_entry import SearchTexts


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

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        if texts is None:
            return None
        texts.head.append(self.heading)
        return texts

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import child_list_shown, gate_of_request

        children = child_list_shown(page=self, gate=gate_of_request(request))
        return {**super().get_context(request, *args, **kwargs), "children": children}
