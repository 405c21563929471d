"""Documents that are asked for by an id: trusted ones, which a frontend registered, and Apollo's automatic ones."""

from api.persisted.automatic import automatic_keep, automatic_text
from api.persisted.ids import canonical_id, text_id
from api.persisted.trusted import trusted_text

__all__ = ["automatic_keep", "automatic_text", "canonical_id", "text_id", "trusted_text"]
