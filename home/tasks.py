"""Work that no request waits for; `make run` starts the worker."""

from django_tasks import task

from home.services.embeds import embeds_store


@task()
def embeds_store_task(urls: list[str]) -> list[str]:
    """``embeds_store`` in the background."""
    return embeds_store(urls=urls)
