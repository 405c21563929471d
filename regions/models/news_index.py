"""The list of news of one language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.models import BasePage


class NewsIndexPage(BasePage):
    """Holds the news of one language; editors add news items below it. One for each locale."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["regions.NewsPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="regions_news_index_one_per_locale")]
