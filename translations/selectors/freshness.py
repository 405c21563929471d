"""How fresh the public pages of each language are, told from what the public may see and from nothing else.

A translation is compared with the public source page. Drafts, translations that are under way and who works on them do
not come in; where the source is not for the public, nothing is told of it, and the translation counts as up to date.
The same is said in SQL, for what may have thousands of rows, and in Python.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from wagtail.fields import StreamField

from home.models import BasePage, HomePage, StandardPage
from home.selectors.keys import Key
from home.selectors.locales import locale_codes, locale_source
from home.selectors.pages import Row, page_queryset_shown, page_queryset_visible
from home.selectors.prepared import KEY, any_of, prepared
from home.selectors.visibility import Conditions, Gate
from missions.models import (
    MissionIndexPage,
    MissionPage,
    OrganisationIndexPage,
    OrganisationPage,
    PersonIndexPage,
    PersonPage,
)
from regions.models import ContinentPage, CountryPage, NewsIndexPage, NewsPage
from relations.models import AgreementIndexPage, AgreementPage, EventIndexPage, EventPage
from translations.models import SourceText
from travel.models import TravelAdviceIndexPage, TravelAdvicePage

# A page in each language that the public sees it in.
Translations = Mapping[str, Row]

_FIELDS = (
    "id",
    "translation_key",
    "locale_code",
    "path",
    "url_path",
    "first_published_at",
    "last_published_at",
    "changed_at",
)
_HAS = "has__"
_EMPTY_STREAMS = ("", "[]", "null")
# What lists require of pages besides that they are public.
_LISTED: dict[type[BasePage], Q] = {NewsPage: Q(date__isnull=False)}


class Freshness(Enum):
    """What readers of a language are shown of a page."""

    SOURCE = "source"
    UP_TO_DATE = "up_to_date"
    OUTDATED = "outdated"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The fields of a model that hold text besides the title; those that are ``filled`` from another page if empty."""

    fields: tuple[str, ...]
    filled: tuple[str, ...] = ()


_COMMON = ("introduction", "body", "search_description")
_OF_CONTINENTS = ("menu_label", "heading", *_COMMON)
_OF_COUNTRIES = ("formal_name", "capital", *_COMMON, "key_facts")
# Pictures and dates are in no language. Continents and countries stand in every language before they are translated,
# and are answered from the source where they are empty.
PAGE_TEXTS: dict[type[BasePage], PageTexts] = {
    HomePage: PageTexts(("heading", *_COMMON)),
    StandardPage: PageTexts(_COMMON),
    ContinentPage: PageTexts(_OF_CONTINENTS, filled=_OF_CONTINENTS),
    CountryPage: PageTexts(_OF_COUNTRIES, filled=_OF_COUNTRIES),
    NewsPage: PageTexts(_COMMON),
    NewsIndexPage: PageTexts(_COMMON),
    MissionPage: PageTexts(("city", "address_text", "district", *_COMMON)),
    MissionIndexPage: PageTexts(_COMMON),
    OrganisationPage: PageTexts(("acronym", "formal_name", "seat_city", *_COMMON)),
    OrganisationIndexPage: PageTexts(_COMMON),
    PersonPage: PageTexts(("courtesy_title", *_COMMON)),
    PersonIndexPage: PageTexts(_COMMON),
    EventPage: PageTexts(("place", *_COMMON)),
    EventIndexPage: PageTexts(_COMMON),
    AgreementPage: PageTexts(("place", *_COMMON)),
    AgreementIndexPage: PageTexts(_COMMON),
    TravelAdvicePage: PageTexts(("change_note", "sections", *_COMMON)),
    TravelAdviceIndexPage: PageTexts(_COMMON),
}


@dataclass(frozen=True, slots=True)
class PageFreshness:
    """How fresh a page is in one language.

    ``progress`` is the part of its texts, 0 to 1, that are in the language, ``untranslated`` names the others, as the
    model does. ``page`` is the row of the page, None where there is none in the language.
    """

    locale: str
    status: Freshness
    progress: float
    untranslated: tuple[str, ...]
    is_outdated: bool
    source_updated_at: datetime | None
    page: Row | None


def freshness_of(translations: Translations, *, locale: str, texts: PageTexts) -> PageFreshness:
    """How fresh a page is in a language, from what ``page_translations`` gives of it."""
    source, page = translations.get(locale_source()), translations.get(locale)
    untranslated: tuple[str, ...] = ()
    is_outdated, progress = False, 1.0
    if page is None:
        status, progress = Freshness.MISSING, 0.0
        shown = source or next(iter(translations.values()), {})
        untranslated = ("title", *(name for name in texts.fields if shown.get(_HAS + name)))
    elif locale == locale_source():
        status = Freshness.SOURCE
    else:
        if source is not None:
            is_outdated = _is_older(page["last_published_at"], source["changed_at"])
            untranslated = tuple(name for name in texts.filled if source[_HAS + name] and not page[_HAS + name])
        own = 1 + sum(page[_HAS + name] for name in texts.fields)
        progress = round(own / (own + len(untranslated)), 2)
        status = Freshness.PARTIAL if untranslated else Freshness.OUTDATED if is_outdated else Freshness.UP_TO_DATE
    return PageFreshness(
        locale=locale,
        status=status,
        progress=progress,
        untranslated=untranslated,
        is_outdated=is_outdated,
        source_updated_at=None if source is None else _changed_in_public(source),
        page=page,
    )


def _is_older(published_at: datetime | None, changed_at: datetime | None) -> bool:
    return published_at is not None and changed_at is not None and published_at < changed_at


