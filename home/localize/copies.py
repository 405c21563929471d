"""Make the page that a translation goes to."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction, ParentNotTranslatedError
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.models.copying import _copy, _copy_m2m_relations
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import copy_for_translation_done
from wagtail_localize.segments.ingest import ingest_segments

from home.localize.places import Place
from home.localize.values import references_localise
from home.models import RecordPage
from home.services.bulk import reference_index_add


def parent_get(*, place: Place, locale: Locale, make: bool) -> Page:
    """The page below which a translation goes; ``make`` adds those that are missing above, as drafts.

    Raise ParentNotTranslatedError where one is missing and must not be made.
    """
    if place.parent is None or (place.missing and not make):
        raise ParentNotTranslatedError
    parent = place.parent
    for ancestor in place.missing:
        parent = page_add(page=ancestor.specific, parent=parent, locale=locale, segments=[], user=None)
    return parent


def page_add(*, page: Any, parent: Page, locale: Locale, segments: list[Any], user: AbstractBaseUser | None) -> Any:
    """Add a draft copy of ``page`` in ``locale`` below ``parent``, with the translated ``segments``, and its version.

    As ``Page.copy_for_translation``, which saves the copy first with the source's text, and then a version of it, and
    leaves both to be saved once more with what is translated.
    """
    excluded = [*page.default_exclude_fields_in_copy, *page.exclude_fields_in_copy]
    if isinstance(page, RecordPage):
        excluded += page.fact_relations
    slug = f"{page.slug}-{locale.language_code}" if parent.is_root() else page.slug
    draft, children = _copy(
        page,
        exclude_fields=excluded,
        update_attrs={
            "locale": locale,
            "slug": find_available_slug(parent, slug),
            "live": False,
            "has_unpublished_changes": True,
            "live_revision": None,
            "first_published_at": None,
            "last_published_at": None,
            "alias_of": None,
            "expired": False,
            # Whoever holds the source does not hold its translations.
            "locked": False,
            "locked_at": None,
            "locked_by": None,
            "owner": user or page.owner,
        },
    )
    if isinstance(page, RecordPage):
        draft.record_key = page.record_key
    for child in children.values():
        if isinstance(child, TranslatableMixin):
            child.locale = locale
    references_localise(instance=draft, locale=locale)
    ingest_segments(page, draft, page.locale, locale, segments)
    # What the page refers to is recorded once, when all of it is there, not with each of the saves below.
    with disable_reference_index_auto_update():
        parent.add_child(instance=draft)
        _copy_m2m_relations(page, draft, exclude_fields=excluded)
        draft.save_revision(user=user, clean=False)
    reference_index_add(instances=[draft])
    log(
        instance=draft,
        action="wagtail.copy_for_translation",
        user=user,
        data={
            "page": {"id": draft.pk, "title": draft.title, "locale": _named(locale)},
            "source": {"id": page.pk, "title": page.title},
            "destination": {"id": parent.pk, "title": parent.title},
            "keep_live": False,
            "source_locale": _named(page.locale),
        },
    )
    copy_for_translation_done.send(sender=CopyPageForTranslationAction, source_obj=page, target_obj=draft)
    return draft


def _named(locale: Locale) -> dict[str, Any]:
    return {"id": locale.pk, "language_code": locale.language_code}
