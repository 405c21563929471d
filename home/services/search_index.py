"""Keeps the entries of the public search: one for each live page that has text of its own.

Whatever saves, publishes, makes or imports pages calls this within its transaction, so that the search never knows more
or less than the pages themselves. It writes what stands in the pages' own columns, which is what the public is shown:
what editors have drafted since is in revisions, and never comes here.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction
from wagtail.models import Page, get_page_models

from home.language.analysis import query_terms, text_terms
from home.models import BasePage, SearchEntry
from home.models.search_entry import terms_written
from home.services.statistics import statistics_refresh

_BATCH = 500
_LONGEST_TITLE = 255
_WRITTEN = ("locale_code", "model", "recency", "title_size", "title_terms", "head_terms", "terms", "summary", "text")
# Columns of a page that the search does not know of. A save of others alone, as that of a draft, changes no entry.
_OTHER_COLUMNS = {
    "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_id", "latest_revision_created_at",
    "live_revision", "live_revision_id", "locked", "locked_at", "locked_by", "locked_by_id", "path", "depth",
    "numchild", "url_path", "owner", "owner_id", "first_published_at", "last_published_at", "go_live_at", "expire_at",
    "expired", "show_in_menus", "slug",
}  # fmt: skip


def search_entries_write(*, pages: Iterable[BasePage]) -> None:
    """Write the entries of saved pages, a few hundred in a statement; those that may have none lose theirs."""
    batches = iter(pages)
    while batch := list(islice(batches, _BATCH)):
        entries = [entry for page in batch if (entry := _entry_or_none(page)) is not None]
        hidden = {page.pk for page in batch} - {entry.page_id for entry in entries}
        if hidden:
            SearchEntry.objects.filter(pk__in=hidden).delete()
        SearchEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["page"], update_fields=_WRITTEN)


def search_entry_follow(*, page: Page, update_fields: Collection[str] | None) -> None:
    """Bring the entry of a page up to date that was saved, ``update_fields`` alone if they are given."""
    if update_fields is None and isinstance(page, BasePage):
        search_entries_write(pages=[page])
    elif update_fields is None or not _OTHER_COLUMNS.issuperset(update_fields):
        # What else is in memory may be a draft, or another page type's columns may be missing: ask the database.
        search_entries_write(pages=_stored([page.pk]))


@transaction.atomic
def search_index_rebuild() -> int:
    """Write every entry anew, and remove what has no page to stand for. Gives the number of entries."""
    SearchEntry.objects.all().delete()
    search_entries_write(pages=_stored(None))
    statistics_refresh()
    return SearchEntry.objects.count()


def search_entries_refresh(*, page_ids: Collection[int]) -> None:
    """Write the entries of some pages anew, because what they take from elsewhere has changed."""
    search_entries_write(pages=_stored(page_ids))


def _stored(page_ids: Collection[int] | None) -> Iterator[BasePage]:
    for model in get_page_models():
        if not issubclass(model, BasePage):
            continue
        rows = model._default_manager.select_related("alias_of", *model.search_related).order_by("pk")
        if page_ids is not None:
            rows = rows.filter(pk__in=page_ids)
        yield from rows.iterator(chunk_size=_BATCH)


def _entry_or_none(page: BasePage) -> SearchEntry | None:
    texts, locale = page.get_search_texts(), page.locale_code
    if texts is None or not page.live or _is_alias_of_other_language(page):
        return None
    title = text_terms([texts.title], locale)
    head = title | text_terms([texts.summary, *texts.head], locale)
    prefix = f"{locale}_"
    return SearchEntry(
        page_id=page.pk,
        locale_code=locale,
        model=page._meta.model_name,
        recency=SearchEntry.UNDATED if texts.day is None else texts.day.toordinal(),
        title_size=len(query_terms(texts.title, locale, limit=_LONGEST_TITLE)),
        title_terms=terms_written([prefix + term for term in title]),
        head_terms=terms_written([prefix + term for term in head]),
        terms=terms_written([prefix + term for term in head | text_terms([*texts.text, *texts.more], locale)]),
        summary=texts.summary,
        text="\n".join(texts.text),
    )


def _is_alias_of_other_language(page: Page) -> bool:
    if page.alias_of_id is None:
        return False
    source = page.alias_of
    return source is None or source.translation_key == page.translation_key
