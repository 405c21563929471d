"""Kinds of news."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField


class NewsKind(index.Indexed, TranslatableMixin, models.Model):
    """What a news item is: communiqué, meeting, visit and so on. Editors may add kinds."""

    slug = models.SlugField(
        _("slug"),
        max_length=50,
        help_text=_("Latin letters; the same in every language, because frontends filter by it."),
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("In the language of this entry."))
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Small numbers come first in lists of kinds.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("sort_order")]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("kind of news")
        verbose_name_plural = _("kinds of news")
        ordering = ["sort_order", "slug"]
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="regions_news_kind_slug_per_locale")]

    def __str__(self) -> str:
        return self.name or self.slug
