"""Writes the entries of Wagtail's index, the same on each database but for the columns."""

from collections.abc import Iterable
from typing import Any

from wagtail.search.index import AutocompleteField, SearchField
from wagtail.search.utils import get_content_type_pk

from home.search_backend.terms import IndexedTerms, IndexedTexts, terms_of


class TermsIndexMixin:
    """Before the index class of a database: what it writes, and what each save should not cost."""

    indexer_class: Any
    backend: Any
    entries: Any

    def entry_values(self, terms: IndexedTerms, indexer: Any) -> dict[str, Any]:
        """The columns of an entry."""
        raise NotImplementedError

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Write the entries of objects of one model: one statement."""
        if not model.get_search_fields():
            return
        entry_model, content_type = self.entries.model, get_content_type_pk(model)
        rows = []
        columns = ["title_norm"]
        for instance in objs:
            indexer = self.indexer_class(instance, self.backend)
            values = self.entry_values(terms_of(instance, _texts(indexer)), indexer)
            columns = ["title_norm", *values]
            rows.append(entry_model(content_type_id=content_type, object_id=indexer.id, title_norm=1.0, **values))
        self.entries.bulk_create(
            rows, update_conflicts=True, unique_fields=["content_type", "object_id"], update_fields=columns
        )

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Weigh titles when the index is rebuilt (``manage.py update_index``), and not after each save.

        Wagtail averages the length of all titles after every save: work that grows with the index. Until the index is
        rebuilt, a new title has the weight of an average one.
        """
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc] # of the index


def _texts(indexer: Any) -> IndexedTexts:
    """What Wagtail would write of an object, before it is written as words."""
    texts = IndexedTexts()
    for each in indexer.search_fields:
        for current, *_weight, value in indexer.prepare_field(indexer.obj, each):
            if isinstance(current, AutocompleteField):
                texts.completed.append(value)
            elif isinstance(current, SearchField):
                (texts.title if current.field_name == "title" else texts.body).append(value)
    return texts
