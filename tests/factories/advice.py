"""Builds travel advice, and publishes it as its editors would."""

import datetime
from typing import Any

from wagtail.models import Locale

from tests.factories.records import record_make
from tests.factories.site import SiteTree
from travel.models import TravelAdviceArea, TravelAdvicePage


def section(kind: str, html: str) -> dict[str, Any]:
    """A section as it is stored."""
    return {"type": "section", "value": {"kind": kind, "text": html}}


def advice_make(
    tree: SiteTree, code: str = "MX", *, level: int = 2, areas: dict[str, int] | None = None, **fields: Any
):
    """A public sheet in French about a country; ``areas`` are names of parts and their levels."""
    defaults: dict[str, Any] = {
        "title": str(tree.country["fr", code].title),
        "introduction": "Prudence.",
        "reviewed_on": datetime.date(2026, 1, 15),
        "sections": [section("entry", "<p>Un visa.</p>")],
    }
    rows = [TravelAdviceArea(name=name, level=each) for name, each in (areas or {}).items()]
    return record_make(
        TravelAdvicePage,
        home=tree.home["fr"],
        country=tree.country["fr", code],
        level=level,
        rows={"areas": rows},
        **{**defaults, **fields},
    )


def advice_change(page: TravelAdvicePage, *, note: str = "", user: Any = None, **fields: Any) -> TravelAdvicePage:
    """Publish a sheet with other values."""
    draft = TravelAdvicePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in {"change_note": note, **fields}.items():
        setattr(draft, name, value)
    draft.save_revision(user=user).publish(user=user)
    return TravelAdvicePage.objects.get(pk=page.pk)


def advice_translate(page: TravelAdvicePage, code: str, *, title: str, note: str = "", **fields: Any) -> Any:
    """Publish a translation written by hand; ``areas`` are its names of the source's parts, in their order."""
    names = fields.pop("areas", [])
    locale = Locale.objects.get(language_code=code)
    translated = TravelAdvicePage.objects.filter(translation_key=page.translation_key, locale=locale).first()
    if translated is None:
        translated = page.copy_for_translation(locale, copy_parents=True)
        for area, source, name in zip(translated.areas.all(), page.areas.all(), names, strict=False):
            area.name, area.translation_key = name, source.translation_key
    translated = translated.get_latest_revision_as_object()
    for area, name in zip(translated.areas.all(), names, strict=False):
        area.name = name
    for name, value in {"title": title, "change_note": note, "introduction": f"{title}.", **fields}.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return TravelAdvicePage.objects.get(pk=translated.pk)
