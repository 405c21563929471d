"""Template tags of the plain HTML pages."""

import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language

from home.language.dates import date_label
from home.selectors.plain_face import gate_of_request, pages_localized

register = template.Library()


@register.filter
def long_date(value: datetime.date | None, precision: str = "day") -> str:
    """The date in words as CLDR has it in the active language, to the ``day``, the ``month`` or the ``year``."""
    if value is None:
        return ""
    return date_label(value, precision, language_code=get_language() or "fr")


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
