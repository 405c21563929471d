"""What the plain HTML pages of travel advice show: levels in words, parts of the country, dates, the history."""

from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from home.language.collation import collation_key
from home.selectors.keys import key_of
from home.selectors.locales import locale_chain, locale_direction
from home.selectors.plain_face import pages_localized
from home.selectors.record_face import rows_in_language
from home.selectors.visibility import Gate
from travel.models import AlertLevel, TravelAdvicePage
from travel.selectors.advice import AdviceCriteria, advice_rows_shown
from travel.selectors.changes import change_moments, change_rows_by_sheets


def advice_context(*, page: TravelAdvicePage, facts: TravelAdvicePage, gate: Gate) -> dict[str, Any]:
    """The facts of a sheet, in words of the active language; ``facts`` is the page that keeps them.

    ``level`` and each of ``areas`` are ``{"level", "label"}``, areas with a ``name``. ``country`` is the country's page
    in the language of the sheet, or None. ``changes`` are the latest, newest first.
    """
    countries = pages_localized(page_ids=[facts.country_id], locale=page.locale, gate=gate)
    key, chain = key_of(page.translation_key), locale_chain(locale=page.locale.language_code)
    changes = change_rows_by_sheets(keys=[key], gate=gate, chain=chain).get(key, [])
    changed_at = change_moments(source_ids=[facts.pk]).get(facts.pk) if facts.pk else None
    return {
        "level": _level(facts.level),
        "areas": [
            {**_level(area.level), "name": text.name or area.name}
            for area, text in rows_in_language(own=page.areas.all(), facts=facts.areas.all())
        ],
        "country": countries.get(facts.country_id),
        "reviewed_on": facts.reviewed_on,
        "changed_on": _day(changed_at or facts.first_published_at),
        "changes": [
            {
                **_level(row["level"]),
                "day": _day(row["published_at"]),
                "note": row["note"],
                "is_minor": row["is_minor"],
                "locale": row["locale_code"],
                "direction": locale_direction(row["locale_code"]),
            }
            for row in changes
        ],
    }


def advice_list(*, locale: Locale, gate: Gate) -> list[dict[str, Any]]:
    """Every sheet that readers of a language are shown, by title: ``{"title", "url", "locale", "direction", …}``.

    With its level in words of the active language. Two statements.
    """
    code = locale.language_code
    rows = advice_rows_shown(gate=gate, chain=locale_chain(locale=code), criteria=AdviceCriteria())
    rows.sort(key=lambda row: (collation_key(row["title"], code), row["id"]))
    return [
        {
            **_level(row["facts"]["level"]),
            "title": row["title"],
            "url": gate.paths.path(row),
            "locale": row["locale_code"],
            "direction": locale_direction(row["locale_code"]),
            "reviewed_on": row["facts"]["reviewed_on"],
        }
        for row in rows
    ]


def _level(level: int) -> dict[str, Any]:
    return {"level": level, "label": AlertLevel(level).label}


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None
