"""Landscapes."""

import math

from PIL import Image

from regions.demo.drawing.canvas import Canvas, Point, mix


def _ridge(level: float, height: float, phase: float, roughness: float) -> list[Point]:
    points = []
    for step in range(161):
        x = step / 160
        y = math.sin(2 * math.pi * (0.9 * x + phase)) + 0.5 * math.sin(2 * math.pi * (2.1 * x + 1.7 * phase))
        y += roughness * (0.30 * math.sin(2 * math.pi * (7.3 * x + phase)) + 0.16 * math.sin(2 * math.pi * 17.1 * x))
        points.append((x, level - height * y))
    return [*points, (1.0, 1.1), (0.0, 1.1)]


def mountains(size: tuple[int, int]) -> Image.Image:
    """Ranges one behind the other in morning light."""
    canvas = Canvas(size, ["#f6d7b0", "#f3c6a5", "#e7b7b0", "#c9b6c8"])
    canvas.glow((0.64, 0.30), 0.42, "#fff3d6", 0.95)
    canvas.disc((0.64, 0.30), 0.045, "#fffaf0")
    for number in range(6):
        share = number / 5
        fill = mix("#b9a3b8", "#16324a", share)
        canvas.polygon(_ridge(0.42 + 0.115 * number, 0.055 + 0.012 * number, 0.31 * number + 0.2, 1.0), fill)
        haze = [
            (0, 0.50 + 0.115 * number),
            (1, 0.50 + 0.115 * number),
            (1, 0.56 + 0.115 * number),
            (0, 0.56 + 0.115 * number),
        ]
        canvas.soft(haze, "#f4d9c6", 0.30 * (1 - share), 0.02)
    return canvas.finish()


def _boat(canvas: Canvas, x: float, y: float, scale: float, hull: str, sail: str) -> None:
    canvas.polygon(
        [(x - scale, y), (x + scale, y), (x + 0.72 * scale, y + 0.42 * scale), (x - 0.75 * scale, y + 0.42 * scale)],
        hull,
    )
    canvas.line([(x, y), (x, y - 2.6 * scale)], "#3b2a2a", 0.0022)
    canvas.polygon(
        [(x + 0.06 * scale, y - 2.5 * scale), (x + 0.06 * scale, y - 0.2 * scale), (x + 0.9 * scale, y - 0.3 * scale)],
        sail,
    )
    canvas.polygon(
        [(x - 0.06 * scale, y - 2.1 * scale), (x - 0.06 * scale, y - 0.2 * scale), (x - 0.7 * scale, y - 0.3 * scale)],
        "#f2e2c4",
    )


def harbour(size: tuple[int, int]) -> Image.Image:
    """Boats before the setting sun, a lighthouse on the mole."""
    canvas = Canvas(size, ["#23395b", "#6d597a", "#b56576", "#e88c6d", "#f6bd7f", "#f9d59b"])
    horizon = 0.60
    canvas.glow((0.62, horizon), 0.40, "#ffe8b0", 0.9)
    canvas.disc((0.62, horizon - 0.02), 0.055, "#fff4cf")
    canvas.polygon(
        [
            (0, horizon - 0.03),
            (0.08, horizon - 0.075),
            (0.2, horizon - 0.05),
            (0.33, horizon - 0.02),
            (0.40, horizon),
            (0, horizon),
        ],
        "#5b4a6b",
    )
    canvas.polygon(
        [(1, horizon - 0.06), (0.93, horizon - 0.07), (0.82, horizon - 0.02), (0.76, horizon), (1, horizon)], "#5b4a6b"
    )
    for row in range(60):
        share = row / 60
        y = horizon + (1.02 - horizon) * share
        canvas.polygon([(0, y), (1, y), (1, 1.1), (0, 1.1)], mix("#d98b73", "#16263f", min(1, share * 1.25)))
    for row in range(26):
        share = row / 26
        y = horizon + 0.006 + (0.96 - horizon) * share**1.3
        half = 0.012 + 0.07 * share * (0.6 + 0.4 * math.sin(row * 2.3))
        drift = 0.012 * math.sin(row * 1.7)
        canvas.line(
            [(0.62 - half + drift, y), (0.62 + half + drift, y)],
            mix("#fff0c2", "#e29a78", share),
            0.0016 + 0.002 * share,
        )
    canvas.polygon([(0, 0.70), (0.30, 0.685), (0.34, 0.70), (0.34, 0.72), (0, 0.78)], "#2d2440")
    canvas.polygon([(0.262, 0.685), (0.272, 0.40), (0.300, 0.40), (0.310, 0.685)], "#f4efe6")
    for stripe in (0.45, 0.53, 0.61):
        slack = (stripe - 0.40) / 0.285 * 0.010
        canvas.polygon(
            [
                (0.272 - slack, stripe),
                (0.300 + slack, stripe),
                (0.3015 + slack, stripe + 0.035),
                (0.2705 - slack, stripe + 0.035),
            ],
            "#c1272d",
        )
    canvas.polygon([(0.268, 0.40), (0.304, 0.40), (0.298, 0.355), (0.274, 0.355)], "#2d2440")
    canvas.glow((0.286, 0.378), 0.06, "#fff3c0", 0.9)
    canvas.disc((0.286, 0.378), 0.008, "#fffbe6")
    _boat(canvas, 0.50, 0.70, 0.030, "#1b2a41", "#e9d8a6")
    _boat(canvas, 0.80, 0.76, 0.045, "#7a1f2b", "#f7f0e0")
    _boat(canvas, 0.40, 0.86, 0.060, "#0f3d3e", "#e07a5f")
    return canvas.finish()