def _changed_in_public(source: Row) -> datetime | None:
    """When the texts last changed for readers: not when somebody wrote them before they were published."""
    changed_at, first, last = source["changed_at"], source["first_published_at"], source["last_published_at"]
    if changed_at is None:
        return None
    at_least: datetime = changed_at if first is None else max(changed_at, first)
    return at_least if last is None else min(at_least, last)


def page_translations(
    model: type[BasePage], *, keys: Collection[Key], texts: PageTexts, gate: Gate
) -> dict[Key, dict[str, Row]]:
    """Pages of one type in each language in which the public sees them, in the order of the settings. One statement."""
    codes = tuple(locale_codes())
    statement = prepared(
        ("page_translations", model, texts, codes, gate.shape),
        lambda: _rows(model, gate=gate.shape, texts=texts, codes=codes).filter(any_of("translation_key", "keys", KEY)),
    )
    return _by_key(statement.rows({**gate.values, "keys": keys}))


def freshness_visible(model: type[BasePage], *, gate: Conditions) -> QuerySet[Any]:
    """The public pages of a type in every language, those left out that no list shows."""
    return page_queryset_visible(model, gate=gate).filter(_LISTED.get(model, Q()))


def freshness_shown(model: type[BasePage], *, gate: Conditions, chain: Sequence[str]) -> QuerySet[Any]:
    """The pages of a type that lists show to readers with a chain of languages, annotated with their ``freshness``."""
    pages = page_queryset_shown(model, gate=gate, chain=chain).filter(_LISTED.get(model, Q()))
    cases = [
        When(condition, then=Value(status.value))
        for status, condition in _conditions(model, gate=gate, locale=chain[0]).items()
    ]
    return _with_texts(pages, PAGE_TEXTS[model].filled).annotate(freshness=Case(*cases, output_field=CharField()))


def _with_texts(pages: QuerySet[Any], fields: Sequence[str]) -> QuerySet[Any]:
    """``pages`` with StreamFields among ``fields`` as text, for ``_is_empty``."""
    streams = _streams(pages.model, fields)
    return pages.alias(**{f"{name}_text": Cast(name, TextField()) for name in streams})


def _streams(model: type[Any], fields: Sequence[str]) -> list[str]:
    return [name for name in fields if isinstance(model._meta.get_field(name), StreamField)]


def _is_empty(model: type[Any], fields: Sequence[str]) -> dict[str, Q]:
    """The condition that each field is empty, on pages that ``_with_texts`` gave."""
    streams = _streams(model, fields)
    return {name: Q(**{f"{name}_text__in": _EMPTY_STREAMS}) if name in streams else Q(**{name: ""}) for name in fields}


def _rows(
    model: type[BasePage], *, gate: Conditions, texts: PageTexts, codes: Sequence[str]
) -> QuerySet[BasePage, dict[str, Any]]:
    pages = _with_texts(freshness_visible(model, gate=gate).filter(locale_code__in=codes), texts.fields)
    has = {
        _HAS + name: Case(When(empty, then=Value(False)), default=Value(True), output_field=BooleanField())
        for name, empty in _is_empty(model, texts.fields).items()
    }
    rows: QuerySet[BasePage, dict[str, Any]] = pages.annotate(changed_at=_changed_at(), **has).values(*_FIELDS, *has)
    return rows


def _changed_at() -> Coalesce:
    """When the texts of a source last changed; of one that was never noted, when it was last published."""
    noted = SourceText.objects.filter(translation_key=OuterRef("translation_key"), locale_id=OuterRef("locale_id"))
    return Coalesce(Subquery(noted.values("changed_at")[:1]), F("last_published_at"), output_field=DateTimeField())


def _by_key(rows: list[Row]) -> dict[Key, dict[str, Row]]:
    order = {code: place for place, code in enumerate(locale_codes())}
    found: dict[Key, dict[str, Row]] = {}
    for row in sorted(rows, key=lambda row: order[row["locale_code"]]):
        found.setdefault(row["translation_key"], {})[row["locale_code"]] = row
    return found


@dataclass(frozen=True, slots=True)
class NewsFreshness:
    """The condition that news are shown to a reader in one of some states; ``regions.selectors.news`` takes it.

    No field of a news item is filled from another language, so no item is in part translated.
    """

    statuses: frozenset[Freshness]

    def condition(self, *, gate: Conditions, chain: Sequence[str]) -> Q:
        """The condition on items shown to a reader with this chain of languages."""
        condition = Q(pk__in=[])
        for status, one in _conditions(NewsPage, gate=gate, locale=chain[0]).items():
            if status in self.statuses:
                condition |= one
        return condition


def _conditions(model: type[BasePage], *, gate: Conditions, locale: str) -> dict[Freshness, Q]:
    """The condition of each state on pages shown to a reader of ``locale``, in the order in which they are asked.

    The same as ``freshness_of`` tells of one page.
    """
    own = Q(locale_code=locale)
    if locale == locale_source():
        return {Freshness.SOURCE: own, Freshness.MISSING: ~own}
    filled = PAGE_TEXTS[model].filled
    sources = _with_texts(
        freshness_visible(model, gate=gate).filter(
            locale_code=locale_source(), translation_key=OuterRef("translation_key")
        ),
        filled,
    )
    newer = Exists(sources.annotate(changed_at=_changed_at()).filter(changed_at__gt=OuterRef("last_published_at")))
    conditions = {Freshness.MISSING: ~own}
    if filled:
        lacking = Q(pk__in=[])
        for empty in _is_empty(model, filled).values():
            lacking |= empty & Q(Exists(sources.filter(~empty)))
        conditions[Freshness.PARTIAL] = own & lacking
    return {**conditions, Freshness.OUTDATED: own & Q(newer), Freshness.UP_TO_DATE: own & ~Q(newer)}
