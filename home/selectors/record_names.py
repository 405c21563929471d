"""What the admin calls records and the things that they name, in whatever language; drafts included.

For listings and reports, which show each row in the language of its page and every page that there is.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from home.models import BasePage, RecordPage
from home.selectors.locales import locale_chain, locale_source


def comma_of(language_code: str) -> str:
    """The comma between names of one language, whatever that of the interface."""
    with translation.override(language_code):
        return gettext(", ")


class Names:
    """Names by translation key and language; ``of`` answers in a language or, where it has none, along its chain."""

    def __init__(self, rows: Iterable[tuple[Any, str, str]]) -> None:
        self._names: dict[Any, dict[str, str]] = {}
        for key, code, name in rows:
            self._names.setdefault(key, {})[code] = name

    def of(self, key: Any, code: str) -> str:
        """The name, or an empty text for what has none."""
        names = self._names.get(key, {})
        for each in (*locale_chain(locale=code), locale_source()):
            if names.get(each):
                return names[each]
        return next(iter(names.values()), "")


def names_by_key(model: type[BasePage], *, keys: Collection[UUID | None], column: str = "draft_title") -> Names:
    """The titles, or what else is in ``column``, of the pages of some translation keys. One statement, or none."""
    wanted = {key for key in keys if key is not None}
    rows = model._default_manager.filter(translation_key__in=wanted).order_by()
    return Names(rows.values_list("translation_key", "locale_code", column))


def source_rows_by_key(
    model: type[RecordPage], *, keys: Collection[UUID], columns: Collection[str]
) -> dict[UUID, dict[str, Any]]:
    """``pk`` and ``columns`` of the source pages, which keep the facts, by translation key. One statement."""
    rows = model._default_manager.filter(translation_key__in=keys, locale_code=locale_source()).order_by()
    return {row["translation_key"]: row for row in rows.values("pk", "translation_key", *columns)}
