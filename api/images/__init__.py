"""Pictures: presets and bounded sizes, as signed addresses that render on their first GET. Reading writes nothing."""

from api.images.loaders import ImageValue, image_load
from api.images.types import Image

__all__ = ["Image", "ImageValue", "image_load"]
