"""What a website says about the ministry on every page, one set for each site and locale."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from home.blocks.body import INLINE_FEATURES


class SiteSettings(TranslatableMixin, ClusterableModel):
    """Name of the ministry, tagline, footer and social links in one language."""

    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", editable=False
    )
    ministry_name = models.CharField(
        _("name of the ministry"), max_length=255, help_text=_("As it stands in the header of the website.")
    )
    tagline = models.CharField(
        _("tagline"), max_length=255, blank=True, help_text=_("A few words below the name of the ministry.")
    )
    footer = RichTextField(
        _("footer"), blank=True, features=INLINE_FEATURES, help_text=_("Address, legal notice: shown on every page.")
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True, help_text=_("For the public."))

    panels = [
        FieldPanel("ministry_name"),
        FieldPanel("tagline"),
        FieldPanel("footer"),
        FieldPanel("contact_email"),
        InlinePanel("social_links", label=_("Social link"), heading=_("Social links")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.UniqueConstraint(fields=["site", "locale"], name="home_site_settings_per_locale")]

    def __str__(self) -> str:
        return self.ministry_name or str(self.site)


class SocialLink(Orderable):
    """One account of the ministry on a social network."""

    class Network(models.TextChoices):
        """The networks that frontends have an icon for."""

        X = "x", "X"
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        YOUTUBE = "youtube", "YouTube"
        LINKEDIN = "linkedin", "LinkedIn"
        TELEGRAM = "telegram", "Telegram"
        OTHER = "other", _("Other")

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    network = models.CharField(
        _("network"), max_length=20, choices=Network.choices, help_text=_("Chooses the icon on the website.")
    )
    url = models.URLField(_("address"), help_text=_("The full address of the account, with https://."))
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("Read by screen readers; empty: the network's name.")
    )

    panels = [FieldPanel("network"), FieldPanel("url"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("social link")
        verbose_name_plural = _("social links")

    def __str__(self) -> str:
        return self.label or self.get_network_display()
