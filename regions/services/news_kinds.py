"""Kinds of news in every locale."""

from collections.abc import Sequence

from wagtail.models import Locale

from home.services.bulk import translatable_bulk_create
from regions.models import NewsKind
from regions.services.texts import setup_texts


def news_kind_setup_all(*, locales: Sequence[Locale]) -> int:
    """Make the kinds of news that a locale lacks, in the order of the setup texts. Return how many."""
    existing = {(row.locale_id, row.slug): row for row in NewsKind.objects.filter(locale__in=locales)}
    keys = {row.slug: row.translation_key for row in existing.values()}
    rows = []
    for locale in locales:
        for position, (slug, name) in enumerate(setup_texts(locale.language_code).kinds.items(), start=1):
            if (locale.pk, slug) in existing:
                continue
            # `other` stays last, after the kinds that editors add (whose order is 100 unless they say otherwise).
            row = NewsKind(locale=locale, slug=slug, name=name, sort_order=900 if slug == "other" else position * 10)
            row.translation_key = keys.setdefault(slug, row.translation_key)
            rows.append(row)
    translatable_bulk_create(rows=rows)
    return len(rows)
