"""The stable key of a record, which its translations repeat: it is the one of the source page, and follows that."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from home.models import RecordPage


@transaction.atomic
def record_keys_follow(*, page: RecordPage) -> None:
    """Have the translations of a source page repeat its key. One statement where they do."""
    model = type(page)
    translations = model._default_manager.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    stale = translations.exclude(record_key=page.record_key)
    if stale.exists():
        record_keys_release(model=model, keys=[page.record_key])
        stale.update(record_key=page.record_key)


@transaction.atomic
def record_keys_release(*, model: type[RecordPage], keys: Iterable[str]) -> None:
    """Bring translations up to date that hold one of these keys though their source does not, or not any longer.

    One statement where there are none. A translation that has no source gives its key up.
    """
    others = model._default_manager.exclude(locale_code=settings.DIWAN_SOURCE_LOCALE)
    sources = model._default_manager.filter(locale_code=settings.DIWAN_SOURCE_LOCALE)
    right: dict[int, str] = {}
    wanted = {key for key in keys if key}
    while wanted:
        held = others.filter(record_key__in=wanted).exclude(pk__in=right)
        rows = list(held.values_list("pk", "translation_key", "record_key"))
        of_source = (
            dict(
                sources.filter(translation_key__in={row[1] for row in rows}).values_list(
                    "translation_key", "record_key"
                )
            )
            if rows
            else {}
        )
        stale = {pk: of_source.get(tie, "") for pk, tie, key in rows if of_source.get(tie) != key}
        right |= stale
        # What stands in the way of those, too.
        wanted = {key for key in stale.values() if key}
    # Keys may have been exchanged: each is free before anybody is given it.
    for pk in right:
        others.filter(pk=pk).update(record_key=f"stale-{pk}")
    for pk, key in right.items():
        if key:
            others.filter(pk=pk).update(record_key=key)
