"""Wagtail's search in the database, as the admin uses it, without what each save should not cost.

Wagtail averages the length of all titles in the index after every save, to weigh new titles against it: work that grows
with the index. Here only ``manage.py update_index`` does so; until then a new title has the weight of an average one.
"""

from typing import Any

from wagtail.search.backends import database


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail imports
    """The stock back end of the database in use, with an index that weighs titles only when it is rebuilt."""
    backend = database.SearchBackend(params)
    stock = backend.index_class

    class Index(stock):  # type: ignore[misc,valid-type] # the class depends on the database
        def _refresh_title_norms(self, full: bool = False) -> None:
            if full:
                super()._refresh_title_norms(full=True)

    backend.index_class = Index
    return backend
