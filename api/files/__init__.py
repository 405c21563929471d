"""Documents that readers can download."""

from api.files.loaders import DocumentLoader
from api.files.types import Document

__all__ = ["Document", "DocumentLoader"]
