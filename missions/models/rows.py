"""What rows of several models share: places in the world that a row names, and stretches of time."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import CountryPage

_OPTIONAL: dict[str, Any] = {"null": True, "blank": True, "related_name": "+"}


def country_field(help_text: Any, **options: Any) -> models.ForeignKey[CountryPage | None, CountryPage | None]:
    """A column that names a country by its page in the source language."""
    options = {**_OPTIONAL, "verbose_name": _("country"), **options}
    return models.ForeignKey(CountryPage, on_delete=models.SET_NULL, help_text=help_text, **options)


def organisation_field(help_text: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    """A column that names an organisation by its page in the source language."""
    options = {**_OPTIONAL, "verbose_name": _("organisation"), **options}
    return models.ForeignKey("missions.OrganisationPage", on_delete=models.SET_NULL, help_text=help_text, **options)


def person_field(help_text: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    """A column that names a person by the page in the source language."""
    options = {**_OPTIONAL, "verbose_name": _("person"), **options}
    return models.ForeignKey("missions.PersonPage", on_delete=models.SET_NULL, help_text=help_text, **options)


class Period(models.Model):
    """From a day to a day, both included; either may be unknown, and without an end it lasts."""

    starts_on = models.DateField(_("from"), null=True, blank=True, help_text=_("The first day; empty: not known."))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty: it lasts."))

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raise ValidationError for a period that ends before it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("This is before the beginning.")})


def one_of_clean(row: models.Model, names: Sequence[str]) -> None:
    """Raise ValidationError unless the row names exactly one of these."""
    at_most_one_clean(row, names)
    if not any(getattr(row, f"{name}_id") for name in names):
        raise ValidationError({names[0]: _("Name one.")})


def at_most_one_clean(row: models.Model, names: Sequence[str]) -> None:
    """Raise ValidationError where the row names several of these; it may name none."""
    given = [name for name in names if getattr(row, f"{name}_id")]
    if len(given) > 1:
        raise ValidationError({given[-1]: _("Name one only, not several.")})


def periods_overlap(first: Any, second: Any) -> bool:
    """Whether two periods certainly overlap.

    Where the beginning is not known, the period is taken to be its last day; whoever goes on the day on which another
    comes makes no overlap.
    """
    latest = date.max.toordinal()
    (from_1, to_1), (from_2, to_2) = (
        (
            (row.starts_on or row.ends_on or date.max).toordinal(),
            row.ends_on.toordinal() if row.ends_on else latest + 1,
        )
        for row in (first, second)
    )
    return from_1 == from_2 or (from_1 < to_2 and from_2 < to_1)


def overlapping(rows: Iterable[Any], *, same: Sequence[str]) -> tuple[Any, Any] | None:
    """Two rows that are alike in the fields ``same`` and certainly overlap; None where there are none."""
    for first, second in combinations(rows, 2):
        if all(getattr(first, name) == getattr(second, name) for name in same) and periods_overlap(first, second):
            return first, second
    return None
