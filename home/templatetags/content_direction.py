"""The direction of what is being written, which need not be that of the interface."""

from typing import Any

from django import template

from home.selectors.locales import locale_direction

register = template.Library()


@register.simple_tag(takes_context=True)
def content_direction(context: Any, locale: Any = None) -> str:
    """A class for ``body``: ``content-rtl`` or ``content-ltr``; empty where what is edited has no language.

    ``locale``: its locale, where that is not the template's ``locale``.
    """
    locale = locale or context.get("locale")
    return f"content-{locale_direction(locale.language_code)}" if locale else ""
