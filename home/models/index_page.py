"""A page that holds others of one type."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
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
        from home.selectors.plain_face import gate_of_request

        gate = gate_of_request(request)
        shown = Paginator(self.get_face_list(gate=gate), _PER_PAGE).get_page(request.GET.get("page"))
        return {
            **super().get_context(request, *args, **kwargs),
            "children": shown,
            **self.get_face(shown=list(shown.object_list), gate=gate),
        }

    def get_face_list(self, *, gate: Any) -> QuerySet[Any]:
        """What the plain page lists, page by page: the children, unless a type says more."""
        from home.selectors.plain_face import child_list_shown

        return child_list_shown(page=self, gate=gate)

    def get_face(self, *, shown: list[Any], gate: Any) -> dict[str, Any]:
        """What the plain page shows of the part ``shown`` of the list."""
        return {}
