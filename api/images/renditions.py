"""Addresses and sizes of renditions, computed without making them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.images.models import Filter
from wagtail.images.utils import generate_signature

from api.images.loaders import ImageValue
from api.images.presets import STEPS, ImagePreset, step
from home.models import CustomImage

_SIZE_FIELDS = (
    "file",
    "width",
    "height",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
)


@dataclass(frozen=True, slots=True)
class RenditionValue:
    """One size of a picture: ``url`` is absolute, ``width`` and ``height`` are in pixels."""

    url: str
    width: int
    height: int
    src_set: str


def rendition_of_preset(
    image: ImageValue, preset: ImagePreset, file_format: str, request: HttpRequest
) -> RenditionValue:
    """The picture in the size of ``preset``. ``file_format`` is Wagtail's: webp, avif, jpeg, png."""
    shape = preset.value
    if not shape.widths:
        return _rendition(image, "original", [], file_format, request)
    operations = [shape.operation(width) for width in shape.widths]
    return _rendition(image, shape.operation(shape.width), operations, file_format, request)


def rendition_of_size(
    image: ImageValue, width: int | None, height: int | None, file_format: str, request: HttpRequest
) -> RenditionValue:
    """The picture scaled to a width or a height, or cropped to both.

    Each lies between 1 and LARGEST and is rounded up to a step; one of them may be None.
    """
    if width is not None and height is not None:
        across, down = step(width), step(height)
        boxes = [(across, down)]
        if 2 * across in STEPS and 2 * down in STEPS:
            boxes.append((2 * across, 2 * down))
        operations = [f"fill-{box_width}x{box_height}" for box_width, box_height in boxes]
    else:
        side, size = ("width", step(width)) if width is not None else ("height", step(height or 1))
        operations = [f"{side}-{larger}" for larger in STEPS if size <= larger <= 2 * size]
    return _rendition(image, operations[0], operations, file_format, request)


def _rendition(
    image: ImageValue, operation: str, choices: list[str], file_format: str, request: HttpRequest
) -> RenditionValue:
    """``choices`` are the operations offered in the srcset; those that would enlarge the picture come out the same."""
    base = f"{request.scheme}://{request.get_host()}"
    width, height = _size(image, operation)
    by_width = {_size(image, choice)[0]: choice for choice in reversed(choices)}
    by_width[width] = operation
    sources = [
        f"{base}{_signed_path(image, choice, file_format)} {choice_width}w"
        for choice_width, choice in sorted(by_width.items())
    ]
    url = f"{base}{_signed_path(image, operation, file_format)}"
    return RenditionValue(url=url, width=width, height=height, src_set=", ".join(sources))


def _size(image: ImageValue, operation: str) -> tuple[int, int]:
    return rendition_size(tuple(image.row[name] for name in _SIZE_FIELDS), operation)


@lru_cache(maxsize=4096)
def rendition_size(values: tuple[Any, ...], operation: str) -> tuple[int, int]:
    """Width and height in pixels of what Wagtail's operation makes of a picture with these values of _SIZE_FIELDS."""
    # Wagtail's own arithmetic, on a model that is never saved and whose file is never opened. Without a collection the
    # model would ask the database for the root.
    model = CustomImage(collection_id=0, **dict(zip(_SIZE_FIELDS, values, strict=True)))
    width, height = Filter(spec=operation).get_transform(model).size
    return int(width), int(height)


def _signed_path(image: ImageValue, operation: str, file_format: str) -> str:
    """The path that renders on its first GET; its signature keeps others from choosing sizes."""
    # Wagtail cannot turn a drawing into pixels.
    is_drawing = image.row["file"].lower().endswith(".svg")
    spec = operation if is_drawing else f"{operation}|format-{file_format}"
    image_id = image.row["id"]
    return reverse("wagtailimages_serve", args=(generate_signature(image_id, spec), image_id, spec))
