"""Texts that the scripts of Wagtail and wagtail-localize show, where their catalogues lack Spanish or err.

This file is read by `make messages` only, for the catalogues `djangojs.po`.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

TEXTS = [
    ngettext_lazy("%(num)s error", "%(num)s errors"),
    ngettext_lazy("%(num)s min", "%(num)s mins"),
    ngettext_lazy("%(num)s pixel", "%(num)s pixels"),
    gettext_noop("%(time_zone_option)s: %(localized_time_zone_label)s"),
    gettext_noop("A network error occurred."),
    gettext_noop("A server error occurred."),
    gettext_noop("Applying editor lock"),
    gettext_noop("Autosave in progress…"),
    gettext_noop("Changes have been autosaved."),
    gettext_noop("Complex"),
    gettext_noop("Converting to alias page"),
    gettext_noop("Edit this document"),
    gettext_noop("Fair"),
    gettext_noop("Fetching %s information..."),
    gettext_noop("Good"),
    gettext_noop("Pin toolbar"),
    gettext_noop("Publish in "),
    gettext_noop("Removing editor lock"),
    gettext_noop("Search options…"),
    gettext_noop("Stopping Synced translation"),
    gettext_noop("Unpin toolbar"),
]
