"""What an import made of a piece of the old portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision


class ImportRecord(models.Model):
    """Ties a piece of a saved page of the old portal to the page that was made of it.

    An import finds its pages again by ``source_key``, so a title that editors change stays changed. A page whose latest
    revision is no longer ``revision`` was changed since, and is not overwritten. A record without a page says that an
    editor deleted the page: the import does not bring it back unasked.
    """

    # Bookkeeping, not a use of the page that an editor should be warned of before deleting it.
    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """Which piece of a saved page."""

        CONTINENT = "continent", _("Continent")
        NEWS = "news", _("News item")
        EVENT = "event", _("Event")

    locale = models.ForeignKey(
        Locale,
        verbose_name=_("locale"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The language of the saved page."),
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, help_text=_("Which piece of a saved page this is.")
    )
    source_key = models.CharField(
        _("source key"),
        max_length=64,
        help_text=_("The continent's code, an event's key, or a hash of the item's title that spelling leaves alone."),
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty when the page was deleted."),
    )
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The version of the page that the import wrote last."),
    )
    digest = models.CharField(
        _("digest"), max_length=64, help_text=_("A hash of what the saved page said, to notice that it says more now.")
    )
    news_count = models.PositiveIntegerField(
        _("news in the list"),
        null=True,
        help_text=_("How many items the saved page of a continent listed. A later copy that lists none is cut off."),
    )
    imported_at = models.DateTimeField(
        _("imported at"), auto_now=True, help_text=_("When an import last wrote the page.")
    )

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")
        constraints = [
            models.UniqueConstraint(fields=["locale", "kind", "source_key"], name="regions_import_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_key}"
