"""Takes wagtail-localize's own "Translate" and "Sync" buttons and hooks off the admin; ours stand in their place.

wagtail-localize 1.14 offers a translation only where the target locale has no page at all, and to whoever holds the
global permission; countries and continents stand in every locale from the first day, so it would never offer them.
Wagtail has no public way to unregister a hook, hence the private list.

It can go when wagtail-localize asks a replaceable selector for the locales it offers.
"""

from wagtail import hooks
from wagtail_localize import wagtail_hooks as plain

_REPLACED = (
    ("register_page_header_buttons", plain.page_listing_more_buttons),
    ("register_page_listing_more_buttons", plain.page_listing_more_buttons),
    ("register_snippet_listing_buttons", plain.register_snippet_listing_buttons),
)


def apply() -> None:
    for name, function in _REPLACED:
        hooks._hooks[name] = [entry for entry in hooks._hooks.get(name, []) if entry[0] is not function]


def remove() -> None:
    for name, function in _REPLACED:
        hooks._hooks.setdefault(name, []).append((function, 0))
