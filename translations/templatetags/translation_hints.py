"""What the script of the translation editor's help needs to know of its page."""

import json
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

register = template.Library()


@register.inclusion_tag("translations/admin/hints.html")
def translation_hints(translation: Translation) -> dict[str, Any]:
    """An element that holds the address to ask and the words of the interface, and shows what goes wrong."""
    labels = {
        "heading": _("From %(source)s into %(target)s"),
        "help": _("Help with this text"),
        "use": _("Use"),
        "useOf": _("Use this translation: %(text)s"),
        "insert": _("Insert “%(term)s”"),
        "match": _("Memory, %(score)s %%: %(origin)s"),
        "before": _("Before the source was corrected (%(score)s %% alike)"),
        "terms": _("Glossary"),
        "forbidden": _("Not: %(forms)s"),
        "machine": _("No person has confirmed this text yet. Read it; saving confirms it."),
        "confirm": _("Confirm"),
        "blocking": _("Must be mended before review"),
        "advisory": _("Worth a look"),
        "finding": _("%(check)s: %(message)s"),
        "failed": _("The help for these texts cannot be shown now."),
        "retry": _("Try again"),
    }
    return {"url": reverse("translation_hints", args=[translation.pk]), "labels": json.dumps(labels)}
