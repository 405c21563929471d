"""Records on the plain HTML pages: text in the language of the page that is shown, or along its chain; facts from the
page of the source language (ADR 0011).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Collate
from wagtail.models import Locale, TranslatableMixin

from home.language.collation import collation_name
from home.models import RecordPage
from home.selectors.keys import Key
from home.selectors.locales import locale_chain, locale_source
from home.selectors.pages import page_queryset_visible
from home.selectors.records import record_queryset_shown
from home.selectors.visibility import Gate

_Record = TypeVar("_Record", bound=RecordPage)
_Row = TypeVar("_Row", bound=TranslatableMixin)

# What lists do not show.
_LONG = ("body", "introduction", "search_description")


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record as one reader is shown it: ``page`` has the texts, ``facts`` is the page of the source language."""

    page: Any
    facts: Any


def record_source_shown(*, page: _Record, gate: Gate) -> _Record | None:
    """The visible page that has the facts of ``page``; the page itself when it is of the source language."""
    if page.is_source:
        return page
    source: _Record | None = (
        page_queryset_visible(type(page), gate=gate)
        .filter(translation_key=page.translation_key, locale_code=locale_source())
        .first()
    )
    return source


def record_list_of_locale(*, model: type[RecordPage], locale: Locale, gate: Gate) -> QuerySet[Any]:
    """The source pages of the records that a reader of ``locale`` is shown: filter, sort and cut these."""
    return record_queryset_shown(model, gate=gate, chain=locale_chain(locale=locale.language_code)).defer(*_LONG)


def by_shown_title(queryset: QuerySet[Any], *, locale: Locale, gate: Gate) -> QuerySet[Any]:
    """Source pages in the order of the titles that a reader of ``locale`` sees."""
    translated = page_queryset_visible(queryset.model, gate=gate).filter(
        translation_key=OuterRef("translation_key"), locale_code=locale.language_code
    )
    title = Coalesce(Subquery(translated.values("title")[:1]), F("title"))
    return queryset.annotate(shown_title=title).order_by(
        Collate("shown_title", collation_name(locale.language_code)), "pk"
    )


def records_of_sources(*, sources: Iterable[Any], locale: Locale, gate: Gate) -> list[ShownRecord]:
    """Visible source pages of one model with their texts for readers of ``locale``, in order. One statement."""
    found = list(sources)
    if not found:
        return []
    texts = _texts(type(found[0]), keys=[page.translation_key for page in found], locale=locale, gate=gate)
    return [ShownRecord(texts[page.translation_key], page) for page in found if page.translation_key in texts]


def records_by_ids(
    *, model: type[RecordPage], ids: Collection[int | None], locale: Locale, gate: Gate
) -> dict[int, ShownRecord]:
    """Records that columns name by the ids of their source pages, hidden ones left out. Two statements at the most."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    sources = page_queryset_visible(model, gate=gate).filter(pk__in=wanted, locale_code=locale_source()).defer(*_LONG)
    return {record.facts.pk: record for record in records_of_sources(sources=sources, locale=locale, gate=gate)}


def rows_in_language(*, own: Iterable[_Row], facts: Iterable[_Row]) -> list[tuple[_Row, _Row]]:
    """Each child row of the source with the row that has its text: that of the page shown, else itself."""
    texts = {row.translation_key: row for row in own}
    return [(row, texts.get(row.translation_key, row)) for row in facts]


def _texts(model: type[RecordPage], *, keys: Collection[Key], locale: Locale, gate: Gate) -> dict[Key, RecordPage]:
    chain = locale_chain(locale=locale.language_code)
    pages = page_queryset_visible(model, gate=gate).filter(Q(translation_key__in=keys), locale_code__in=chain)
    best: dict[Key, RecordPage] = {}
    for page in sorted(pages.defer("body"), key=lambda page: chain.index(page.locale_code)):
        best.setdefault(page.translation_key, page)
    return best
