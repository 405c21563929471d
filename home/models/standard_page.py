"""A plain page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.models.base_page import BasePage


class StandardPage(BasePage):
    """A plain page of text, such as « Le ministère » or legal notices; plain pages may stand below one another."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import child_list_shown, gate_of_request

        children = child_list_shown(page=self, gate=gate_of_request(request))
        return {**super().get_context(request, *args, **kwargs), "children": children}
