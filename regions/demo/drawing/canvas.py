"""What all drawings share: a canvas drawn twice as large and then reduced, colours, gradients and soft light."""

from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = tuple[int, int, int]

SCALE = 2


def colour(value: str) -> Colour:
    """``#rrggbb`` as numbers."""
    red, green, blue = ImageColor.getrgb(value)[:3]
    return red, green, blue


def mix(first: str, second: str, share: float) -> Colour:
    """The colour that lies ``share`` (0 to 1) of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour(first), colour(second), strict=True))
    return red, green, blue


class Canvas:
    """Coordinates are fractions of the width (x) and of the height (y), from the upper left."""

    def __init__(self, size: tuple[int, int], background: str | Sequence[str]) -> None:
        """``background`` is one colour, or the colours of a gradient from top to bottom."""
        self.size = size
        self.width, self.height = size[0] * SCALE, size[1] * SCALE
        stops = [background] if isinstance(background, str) else list(background)
        column = Image.new("RGB", (1, len(stops)))
        for row, stop in enumerate(stops):
            column.putpixel((0, row), colour(stop))
        self.image = column.resize((self.width, self.height), Image.Resampling.BICUBIC)
        self.draw = ImageDraw.Draw(self.image)

    def xy(self, point: Point) -> Point:
        """A point in pixels."""
        return point[0] * self.width, point[1] * self.height

    def polygon(self, points: Iterable[Point], fill: str | Colour) -> None:
        """A filled shape."""
        self.draw.polygon([self.xy(point) for point in points], fill=fill)

    def line(self, points: Iterable[Point], fill: str | Colour, width: float) -> None:
        """A line through the points; ``width`` is a fraction of the picture's width."""
        pixels = max(1, round(width * self.width))
        self.draw.line([self.xy(point) for point in points], fill=fill, width=pixels, joint="curve")

    def disc(self, centre: Point, radius: float, fill: str | Colour, outline: str | None = None) -> None:
        """A circle; ``radius`` is a fraction of the picture's width."""
        x, y = self.xy(centre)
        r = radius * self.width
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=outline, width=SCALE * 2)

    def glow(self, centre: Point, radius: float, fill: str, strength: float = 1.0) -> None:
        """Light that fades out from a point; ``strength`` from 0 to 1."""
        x, y = self.xy(centre)
        r = max(1, round(radius * self.width))
        mask = ImageChops.invert(Image.radial_gradient("L")).resize((2 * r, 2 * r), Image.Resampling.BICUBIC)
        # The corners of Pillow's gradient lie outside the circle but are not black.
        mask = mask.point([max(0, round((level - 75) * 255 / 180 * strength)) for level in range(256)])
        self.image.paste(Image.new("RGB", mask.size, fill), (round(x - r), round(y - r)), mask)

    def soft(self, points: Iterable[Point], fill: str, opacity: float, blur: float, shift: Point = (0, 0)) -> None:
        """A blurred shape, for shadows and clouds; ``blur`` is a fraction of the picture's width."""
        factor, margin = 8, 3 * blur * self.width
        moved = [self.xy((x + shift[0], y + shift[1])) for x, y in points]
        left = int(min(x for x, _y in moved) - margin) // factor * factor
        top = int(min(y for _x, y in moved) - margin) // factor * factor
        columns = int(max(x for x, _y in moved) + margin - left) // factor + 1
        rows = int(max(y for _x, y in moved) + margin - top) // factor + 1
        mask = Image.new("L", (columns, rows))
        outline = [((x - left) / factor, (y - top) / factor) for x, y in moved]
        ImageDraw.Draw(mask).polygon(outline, fill=round(255 * opacity))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * self.width / factor))
        mask = mask.resize((columns * factor, rows * factor), Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", mask.size, fill), (left, top), mask)

    def finish(self) -> Image.Image:
        """The picture at its own size."""
        return self.image.resize(self.size, Image.Resampling.LANCZOS)
