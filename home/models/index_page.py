"""A page that holds others of one type."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from home.models.base_page import BasePage

_PER_PAGE = 50


class IndexPage(BasePage):
    """Abstract parent of pages that hold the records of one language, one such page for each locale."""

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import child_list_shown, gate_of_request

        children = child_list_shown(page=self, gate=gate_of_request(request))
        shown = Paginator(children, _PER_PAGE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "children": shown}
