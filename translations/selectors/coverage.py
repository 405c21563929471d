"""How much of the website readers of a language find in it: the one count that the desk and the endpoint tell.

A page counts once for each language: as what readers of the language are shown by its chain, in one state, which is
that of ``freshness_of``. What no list shows them, and what is not public, does not count. A news item belongs to each
continent that it is about, or a country of which it is about; a country to the continent that it stands below.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from home.models import BasePage
from home.selectors.counts import count_kept
from home.selectors.locales import locale_chain
from home.selectors.prepared import Statement, compiled, joined, prepared
from home.selectors.visibility import Conditions, Gate
from regions.models.codes import ContinentCode
from regions.selectors.places import continents_with_paths, places_of_news
from translations.selectors.freshness import PAGE_TEXTS, Freshness, freshness_shown

WHOLE = ""
"""In the place of a continent's code: all pages."""

_PAGES = "SELECT '{locale}' AS locale, '{model}' AS model, page.* FROM ({{{part}}}) page"
_COUNTED = """
    SELECT locale, model, code, freshness, number
    FROM (
        WITH shown AS ({shown})
        SELECT locale, model, '' AS code, freshness, COUNT(*) AS number FROM shown GROUP BY locale, model, freshness
        {by_continent}
    ) counted
"""
_BY_CONTINENT = """
        UNION ALL
        SELECT locale, model, code, freshness, COUNT(*) FROM (
            SELECT shown.locale, shown.model, shown.id, shown.freshness, continent.code
            FROM shown JOIN ({continents}) continent
            ON SUBSTR(shown.path, 1, LENGTH(continent.path)) = continent.path
            WHERE shown.model IN ('continentpage', 'countrypage')
            UNION
            SELECT shown.locale, shown.model, shown.id, shown.freshness, place.code
            FROM shown JOIN ({places}) place ON place.page_id = shown.id
            WHERE shown.model = 'newspage'
        ) member
        GROUP BY locale, model, code, freshness
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Pages of a part of the website in one language, by their states."""

    counts: Mapping[Freshness, int]

    @property
    def total(self) -> int:
        """All that readers of the language are shown."""
        return sum(self.counts.values())

    def percent(self, *statuses: Freshness) -> int:
        """A part of the whole, rounded down; 0 of nothing."""
        return sum(self.counts[status] for status in statuses) * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A continent, or the whole site where ``code`` is ``WHOLE``, with its coverage by language code."""

    code: str
    name: Any
    locales: dict[str, Coverage]


def coverage_matrix(*, locales: Sequence[str], gate: Gate) -> list[CoverageRow]:
    """The whole site, then each continent: one statement."""
    codes = [(WHOLE, ""), *ContinentCode.choices]
    found = coverage_counts(locales=locales, models=list(PAGE_TEXTS), gate=gate, by_continent=True)
    return [CoverageRow(code, name, {locale: found[locale, code] for locale in locales}) for code, name in codes]


def coverage_counts(
    *, locales: Sequence[str], models: Sequence[type[BasePage]], gate: Gate, by_continent: bool = False
) -> dict[tuple[str, str], Coverage]:
    """The coverage of each language by pages of some types, by language code and continent's code.

    One statement, and none where the same was counted under this content version.
    """
    chains = tuple(locale_chain(locale=locale) for locale in locales)
    shape = (chains, tuple(models), by_continent)

    @cache
    def counts() -> dict[tuple[str, str, Freshness], int]:
        statement = prepared(
            ("coverage_counts", shape, gate.shape), lambda: _statement(chains, models, gate.shape, by_continent)
        )
        summed: dict[tuple[str, str, Freshness], int] = {}
        for locale, _model, code, status, number in statement.tuples(gate.values):
            key = (locale, code, Freshness(status))
            summed[key] = summed.get(key, 0) + number
        return summed

    def counted(locale: str, code: str, status: Freshness) -> int:
        key = ("coverage", shape, locale, code, status)
        return count_kept(key, gate=gate, count=lambda: counts().get((locale, code, status), 0))

    codes: Collection[str] = (WHOLE, *ContinentCode.values) if by_continent else (WHOLE,)
    return {
        (locale, code): Coverage({status: counted(locale, code, status) for status in Freshness})
        for locale in locales
        for code in codes
    }


def _statement(
    chains: Sequence[Sequence[str]], models: Sequence[type[BasePage]], gate: Conditions, by_continent: bool
) -> Statement:
    parts = {
        f"pages_{chain[0].replace('-', '_')}_{model._meta.model_name}": (
            chain[0],
            model._meta.model_name,
            compiled(freshness_shown(model, gate=gate, chain=chain).values("id", "path", "freshness")),
        )
        for chain in chains
        for model in models
    }
    # A type of which nothing can be shown has no statement.
    parts = {name: part for name, part in parts.items() if part[2].sql}
    if not parts:
        return Statement("", (), (), ())
    shown = " UNION ALL ".join(
        _PAGES.format(locale=locale, model=model, part=name) for name, (locale, model, _part) in parts.items()
    )
    text = _COUNTED.replace("{shown}", shown).replace("{by_continent}", _BY_CONTINENT if by_continent else "")
    places = {"continents": continents_with_paths(), "places": places_of_news()} if by_continent else {}
    return joined(text, {**{name: part for name, (_locale, _model, part) in parts.items()}, **places})
