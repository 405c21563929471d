"""Patterns: zellige tiles and waving cloth."""

import math
from collections.abc import Sequence

from PIL import Image, ImageChops

from regions.demo.drawing.canvas import Canvas, Point, mix


def _star(centre: Point, outer: float, inner: float, points: int, aspect: float, turn: float = 0.0) -> list[Point]:
    vertices = []
    for index in range(points * 2):
        radius = inner if index % 2 else outer
        angle = turn + math.pi * index / points
        vertices.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle) * aspect))
    return vertices


def zellige(size: tuple[int, int], *, colours: Sequence[str]) -> Image.Image:
    """Eight-pointed stars and crosses, as on Moroccan walls. Five colours: stars, joints, hearts, crosses, centres."""
    star, joint, heart, cross, centre = colours
    canvas = Canvas(size, joint)
    aspect = canvas.width / canvas.height
    columns = 8 if aspect > 1.2 else 6
    step = 1 / columns
    rows = math.ceil(columns / aspect) + 1
    # A star whose points are two crossed squares: the inner corners lie at cos 45° / cos 22.5° of the radius.
    ratio = math.cos(math.pi / 4) / math.cos(math.pi / 8)
    radius = step / 2
    for row in range(-1, rows + 1):
        for column in range(-1, columns + 1):
            place = ((column + 0.5) * step, (row + 0.5) * step * aspect)
            corner = ((column + 1) * step, (row + 1) * step * aspect)
            shade = (column * 7 + row * 13) % 5 / 22
            canvas.polygon(_star(corner, radius * 0.88, radius * 0.30, 4, aspect), mix(cross, "#000000", shade))
            canvas.polygon(_star(corner, radius * 0.34, radius * 0.26, 4, aspect, math.pi / 4), joint)
            canvas.polygon(_star(corner, radius * 0.22, radius * 0.17, 4, aspect, math.pi / 4), centre)
            canvas.polygon(_star(place, radius * 0.97, radius * 0.97 * ratio, 8, aspect), mix(star, "#000000", shade))
            canvas.polygon(_star(place, radius * 0.66, radius * 0.66 * ratio, 8, aspect, math.pi / 8), joint)
            canvas.polygon(_star(place, radius * 0.58, radius * 0.58 * ratio, 8, aspect, math.pi / 8), heart)
            canvas.polygon(_star(place, radius * 0.30, radius * 0.30 * ratio, 8, aspect), joint)
            canvas.polygon(_star(place, radius * 0.22, radius * 0.22 * ratio, 8, aspect), centre)
    canvas.glow((0.5, 0.5), 0.75, "#ffffff", 0.10)
    return canvas.finish()


def waves(size: tuple[int, int], *, colours: Sequence[str]) -> Image.Image:
    """Cloth of three colours in the wind."""
    canvas = Canvas(size, colours[-1])
    steps = 120

    def edge(x: float, level: float) -> float:
        return level + 0.05 * math.sin(2 * math.pi * (1.1 * x + 0.15)) + 0.025 * math.sin(2 * math.pi * (2.3 * x + 0.4))

    bands = len(colours)
    for number in range(bands - 1, -1, -1):
        bottom = [(x / steps, edge(x / steps, (number + 1) / bands)) for x in range(steps + 1)]
        lowest = bottom if number < bands - 1 else [(0.0, 1.1), (1.0, 1.1)]
        canvas.polygon([(0, -0.1), *lowest, (1, -0.1)], colours[number])
    small = (160, 90)
    shade = Image.new("L", small)
    for row in range(small[1]):
        for column in range(small[0]):
            x, y = column / small[0], row / small[1]
            fold = math.sin(2 * math.pi * (1.6 * x + 0.35 * y)) + 0.5 * math.sin(
                2 * math.pi * (3.1 * x - 0.4 * y + 0.2)
            )
            shade.putpixel((column, row), round(222 + 22 * fold))
    cloth = shade.resize((canvas.width, canvas.height), Image.Resampling.BICUBIC).convert("RGB")
    canvas.image.paste(ImageChops.multiply(canvas.image, cloth))
    return canvas.finish()
