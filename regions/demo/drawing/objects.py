"""Things: a conference table, an aeroplane with its load, a sealed letter, a ball."""

import math

from PIL import Image

from regions.demo.drawing.canvas import Canvas, Point, mix

Vector = tuple[float, float, float]

_FLAGS = ["#c1272d", "#009739", "#012169", "#fedd00", "#74acdf", "#006847", "#ffffff", "#cf142b"]


def _ring(centre: Point, radius: float, aspect: float, steps: int = 120) -> list[Point]:
    angles = (2 * math.pi * step / steps for step in range(steps))
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a) * aspect) for a in angles]


def round_table(size: tuple[int, int], *, seats: int, ground: str = "#e8eef0", wood: str = "#6b4226") -> Image.Image:
    """A round conference table from above, with a place and a small flag for each delegation."""
    canvas = Canvas(size, [ground, mix_hex(ground, "#9fb3bd", 0.35)])
    aspect = canvas.width / canvas.height
    centre = (0.5, 0.5)
    outer = 0.36 / aspect
    canvas.polygon(_ring(centre, outer * 1.30, aspect), mix(ground, "#0b4f6c", 0.22))
    canvas.polygon(_ring(centre, outer * 1.27, aspect), mix(ground, "#0b4f6c", 0.12))
    for seat in range(seats):
        angle = 2 * math.pi * seat / seats
        place = (0.5 + outer * 1.13 * math.cos(angle), 0.5 + outer * 1.13 * math.sin(angle) * aspect)
        canvas.soft(_ring(place, outer * 0.065, aspect, 24), "#1d2b33", 0.45, 0.004, (0.002, 0.004))
        canvas.disc(place, outer * 0.060, "#22404f")
        canvas.disc(place, outer * 0.044, "#2f5a6e")
    canvas.soft(_ring(centre, outer, aspect), "#1d2b33", 0.5, 0.012, (0.004, 0.008))
    canvas.polygon(_ring(centre, outer, aspect), wood)
    canvas.polygon(_ring(centre, outer * 0.97, aspect), mix(wood, "#d9a873", 0.45))
    canvas.polygon(_ring(centre, outer * 0.66, aspect), wood)
    canvas.polygon(_ring(centre, outer * 0.64, aspect), mix(ground, "#1b7f5c", 0.55))
    star = [
        (
            0.5 + outer * 0.34 * math.sin(4 * math.pi * point / 5),
            0.5 - outer * 0.34 * math.cos(4 * math.pi * point / 5) * aspect,
        )
        for point in range(6)
    ]
    canvas.line(star, "#f2e8cf", 0.005)
    for seat in range(seats):
        angle = 2 * math.pi * seat / seats
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))

        def at(radius: float, side: float, along: Point = along, across: Point = across) -> Point:
            x = radius * along[0] + side * across[0]
            y = radius * along[1] + side * across[1]
            return 0.5 + outer * x, 0.5 + outer * y * aspect

        half = min(0.07, 1.9 / seats)
        canvas.polygon([at(0.93, -half), at(0.93, half), at(0.83, half), at(0.83, -half)], "#fbf8f0")
        flag = _FLAGS[seat % len(_FLAGS)]
        canvas.polygon([at(0.79, -half * 0.6), at(0.79, half * 0.6), at(0.73, half * 0.6), at(0.73, -half * 0.6)], flag)
        canvas.polygon(
            [at(0.76, -half * 0.6), at(0.76, half * 0.6), at(0.73, half * 0.6), at(0.73, -half * 0.6)],
            mix(flag, "#ffffff", 0.45),
        )
    return canvas.finish()


