"""What is stored of videos on other sites. Nothing is fetched here."""

from api.embeds.loaders import EmbedLoader
from api.embeds.types import Embed

__all__ = ["Embed", "EmbedLoader"]
