"""Template tags of the plain HTML pages."""

import datetime
from typing import Any

from babel import Locale as BabelLocale
from django import template
from django.template import Context
from django.utils.translation import get_language

from home.language.dates import date_label
from home.selectors.locales import locale_direction
from home.selectors.plain_face import gate_of_request, pages_localized

register = template.Library()


def _cldr_language() -> str:
    return (get_language() or "fr").replace("-", "_")


@register.filter
def long_date(value: datetime.date | None, precision: str = "day") -> str:
    """The date in words as CLDR has it in the active language, to the ``day``, the ``month`` or the ``year``."""
    if value is None:
        return ""
    return date_label(value, precision, language_code=get_language() or "fr")


@register.filter
def machine_date(value: datetime.date, precision: str = "day") -> str:
    """The date for machines as far as it is known: ``2004``, ``2004-11`` or ``2004-11-26``."""
    return value.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


@register.filter
def language_direction(code: str) -> str:
    """``"rtl"`` or ``"ltr"``: which way a language is written."""
    return locale_direction(code)


@register.filter
def language_names(line: str) -> str:
    """Codes such as ``fr, ar`` as names in the active language."""
    names = BabelLocale.parse(_cldr_language()).languages
    comma = "، " if locale_direction(_cldr_language().replace("_", "-")) == "rtl" else ", "
    return comma.join(names.get(code, code) for code in line.replace(",", " ").split())


@register.simple_tag(takes_context=True)
def page_links_shown(context: Context, links: Any) -> list[dict[str, str]]:
    """``{"label", "url"}`` for each link of a page-links block whose page the reader may see, in the reader's language.

    ``links`` is the block's list; the reader's language is that of the page being shown.
    """
    request = context["request"]
    chosen = [(link["page"], link["label"]) for link in links if link["page"]]
    page_ids = [page.pk for page, _label in chosen]
    pages = pages_localized(page_ids=page_ids, locale=context["page"].locale, gate=gate_of_request(request))
    return [
        {"label": label or pages[page.pk].title, "url": pages[page.pk].get_url(request)}
        for page, label in chosen
        if page.pk in pages
    ]
