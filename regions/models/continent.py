"""A continent."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.models import BasePage, SearchTexts
from regions.geography import territory_name_or_none
from regions.models.codes import ContinentCode


class ContinentPage(BasePage):
    """A continent: what the ministry says of its relations there, its countries below, and pinned news."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["regions.CountryPage"]
    offered_in_list = True

    code = models.CharField(
        _("UN M49 code"), max_length=3, choices=ContinentCode.choices, help_text=_("The continent of this page.")
    )
    menu_label = models.CharField(
        _("menu label"), max_length=50, blank=True, help_text=_("Short name for menus; empty: the title.")
    )
    heading = models.CharField(
        _("heading"), max_length=255, blank=True, help_text=_("Shown large at the top of the page; empty: the title.")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("code"), FieldPanel("menu_label"), FieldPanel("heading")], heading=_("Continent")),
        FieldPanel("introduction"),
        BasePage.image_panel,
        FieldPanel("body"),
        InlinePanel("pinned_news", label=_("Pinned news item"), heading=_("Pinned news"), max_num=6),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("heading"),
        index.FilterField("code"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("code", overridable=False),
    ]

    class Meta:
        verbose_name = _("continent")
        verbose_name_plural = _("continents")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "code"], name="regions_continent_code_per_locale")
        ]

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        if texts is None:
            return None
        texts.head += [self.heading, self.menu_label, self.code]
        return texts

    def get_own_title(self) -> str:
        return territory_name_or_none(self.code, language_code=self.locale.language_code) or ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import gate_of_request
        from regions.selectors import plain_face

        gate = gate_of_request(request)
        context = super().get_context(request, *args, **kwargs)
        context["sub_regions"] = plain_face.country_list_shown_by_sub_region(continent=self, gate=gate)
        context["pinned_news"] = plain_face.pinned_news_shown(continent=self, gate=gate)
        context["news"] = plain_face.news_list_shown_for_continent(continent=self, gate=gate)
        return context


class ContinentPinnedNews(Orderable):
    """A news item that stays on top of a continent's news."""

    page = ParentalKey(ContinentPage, on_delete=models.CASCADE, related_name="pinned_news")
    news = models.ForeignKey(
        "regions.NewsPage",
        verbose_name=_("news item"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("In any language: readers get their own."),
    )

    panels = [PageChooserPanel("news")]

    class Meta(Orderable.Meta):
        verbose_name = _("pinned news item")
        verbose_name_plural = _("pinned news")
        constraints = [models.UniqueConstraint(fields=["page", "news"], name="regions_pinned_news_once")]
