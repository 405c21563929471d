"""Which pages still wait for a translation."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation


def page_list_untranslated(*, locales: Sequence[Locale]) -> QuerySet[Page]:
    """The public pages of the source language with no translation under way into one of ``locales``, newest first.

    Only what everybody may read: a translator needs no rights on the source's tree to find work.
    """
    lacking = Q(pk__in=[])
    for locale in locales:
        if locale.language_code != settings.DIWAN_SOURCE_LOCALE:
            records = Translation.objects.filter(
                source__object_id=OuterRef("translation_key"), target_locale=locale, enabled=True
            )
            lacking |= Q(~Exists(records))
    return (
        Page.objects.live()
        .public()
        .filter(lacking, locale__language_code=settings.DIWAN_SOURCE_LOCALE, alias_of__isnull=True, depth__gt=1)
        .select_related("content_type", "locale")
        .order_by(F("last_published_at").desc(nulls_last=True), "-pk")
    )
