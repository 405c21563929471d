"""A news item."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.language.hijri import hijri_date_or_none
from home.models import BasePage, SearchTexts
from regions.admin.panels import NewsPageForm, PlacePanel


class NewsPage(BasePage):
    """A news item: communiqué, meeting, visit … An item may stand in one language only."""

    parent_page_types = ["regions.NewsIndexPage"]
    subpage_types: list[str] = []

    kind = models.ForeignKey(
        "regions.NewsKind",
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What sort of news this is."),
    )
    date = models.DateField(
        _("date"), null=True, help_text=_("The day of the event in the ministry's time zone; required to publish.")
    )
    featured = models.BooleanField(
        _("featured"), default=False, help_text=_("Featured items come first on the website's home page.")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("kind", widget=forms.Select), FieldPanel("date"), FieldPanel("featured")])],
            heading=_("News item"),
        ),
        FieldPanel("introduction", heading=_("Summary")),
        BasePage.image_panel,
        FieldPanel("body"),
        PlacePanel("country_links", place_field="country", label=_("Country"), heading=_("Countries")),
        PlacePanel("continent_links", place_field="continent", label=_("Continent"), heading=_("Continents")),
    ]
    base_form_class = NewsPageForm
    search_fields = [
        *BasePage.search_fields,
        index.FilterField("kind_id"),
        index.FilterField("date"),
        index.FilterField("featured"),
    ]
    search_related = ("kind",)
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("country_links"),
        SynchronizedField("continent_links"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        indexes = [models.Index(fields=["locale_code", "-date", "-page_ptr"], name="regions_news_locale_date")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and not {"date", "locale_code"}.intersection(update_fields):
            return
        # Links that are not in memory are not saved along.
        for model in (NewsCountryLink, NewsContinentLink):
            links = model._default_manager.filter(page_id=self.pk)
            links = links.exclude(date=self.date, locale_code=self.locale_code)
            if links.exists():
                links.update(date=self.date, locale_code=self.locale_code)

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        # No list shows an item without a date.
        if texts is None or self.date is None:
            return None
        texts.more.append(self.kind.name)
        texts.day = self._meta.get_field("date").to_python(self.date)
        return texts

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import gate_of_request
        from regions.extensions import face_sections
        from regions.selectors import plain_face

        gate = gate_of_request(request)
        context = super().get_context(request, *args, **kwargs)
        # Readers of Arabic look for it; the endpoint gives it in every language.
        if self.locale_code == "ar":
            context["hijri_date"] = hijri_date_or_none(self.date, language_code=self.locale_code)
        context["countries"] = plain_face.country_links_shown(news=self, gate=gate)
        context["continents"] = plain_face.continent_links_shown(news=self, gate=gate)
        context["sections"] = face_sections(page=self, gate=gate)
        return context


class _OfPage:
    """A column that repeats one of the item's, whether its row is saved alone or in bulk."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = getattr(model_instance.page, self.attname)  # type: ignore[attr-defined] # a field's
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined] # a field's
        return value


class DateOfPage(_OfPage, models.DateField):
    """The item's date."""


class LocaleCodeOfPage(_OfPage, models.CharField):
    """The item's locale."""


class KeyOfPlace(models.UUIDField):
    """The translation key of the place that a link names, whether its row is saved alone or in bulk."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.get_place().translation_key
        setattr(model_instance, self.attname, value)
        return value


class _NewsLink(Orderable):
    """A place that a news item is about.

    The place may be a page of any locale: readers and filters go by its translation key, which never changes. It is
    repeated here with date and locale of the item, because an index that gives the latest items of each place must have
    all of it in one table.
    """

    place_key = KeyOfPlace(editable=False)
    date = DateOfPage(null=True, editable=False)
    locale_code = LocaleCodeOfPage(max_length=12, editable=False)

    class Meta(Orderable.Meta):
        abstract = True


class NewsCountryLink(_NewsLink):
    """A country that a news item is about."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="country_links")
    country = models.ForeignKey(
        "regions.CountryPage",
        verbose_name=_("country"),
        on_delete=models.CASCADE,
        related_name="news_links",
        help_text=_("The item is listed on this country's page in every language."),
    )

    panels = [FieldPanel("country", widget=forms.Select)]

    class Meta(_NewsLink.Meta):
        verbose_name = _("country of a news item")
        verbose_name_plural = _("countries of a news item")
        constraints = [models.UniqueConstraint(fields=["page", "country"], name="regions_news_country_once")]
        indexes = [
            models.Index(fields=["place_key", "locale_code", "-date", "-page"], name="regions_news_country_latest"),
            # For continents: the latest of all, with the countries at hand.
            models.Index(fields=["locale_code", "-date", "-page", "place_key"], name="regions_news_countries_latest"),
        ]

    def get_place(self) -> Page:
        """The page of the country."""
        return self.country


class NewsContinentLink(_NewsLink):
    """A continent that a news item is about as a whole; that of its countries needs no link."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="continent_links")
    continent = models.ForeignKey(
        "regions.ContinentPage",
        verbose_name=_("continent"),
        on_delete=models.CASCADE,
        related_name="news_links",
        help_text=_("The item is listed on this continent's page in every language."),
    )

    panels = [FieldPanel("continent", widget=forms.Select)]

    class Meta(_NewsLink.Meta):
        verbose_name = _("continent of a news item")
        verbose_name_plural = _("continents of a news item")
        constraints = [models.UniqueConstraint(fields=["page", "continent"], name="regions_news_continent_once")]
        indexes = [
            models.Index(fields=["place_key", "locale_code", "-date", "-page"], name="regions_news_continent_latest")
        ]

    def get_place(self) -> Page:
        """The page of the continent."""
        return self.continent
