"""How much of each continent readers find in each language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from wagtail.models import Locale, Page

from regions.models.codes import ContinentCode
from regions.selectors.places import pages_of_continent, places_lacking_text
from translations.models import SourceText


@dataclass(frozen=True, slots=True)
class Coverage:
    """Pages of a part of the site in one locale: of ``total`` source pages, those translated and those outdated."""

    total: int
    current: int
    outdated: int

    @property
    def missing(self) -> int:
        """Pages that readers get in another language."""
        return self.total - self.current - self.outdated

    def percent(self, part: int) -> int:
        """A part of the whole, rounded down; 0 of nothing."""
        return part * 100 // self.total if self.total else 0

    @property
    def percent_current(self) -> int:
        return self.percent(self.current)

    @property
    def percent_outdated(self) -> int:
        return self.percent(self.outdated)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A continent, or the whole site where ``code`` is empty, with its coverage by language code."""

    code: str
    name: Any
    locales: dict[str, Coverage]


def coverage_matrix(*, locales: list[Locale]) -> list[CoverageRow]:
    """The whole site, then each continent; a statement for each locale and row."""
    source = Locale.objects.get(language_code=settings.DIWAN_SOURCE_LOCALE)
    rows: list[tuple[str, Any, Q]] = [("", "", Q())]
    rows += [(code, name, pages_of_continent(code=code, locale=source)) for code, name in ContinentCode.choices]
    return [
        CoverageRow(
            code,
            name,
            {locale.language_code: coverage_get(source=source, locale=locale, pages=pages) for locale in locales},
        )
        for code, name, pages in rows
    ]


def coverage_get(*, source: Locale, locale: Locale, pages: Q) -> Coverage:
    """How many of the public source pages in ``pages`` are public in ``locale``, and older than a change of text."""
    targets = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True, alias_of=None)
    is_translated = Exists(targets) & ~places_lacking_text(source=source, locale=locale)
    changed = SourceText.objects.filter(translation_key=OuterRef("translation_key"), locale=source)
    counted = (
        Page.objects.live()
        .public()
        .filter(pages, locale=source, alias_of=None, depth__gt=2)
        .annotate(
            is_translated=Case(When(is_translated, then=True), default=False, output_field=BooleanField()),
            translated_at=Subquery(targets.values("last_published_at")[:1]),
            changed_at=Coalesce(Subquery(changed.values("changed_at")[:1]), F("last_published_at")),
        )
        .aggregate(
            total=Count("pk"),
            translated=Count("pk", filter=Q(is_translated=True)),
            outdated=Count("pk", filter=Q(is_translated=True, translated_at__lt=F("changed_at"))),
        )
    )
    return Coverage(counted["total"], counted["translated"] - counted["outdated"], counted["outdated"])
