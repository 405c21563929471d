"""A country or territory."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import FactStreamBlock
from home.blocks.texts import block_texts
from home.models import BasePage, SearchTexts
from regions.admin.panels import CountryPageForm
from regions.geography import territory_name_or_none
from regions.models.codes import flag_emoji, validate_alpha2, validate_alpha3


class CountryPage(BasePage):
    """A country or territory: its names, facts and relations. The title is its short name."""

    parent_page_types = ["regions.ContinentPage"]
    subpage_types: list[str] = []
    offered_in_list = True

    class Status(models.TextChoices):
        """Whether the ministry speaks of a state or of a territory."""

        STATE = "state", _("State")
        TERRITORY = "territory", _("Territory")

    code = models.CharField(
        _("ISO alpha-2 code"), max_length=2, validators=[validate_alpha2], help_text=_("Two letters, for example MX.")
    )
    alpha3 = models.CharField(
        _("ISO alpha-3 code"),
        max_length=3,
        validators=[validate_alpha3],
        help_text=_("Three letters, for example MEX."),
    )
    formal_name = models.CharField(
        _("formal name"), max_length=255, blank=True, help_text=_("For example: the United Mexican States.")
    )
    nominative = models.CharField(
        _("name in a sentence"),
        max_length=255,
        blank=True,
        help_text=_("With its article where it takes one, in the language of this page: le Mexique, Cuba."),
    )
    in_country = models.CharField(
        _("“in the country”"),
        max_length=255,
        blank=True,
        help_text=_("As sentences have it, in the language of this page: au Mexique, en France, à Cuba."),
    )
    demonym = models.CharField(
        _("inhabitants"),
        max_length=255,
        blank=True,
        help_text=_("Masculine, then feminine, in the language of this page: Mexicain, Mexicaine."),
    )
    adjective = models.CharField(
        _("adjective"),
        max_length=255,
        blank=True,
        help_text=_("Masculine, then feminine, in the language of this page: mexicain, mexicaine."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.STATE,
        help_text=_("Member states of the United Nations and others are states; the rest are territories."),
    )
    capital = models.CharField(_("capital"), max_length=255, blank=True, help_text=_("In the language of this page."))
    sub_region = models.ForeignKey(
        "regions.SubRegion",
        verbose_name=_("sub-region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The smallest sub-region that the country is part of."),
    )
    relations_since = models.DateField(
        _("diplomatic relations since"), null=True, blank=True, help_text=_("The day relations were established.")
    )
    key_facts = StreamField(
        FactStreamBlock(), verbose_name=_("key facts"), blank=True, help_text=_("Currency, languages, population …")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("formal_name"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("alpha3"), FieldPanel("status")]),
                FieldRowPanel(
                    [
                        FieldPanel("capital"),
                        FieldPanel("sub_region", widget=forms.Select),
                        FieldPanel("relations_since"),
                    ]
                ),
            ],
            heading=_("Country"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("nominative"), FieldPanel("in_country")]),
                FieldRowPanel([FieldPanel("demonym"), FieldPanel("adjective")]),
            ],
            heading=_("The name in sentences"),
            help_text=_(
                "Each language has its own forms: in a translation, write what its sentences need, not a literal "
                "translation. Leave a form empty where you are not sure."
            ),
        ),
        FieldPanel("introduction"),
        BasePage.image_panel,
        FieldPanel("key_facts"),
        FieldPanel("body"),
    ]
    base_form_class = CountryPageForm
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("formal_name"),
        index.SearchField("capital"),
        index.FilterField("code"),
    ]
    search_related = ("sub_region",)
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("code", overridable=False),
        SynchronizedField("alpha3", overridable=False),
    ]

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "code"], name="regions_country_code_per_locale"),
            models.UniqueConstraint(fields=["locale_code", "alpha3"], name="regions_country_alpha3_per_locale"),
        ]

    def clean(self) -> None:
        """Raise ValidationError when the sub-region is of another language or already divided further."""
        super().clean()
        if not self.sub_region:
            return
        if self.locale_id and self.sub_region.locale_id != self.locale_id:
            raise ValidationError({"sub_region": _("This sub-region is in another language than the page.")})
        if self.sub_region.children.exists():
            raise ValidationError({"sub_region": _("Choose the smaller sub-region within it.")})

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        if texts is None:
            return None
        texts.head += [self.formal_name, self.capital, self.code, self.alpha3]
        texts.text = [*block_texts(self.key_facts.stream_block, list(self.key_facts.raw_data)), *texts.text]
        if self.sub_region:
            texts.more.append(self.sub_region.name)
        return texts

    def get_own_title(self) -> str:
        return territory_name_or_none(self.code, language_code=self.locale.language_code) or ""

    @property
    def flag(self) -> str:
        """The flag emoji."""
        return flag_emoji(self.code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import gate_of_request
        from regions.selectors import plain_face

        gate = gate_of_request(request)
        context = super().get_context(request, *args, **kwargs)
        context["news"] = plain_face.news_list_shown_for_country(country=self, gate=gate)
        return context
