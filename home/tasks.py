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


@task()
def mail_task(address: str, subject: str, text: str, html: str) -> None:
    """Send one e-mail, with an HTML part unless ``html`` is empty. A failure stays with the task, which is logged."""
    from wagtail.admin.mail import send_mail

    send_mail(subject, text, [address], html_message=html or None)
