"""Work that no request waits for; `make run` starts the worker."""

from django_tasks import task

from home.services.embeds import embeds_store
from home.services.search_index import search_entries_refresh


@task()
def embeds_store_task(urls: list[str]) -> list[str]:
    """``embeds_store`` in the background."""
    return embeds_store(urls=urls)


@task()
def search_entries_refresh_task(page_ids: list[int]) -> None:
    """``search_entries_refresh`` in the background."""
    search_entries_refresh(page_ids=page_ids)
