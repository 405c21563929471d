"""What the search of the admin finds, for lists that show it in an order and with filters of their own."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backend


def pages_found(text: str) -> QuerySet[Any]:
    """The pages of any language and state that have the words of ``text``, the last of which may be but begun.

    Whether somebody may see a page is not asked here.
    """
    results = get_search_backend().autocomplete(text, Page.objects.all(), order_by_relevance=False)
    found: QuerySet[Any] = results.get_queryset().order_by()
    return found
