"""The list of news of one language."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.models import BasePage


class NewsIndexPage(BasePage):
    """Holds the news of one language; editors add news items below it. One for each locale."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["regions.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="regions_news_index_one_per_locale")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import gate_of_request
        from regions.selectors import plain_face

        gate = gate_of_request(request)
        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(plain_face.news_list_shown(locale=self.locale, gate=gate), plain_face.LIST_LIMIT)
        context["news"] = paginator.get_page(request.GET.get("page"))
        return context
