"""Pages of the source language, which columns of records name."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.coreutils import resolve_model_string
from wagtail.models import Locale, Page

from home.language.collation import collation_key
from home.models import BasePage, RecordPage
from home.selectors.locales import locale_source


class SourcePages:
    """What one form offers and resolves: each list of names and each page is read once, however many rows ask."""

    def __init__(self) -> None:
        self._choices: dict[Any, list[tuple[int, str]]] = {}
        self._pages: dict[Any, dict[int, Page | None]] = {}
        self._parents: dict[Any, int | None] = {}

    def choices(self, model: type[BasePage]) -> list[tuple[int, str]]:
        """(id, title) of every page of ``model`` in the source language, sorted by its rules. One statement."""
        if model not in self._choices:
            source = locale_source()
            rows = model._default_manager.filter(locale__language_code=source).values_list("pk", "draft_title")
            self._choices[model] = sorted(rows, key=lambda row: collation_key(row[1], source))
        return self._choices[model]

    def read(self, model: type[BasePage], ids: Iterable[Any]) -> None:
        """Read the pages that stand for these ids, in one statement; what is no id is passed over."""
        known = self._pages.setdefault(model, {})
        wanted = {int(pk) for pk in ids if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 16} - known.keys()
        if not wanted:
            return
        keys = model._default_manager.filter(pk__in=wanted).values("translation_key")
        found = model._default_manager.filter(translation_key__in=keys).select_related("locale")
        sources = {page.translation_key: page for page in found if page.locale_code == locale_source()}
        for page in found:
            if page.pk in wanted:
                # News may stand in one language alone; records and places always stand in the source language.
                alone = None if issubclass(model, RecordPage) else page
                known[page.pk] = sources.get(page.translation_key, alone)
        known.update(dict.fromkeys(wanted - known.keys()))

    def page(self, model: type[BasePage], pk: Any) -> Page | None:
        """The page in the source language of the page with this id, in whichever language that is; None without one."""
        self.read(model, [pk])
        known = self._pages[model]
        return known.get(int(pk)) if str(pk).isascii() and str(pk).isdigit() else None

    def parent_id(self, model: type[BasePage]) -> int | None:
        """Where a chooser of such pages begins: the page of the source language that holds them. One statement."""
        if model not in self._parents:
            parents = [resolve_model_string(name) for name in model.parent_page_types or []]
            found = (
                parents[0]._default_manager.filter(locale__language_code=locale_source()).values_list("pk", flat=True)
                if len(parents) == 1
                else []
            )
            self._parents[model] = next(iter(found), None)
        return self._parents[model]


def record_source(page: RecordPage) -> RecordPage | None:
    """The page of the source language that keeps the facts of a translation; None where it is gone. One statement."""
    sources = type(page)._default_manager.filter(
        translation_key=page.translation_key, locale__language_code=locale_source()
    )
    return sources.select_related("locale").first()


def record_rows_of_source(page: RecordPage, *, relation: str) -> dict[Any, Any]:
    """The child rows of the page that keeps the facts, by translation key. One statement."""
    field = getattr(type(page), relation).rel.field
    rows = field.model._default_manager.filter(
        **{
            f"{field.name}__translation_key": page.translation_key,
            f"{field.name}__locale__language_code": locale_source(),
        }
    )
    return {row.translation_key: row for row in rows}


def page_queryset_choosable(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """What a chooser of records shows: pages of the source language, for columns name those."""
    wanted = [name for name in request.GET.get("page_type", "").split(",") if name]
    try:
        models = [resolve_model_string(name) for name in wanted]
    except (LookupError, ValueError):
        return pages
    if models and all(issubclass(model, RecordPage) for model in models):
        # By the locale itself: the search of the admin knows no columns of it.
        return pages.filter(locale=Locale.objects.get(language_code=locale_source()))
    return pages
