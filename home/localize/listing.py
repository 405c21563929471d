"""What the rows of a listing of snippets need to know about translations, read once for all of them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Locale
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation

from home.selectors.permissions import locale_list_permitted


@dataclass(frozen=True)
class ListingRights:
    """For one model and one user: where she works, and which translations of which objects are under way.

    ``taken``: translation key to the ids of the locales translated from or into. ``records``: translation key and
    source locale's id to the id of the translation source.
    """

    locales: list[Locale]
    can_add: bool
    can_change: bool
    taken: dict[UUID, set[int]]
    records: dict[tuple[UUID, int], int]

    def is_offered(self, instance: Any) -> bool:
        """Is there a language that the user works in and that ``instance`` can still be translated into?"""
        taken = self.taken.get(instance.translation_key, set()) | {instance.locale_id}
        return (self.can_add or self.can_change) and any(locale.pk not in taken for locale in self.locales)

    def record_of(self, instance: Any) -> int | None:
        """The translation source of ``instance`` that the user may bring up to date."""
        if not self.can_change or all(locale.pk != instance.locale_id for locale in self.locales):
            return None
        return self.records.get((instance.translation_key, instance.locale_id))


def listing_rights(*, user: Any, model: type[models.Model]) -> ListingRights:
    """Read once for a user object, and so once for a request; three statements."""
    kept: dict[type[models.Model], ListingRights] = user.__dict__.setdefault("_diwan_listing_rights", {})
    if model not in kept:
        taken: dict[UUID, set[int]] = defaultdict(set)
        records = {}
        rows = Translation.objects.filter(
            source__specific_content_type=ContentType.objects.get_for_model(model), enabled=True
        ).values_list("source__object_id", "source__locale_id", "target_locale_id", "source_id")
        for key, source_locale, target_locale, record in rows:
            taken[key] |= {source_locale, target_locale}
            records[key, source_locale] = record
        kept[model] = ListingRights(
            locales=locale_list_permitted(user),
            can_add=user.has_perm(get_permission_name("add", model)),
            can_change=user.has_perm(get_permission_name("change", model)),
            taken=taken,
            records=records,
        )
    return kept[model]
