"""The help beside each text of the translation editor, as its script asks for it."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from home.localize.views.translation import translation_readable_or_403
from home.selectors.locales import locale_direction
from translations.selectors.hints import Hints, hints_by_segment

# No page has more texts than an address can hold, but somebody may try.
_MOST_SEGMENTS = 200


@require_safe
def hints(request: Any, translation_id: int) -> HttpResponseBase:
    """``{"source": {"lang", "dir"}, "target": {…}, "segments": {id: {matches, before, terms, findings, machine}}}``.

    For whoever may open the translation. ``segment``, which may come more than once, asks for some texts alone.
    """
    record = translation_readable_or_403(request, translation_id)
    asked = request.GET.getlist("segment")
    if len(asked) > _MOST_SEGMENTS or not all(pk.isascii() and pk.isdecimal() and len(pk) < 19 for pk in asked):
        return HttpResponseBadRequest("segment")
    found = hints_by_segment(translation=record, segments=[int(pk) for pk in asked] if asked else None)
    return JsonResponse(
        {
            "source": _language(record.source.locale.language_code),
            "target": _language(record.target_locale.language_code),
            "segments": {str(pk): _told(each) for pk, each in found.items()},
        }
    )


def _language(code: str) -> dict[str, str]:
    return {"lang": code, "dir": locale_direction(code)}


def _told(each: Hints) -> dict[str, Any]:
    return {
        "matches": [asdict(match) for match in each.matches],
        "before": asdict(each.before) if each.before else None,
        "terms": [asdict(term) for term in each.terms],
        "findings": [
            {"level": finding.level.value, "check": str(finding.check.label), "message": finding.message}
            for finding in each.findings
        ],
        "machine": each.is_machine,
    }
