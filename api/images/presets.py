"""The sizes that a picture can be asked for in. Every other size is refused or rounded: each one is a stored file."""

from dataclasses import dataclass
from enum import Enum

# Widths and heights, in pixels. A size in between is rounded up to the next step.
STEPS = (80, 160, 240, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560)
LARGEST = STEPS[-1]


@dataclass(frozen=True, slots=True)
class Shape:
    """A crop of ``ratio`` (width by height; None keeps the whole picture), ``width`` wide, offered in ``widths``."""

    ratio: tuple[int, int] | None
    width: int
    widths: tuple[int, ...]

    def operation(self, width: int) -> str:
        """Wagtail's image operation for this shape at ``width``."""
        if self.ratio is None:
            return f"width-{width}"
        across, down = self.ratio
        return f"fill-{width}x{round(width * down / across)}"


class ImagePreset(Enum):
    """Named sizes. Cropping keeps the picture's focal point; no picture is enlarged beyond its own size."""

    THUMBNAIL = Shape((1, 1), 160, (160, 320))
    CARD = Shape((16, 9), 640, (320, 480, 640, 960, 1280))
    HERO = Shape((12, 5), 1920, (640, 960, 1280, 1920, 2560))
    SOCIAL = Shape((40, 21), 1200, (1200,))
    CONTENT = Shape(None, 960, (320, 480, 640, 960, 1280, 1600))
    ORIGINAL = Shape(None, 0, ())


PRESET_DESCRIPTIONS = {
    ImagePreset.THUMBNAIL: "Square, 160 pixels wide.",
    ImagePreset.CARD: "16:9, 640 pixels wide: for lists.",
    ImagePreset.HERO: "12:5, 1,920 pixels wide: for the top of a page.",
    ImagePreset.SOCIAL: "1,200 by 630 pixels: for previews on social networks.",
    ImagePreset.CONTENT: "The whole picture, 960 pixels wide: within a text.",
    ImagePreset.ORIGINAL: "The whole picture in its own size.",
}


def step(pixels: int) -> int:
    """The smallest step that is not below ``pixels``, which lies between 1 and LARGEST."""
    return next(size for size in STEPS if size >= pixels)
