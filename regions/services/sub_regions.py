"""Sub-regions of UN M49 in every locale."""

from collections.abc import Sequence

from wagtail.models import Locale

from home.services.bulk import translatable_bulk_create
from regions.geography import sub_region_entries, territory_name
from regions.models import SubRegion


def sub_region_setup_all(*, locales: Sequence[Locale]) -> int:
    """Make the sub-regions that a locale lacks, named in its language, below their larger ones. Return how many."""
    existing = {(row.locale_id, row.code): row for row in SubRegion.objects.filter(locale__in=locales)}
    keys = {row.code: row.translation_key for row in existing.values()}
    created = 0
    # A parent's row must be there before its children's: first those directly below a continent, then the others.
    for has_parent in (False, True):
        rows = []
        for locale in locales:
            for entry in sub_region_entries():
                if (entry.parent_code is not None) != has_parent or (locale.pk, entry.code) in existing:
                    continue
                row = SubRegion(
                    locale=locale,
                    code=entry.code,
                    continent_code=entry.continent_code,
                    name=territory_name(entry.code, language_code=locale.language_code),
                    parent=existing[locale.pk, entry.parent_code] if entry.parent_code else None,
                )
                row.translation_key = keys.setdefault(entry.code, row.translation_key)
                rows.append(row)
        translatable_bulk_create(rows=rows)
        existing.update({(row.locale_id, row.code): row for row in rows})
        created += len(rows)
    return created
