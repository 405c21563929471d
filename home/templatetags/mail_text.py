"""Keeps names and titles apart from the direction of the sentence around them."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"


@register.filter
def isolate(value: Any) -> SafeString:
    """The text as it is, without HTML's escapes, apart from the direction of the sentence around it (UAX #9)."""
    return mark_safe(f"{_FIRST_STRONG_ISOLATE}{value}{_POP_DIRECTIONAL_ISOLATE}")  # noqa: S308 - plain text


@register.filter
def bdi(value: Any) -> SafeString:
    """The same in HTML, escaped."""
    return format_html("<bdi>{}</bdi>", value)
