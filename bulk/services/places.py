"""Where new pages go: below which index, at which address."""

from typing import Any

from django.utils.translation import gettext as _

from bulk.columns.column import RecordType
from bulk.selectors.stored import slugs_below
from bulk.sheets import SheetError
from home.models import RecordPage
from regions.services.trees import latin_slug, slug_free


class Places:
    """The indexes of a type of record by language, and the addresses that are taken below them."""

    def __init__(self, record_type: RecordType, *, languages: list[str]) -> None:
        self.record_type = record_type
        found = record_type.index._default_manager.filter(locale_code__in=languages).select_related("locale")
        self.indexes: dict[str, Any] = {index.locale_code: index for index in found}
        for code in languages:
            if code not in self.indexes:
                raise SheetError(
                    _("There is no page in “%(code)s” to put them below: run setup_site.") % {"code": code}
                )
        self._taken = {code: slugs_below(index) for code, index in self.indexes.items()}

    def source_page(self, *, code: str, key: str) -> RecordPage:
        """A new page of the source language, without anything but its key."""
        page = self.record_type.model(locale=self.indexes[code].locale, locale_code=code, record_key=key)
        page.neighbours_are_checked = True
        return page

    def translation_of(self, source: RecordPage, *, code: str, key: str) -> RecordPage:
        """A new page of another language: the facts repeated, as their columns must be, and no text."""
        page = self.source_page(code=code, key=key)
        page.translation_key = source.translation_key
        for name in source.fact_fields:
            attribute = source._meta.get_field(name).attname
            setattr(page, attribute, getattr(source, attribute))
        return page

    def give(self, page: Any, *, key: str, like: Any = None) -> None:
        """Give a new page an address that is free: that of ``like``, else one made of its title."""
        taken = self._taken[page.locale_code]
        slug = like.slug if like is not None else latin_slug(page.title)
        if not slug or slug in taken:
            slug = latin_slug(f"{page.title}-{key}") or latin_slug(key)
        page.slug = slug_free(slug, taken=taken)
        taken.add(page.slug)
