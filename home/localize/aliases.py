"""Aliases in other languages follow the page whose text they show."""

import logging

from django.db import transaction
from wagtail.models import Page

logger = logging.getLogger(__name__)


@transaction.atomic
def alias_slug_follow(*, page: Page) -> list[Page]:
    """Give the aliases of ``page`` in other languages its slug; return those that changed.

    The fallback's address is then that of the page, with the other language's prefix. An alias keeps its slug where a
    sibling has the new one, and at the top of a tree, where the slug is the language.
    """
    changed = []
    aliases = Page.objects.filter(alias_of=page, depth__gt=2).exclude(locale_id=page.locale_id)
    for alias in aliases.exclude(slug=page.slug).specific():
        if not Page._slug_is_available(page.slug, alias.get_parent(), page=alias):
            logger.warning("Alias %s keeps its slug: a sibling is called %r", alias.pk, page.slug)
            continue
        alias.slug = page.slug
        # It is not validated: what the alias holds is the other page's.
        alias.save(clean=False)
        changed.append(alias)
    return changed