def mix_hex(first: str, second: str, share: float) -> str:
    """As ``mix``, but written ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*mix(first, second, share))


def air_bridge(size: tuple[int, int]) -> Image.Image:
    """An aeroplane above the clouds, and crates ready for the next one."""
    canvas = Canvas(size, ["#1f6f9f", "#5aa9d0", "#a9d6e8", "#e6f3f2"])
    for x, y, width in (
        (0.14, 0.30, 0.16),
        (0.80, 0.22, 0.20),
        (0.62, 0.55, 0.26),
        (0.22, 0.60, 0.22),
        (0.93, 0.50, 0.16),
    ):
        for part, lift in ((-0.5, 0.010), (-0.15, 0.035), (0.2, 0.028), (0.5, 0.006)):
            cloud = _ring((x + part * width * 0.6, y - lift), width * 0.24, 0.75, 40)
            canvas.soft(cloud, "#ffffff", 0.85, 0.010)
    body = "#f8fafb"
    canvas.polygon([(0.47, 0.40), (0.33, 0.57), (0.38, 0.575), (0.56, 0.42)], mix(body, "#7a93a3", 0.35))
    canvas.polygon([(0.30, 0.365), (0.245, 0.235), (0.285, 0.235), (0.37, 0.36)], "#c1272d")
    canvas.polygon(
        [
            (0.28, 0.385),
            (0.30, 0.352),
            (0.62, 0.338),
            (0.70, 0.352),
            (0.732, 0.378),
            (0.70, 0.404),
            (0.60, 0.420),
            (0.36, 0.412),
        ],
        body,
    )
    canvas.polygon(
        [(0.28, 0.385), (0.36, 0.412), (0.60, 0.420), (0.70, 0.404), (0.732, 0.378), (0.60, 0.394), (0.36, 0.392)],
        mix(body, "#7a93a3", 0.35),
    )
    canvas.polygon([(0.47, 0.385), (0.42, 0.52), (0.47, 0.52), (0.57, 0.39)], mix(body, "#7a93a3", 0.12))
    canvas.polygon([(0.305, 0.372), (0.69, 0.360), (0.70, 0.367), (0.305, 0.380)], "#1b7f5c")
    for window in range(12):
        canvas.disc((0.37 + window * 0.023, 0.357), 0.0035, "#23506b")
    canvas.polygon([(0.688, 0.352), (0.712, 0.362), (0.722, 0.370), (0.690, 0.366)], "#23506b")
    canvas.polygon([(0, 0.86), (1, 0.84), (1, 1.1), (0, 1.1)], "#5c6b73")
    canvas.line([(0, 0.90), (1, 0.88)], "#dfe6e9", 0.003)
    for number, (x, y, side) in enumerate(
        (
            (0.06, 0.93, 0.11),
            (0.17, 0.93, 0.13),
            (0.30, 0.93, 0.10),
            (0.115, 0.79, 0.11),
            (0.80, 0.92, 0.12),
            (0.91, 0.92, 0.10),
            (0.855, 0.775, 0.11),
        )
    ):
        height = side * 1.18
        wood = ("#c98d4f", "#b87a3d", "#d39b5f")[number % 3]
        canvas.polygon(
            [
                (x - side / 2, y - height / 2),
                (x + side / 2, y - height / 2),
                (x + side / 2, y + height / 2),
                (x - side / 2, y + height / 2),
            ],
            wood,
        )
        for plank in (-0.25, 0.0, 0.25):
            canvas.line(
                [(x - side / 2, y + plank * height), (x + side / 2, y + plank * height)],
                mix(wood, "#3b2512", 0.4),
                0.0016,
            )
        canvas.line([(x - side * 0.2, y - height / 2), (x - side * 0.2, y + height / 2)], "#1b7f5c", 0.005)
        canvas.line([(x + side * 0.2, y - height / 2), (x + side * 0.2, y + height / 2)], "#c1272d", 0.005)
    return canvas.finish()


def parchment(size: tuple[int, int]) -> Image.Image:
    """A letter with its seal on a desk."""
    canvas = Canvas(size, ["#4a2e20", "#5d3b29", "#3d2519"])
    for grain in range(34):
        y = grain / 34 + 0.012 * math.sin(grain * 2.1)
        points = [(x / 40, y + 0.006 * math.sin(x * 0.35 + grain)) for x in range(41)]
        canvas.line(points, mix("#4a2e20", "#2b170d", 0.35 + 0.3 * math.sin(grain) ** 2), 0.0022)
    sheet = [(0.20, 0.12), (0.79, 0.08), (0.83, 0.86), (0.24, 0.91)]
    canvas.soft(sheet, "#150a04", 0.75, 0.014, (0.010, 0.016))
    canvas.polygon(sheet, "#f3e6c8")
    canvas.polygon([(0.215, 0.14), (0.777, 0.102), (0.814, 0.842), (0.253, 0.888)], "#f8efd8")
    canvas.polygon([(0.40, 0.19), (0.60, 0.177), (0.602, 0.205), (0.402, 0.218)], "#1b7f5c")
    for row in range(11):
        y = 0.29 + row * 0.042
        left, right = 0.275 + row * 0.0021, (0.735 if row % 4 != 3 else 0.56) + row * 0.0021
        points = []
        for step in range(91):
            x = left + (right - left) * step / 90
            drop = -0.065 * (x - left)
            points.append(
                (x, y + drop + 0.0055 * math.sin(step * 1.13 + row * 1.9) * (0.5 + 0.5 * math.sin(step * 0.37 + row)))
            )
        canvas.line(points, "#4b4440", 0.0019)
    ribbon = [(0.60, 0.66), (0.66, 0.66), (0.70, 0.97), (0.665, 0.93), (0.64, 0.98)]
    canvas.polygon(ribbon, "#c1272d")
    canvas.polygon([(0.585, 0.66), (0.64, 0.66), (0.60, 0.97), (0.58, 0.93), (0.545, 0.96)], "#9e1b22")
    canvas.soft(_ring((0.62, 0.67), 0.062, 1.4, 60), "#2a0507", 0.6, 0.008, (0.004, 0.008))
    edge = []
    for step in range(72):
        angle = 2 * math.pi * step / 72
        radius = 0.058 + 0.0035 * math.sin(5 * angle) + 0.0022 * math.sin(9 * angle + 1)
        edge.append((0.62 + radius * math.cos(angle), 0.67 + radius * math.sin(angle) * 1.4))
    canvas.polygon(edge, "#a3161f")
    canvas.polygon(_ring((0.62, 0.67), 0.045, 1.4, 60), "#8a0f18")
    canvas.polygon(_ring((0.618, 0.667), 0.042, 1.4, 60), "#b3202a")
    star = [
        (0.62 + 0.030 * math.sin(4 * math.pi * p / 5), 0.67 - 0.030 * math.cos(4 * math.pi * p / 5) * 1.4)
        for p in range(6)
    ]
    canvas.line(star, "#e8a0a0", 0.0035)
    return canvas.finish()


def ball(size: tuple[int, int]) -> Image.Image:
    """A football on grass; its patches stand at the corners of an icosahedron."""
    canvas = Canvas(size, "#2e7d4f")
    aspect = canvas.width / canvas.height
    for stripe in range(12):
        if stripe % 2:
            left, right = stripe / 12, (stripe + 1) / 12
            canvas.polygon([(left, 0), (right, 0), (right + 0.03, 1), (left + 0.03, 1)], "#3a9160")
    canvas.line([(0, 0.80), (1, 0.80)], "#e8f3ec", 0.004)
    canvas.line(_ring((0.5, 0.80), 0.34, aspect * 0.55), "#e8f3ec", 0.004)
    radius = 0.17
    centre = (0.5, 0.48)
    canvas.soft(_ring((0.52, 0.80), 0.19, aspect * 0.26), "#0c2b19", 0.7, 0.012)
    canvas.disc(centre, radius, "#f4f6f5")
    golden = (1 + math.sqrt(5)) / 2
    corners: list[Vector] = [(0.0, a, b * golden) for a in (-1.0, 1.0) for b in (-1.0, 1.0)]
    corners += [(z, x, y) for x, y, z in corners] + [(y, z, x) for x, y, z in corners]
    colours = ["#c1272d", "#1b7f5c", "#f1bf00", "#0b4f6c"]
    for number, corner in enumerate(corners):
        x, y, z = _unit(_turned(corner))
        side = _unit((-y, x, 0.0)) if abs(z) < 0.99 else (1.0, 0.0, 0.0)
        up = (y * side[2] - z * side[1], z * side[0] - x * side[2], x * side[1] - y * side[0])
        patch = []
        for step in range(5):
            angle = 2 * math.pi * step / 5
            reach = 0.36
            vector = _unit(
                tuple(
                    p + reach * (math.cos(angle) * s + math.sin(angle) * u)
                    for p, s, u in zip((x, y, z), side, up, strict=True)
                )  # type: ignore[arg-type]  # three numbers
            )
            patch.append(vector)
        if sum(vector[2] for vector in patch) <= 0.6:
            continue
        canvas.polygon(
            [(centre[0] + radius * v[0], centre[1] - radius * v[1] * aspect) for v in patch], colours[number % 4]
        )
    canvas.glow((0.44, 0.36), 0.11, "#ffffff", 0.35)
    return canvas.finish()


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(part * part for part in vector)) or 1.0
    return vector[0] / length, vector[1] / length, vector[2] / length


def _turned(vector: Vector) -> Vector:
    """Turned a little about two axes, so that no patch looks straight out of the picture."""
    x, y, z = vector
    a, b = 0.35, 0.55
    x, z = x * math.cos(a) + z * math.sin(a), -x * math.sin(a) + z * math.cos(a)
    y, z = y * math.cos(b) - z * math.sin(b), y * math.sin(b) + z * math.cos(b)
    return x, y, z
