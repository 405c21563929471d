"""Documents by id."""

from typing import Any

from api.execution import BatchLoader
from home.selectors.media import document_rows_public


class DocumentLoader(BatchLoader[int, dict[str, Any] | None]):
    """Rows of public documents by id."""

    def batch_load(self, keys: list[int]) -> dict[int, dict[str, Any] | None]:
        return {**document_rows_public(ids=keys)}
