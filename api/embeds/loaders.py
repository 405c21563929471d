"""Stored embeds by the address that editors gave."""

from typing import Any

from api.execution import BatchLoader
from home.selectors.media import embed_rows_stored


class EmbedLoader(BatchLoader[str, dict[str, Any] | None]):
    """Rows of stored embeds; None where nothing has been fetched yet."""

    def batch_load(self, keys: list[str]) -> dict[str, dict[str, Any] | None]:
        return {**embed_rows_stored(urls=keys)}
