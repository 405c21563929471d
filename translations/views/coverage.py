"""The coverage matrix: continents × locales."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from home.selectors.locales import locale_name
from home.selectors.permissions import locale_list_permitted
from home.selectors.visibility import gate_open
from translations.selectors.coverage import Coverage, coverage_matrix
from translations.selectors.freshness import Freshness
from translations.views.desk import desk_locales


@require_safe
def coverage(request: Any) -> HttpResponse:
    """How much of each continent readers find in each language. Public figures, so every desk sees all of them."""
    if not locale_list_permitted(request.user):
        raise PermissionDenied
    locales = list(Locale.objects.exclude(language_code=settings.DIWAN_SOURCE_LOCALE).order_by("pk"))
    mine = {locale.pk for locale in desk_locales(request.user)}
    rows = [
        {
            "row": row,
            "cells": [
                {"locale": locale, **_cell(row.locales[locale.language_code]), "is_mine": locale.pk in mine}
                for locale in locales
            ],
        }
        for row in coverage_matrix(locales=[locale.language_code for locale in locales], gate=gate_open())
    ]
    context = {
        "page_title": _("Coverage"),
        "header_icon": "globe",
        "locales": [(locale, locale_name(locale.language_code)) for locale in locales],
        "rows": rows,
    }
    return render(request, "translations/desk/coverage.html", context)


def _cell(coverage: Coverage) -> dict[str, Any]:
    """The numbers and the widths of the bar."""
    counts = {status.value: number for status, number in coverage.counts.items()}
    parts = (Freshness.UP_TO_DATE, Freshness.PARTIAL, Freshness.OUTDATED)
    return {
        **counts,
        "total": coverage.total,
        "percent": coverage.percent(Freshness.UP_TO_DATE),
        "bar": [(status.value, coverage.percent(status)) for status in parts],
    }
