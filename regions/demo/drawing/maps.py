"""Maps on a globe: coastlines drawn by hand in degrees, in orthographic projection."""

import math
from collections.abc import Iterable, Sequence

from PIL import Image

from regions.demo.drawing.canvas import Canvas, Point

Degrees = tuple[float, float]

_NORTH_AMERICA = (
    "-168,66 -162,70 -156,71 -141,70 -128,70 -115,68.5 -100,68 -94,69.5 -88,68 -82,69 -82,66.5 -87,64 -94,61 -94,58.5 "
    "-88,56.5 -82,55 -80,51.5 -79,54.5 -77,57 -78,62.4 -72,61.5 -69,58.5 -65,60 -61,56.5 -56,52.5 -58,51 -66,50 "
    "-70,47.5 -65,48.8 -64.5,46.2 -60.5,46.5 -64,44.6 -67,44.8 -70.5,43 -70,41.7 -74,40.6 -76,37 -76,35 -81,31.5 "
    "-80.1,26 -81.2,25.2 -82.7,28 -84,30 -89.5,30 -94.5,29.4 -97.4,26 -97.5,22 -95.5,18.7 -91.5,18.5 -90.3,21 -87,21.4 "
    "-88,18 -88.8,15.9 -83.3,15 -83.6,11 -81.5,8.9 -79.5,9.5 -77.4,8.6 -78.2,7.5 -80.3,7.4 -83,8.3 -85.8,10.2 "
    "-87.6,13 -91.5,14 -94.5,16.2 -99.5,16.7 -105.5,20.4 -105.6,22.7 -109.4,26 -112.8,30 -114.8,31.7 -112.5,28 "
    "-109.8,23.2 -112,25 -115,28 -117,32.5 -120.6,34.6 -124,40 -124.5,43 -123.5,48.2 -128,51 -131,55 -137,58.5 "
    "-146,60.8 -152,59.5 -158,56.5 -164,54.8 -158,58.6 -162,59 -165,61 -165,64.4 -161,64.6"
)
_SOUTH_AMERICA = (
    "-77.4,8.6 -75.5,10.6 -71.5,12.3 -71.7,11 -68,11.8 -64,10.4 -61.8,10.7 -60,8.4 -57,6 -52,4.8 -50,1 -48,-1 -44,-2.6 "
    "-39.5,-3 -35.2,-5.5 -35,-9 -38.9,-13.3 -39.3,-18 -41,-22 -44.6,-23.1 -48.4,-26 -48.8,-28.6 -52.2,-32.2 "
    "-54.5,-34.8 -58.3,-34.2 -56.8,-36.5 -58,-38.5 -62.2,-39 -65,-41 -63.7,-42.6 -67.5,-46 -65.8,-47.5 -69,-51 "
    "-68.5,-52.5 -65.3,-54.7 -70,-55.2 -74.5,-52 -75.5,-48 -73.5,-42 -73.5,-37 -71.6,-32 -70.5,-25 -70.3,-18.4 "
    "-76.2,-13.9 -79.8,-7.2 -81.3,-4.5 -79.9,-2.5 -80.8,-1 -78.8,1.3 -77.3,4 -77.5,6.5"
)
_AFRICA = (
    "-5.9,35.8 -2,35.1 3,36.8 10,37.3 11,34 15.2,32.3 20,31 23,32.6 29,30.9 32.3,31.2 33.6,27.8 37.2,20.8 39.5,15.5 "
    "43.2,12 44,10.5 51.2,11.9 48,5 41.5,-1.8 39,-6.5 40.7,-12 40.5,-15.5 35,-20 35.4,-24 32.6,-26 30.5,-31 25.7,-34 "
    "20,-34.8 18.3,-33 15.3,-27 12,-18 13.5,-11 12.2,-5.8 8.8,-1 9.6,4 4.4,6.3 1,5.9 -4,5.2 -7.7,4.4 -11.5,6.8 -13.3,9 "
    "-16.7,12.5 -17.5,14.7 -16.2,19 -17,21 -14.8,25.5 -13,27.8 -9.8,29.8 -9.7,31.5 -6.8,34"
)
_OTHERS = (
    "49.3,-12 50.4,-15.7 47.2,-24.9 44,-25 43.3,-22 44.4,-17 47,-15",  # Madagascar
    "-9.4,38.8 -8.8,43.2 -1.8,43.4 -1.2,46 -4.7,48.4 1.6,50.9 8,53.7 8.2,57 10.5,57.6 11,54 20,54.5 24,59.4 30,60 "
    "40,64 40,45 30,46 28,43.5 29,41 24,40.5 23,36.5 19.5,40 13.6,45.5 18.4,40 15.7,38 12.3,41.7 8.8,44.4 3.1,43.2 "
    "3.2,41.9 -0.3,39.5 -2,36.8 -5.6,36 -8.9,37",  # Europe
    "40,64 60,68 70,60 70,25 57,25 59.8,22.5 52,16 43.5,12.8 39,21 35,28 34.5,31.5 36,36.8 30,36.3 26.5,38.5 29,41 "
    "41,41.5 40,45",  # Western Asia
    "5,59 5.5,62 14,67.5 25,71 30,70 30,60.2 22.5,60 21.5,64 17.5,62 18,59.5 14,55.5 11,59",  # Scandinavia
    "-5.5,50.1 1.3,51.2 .2,53 -2,57.5 -5,58.5 -5.8,56 -3.2,54.2 -5,52",  # Great Britain
    "-10,52 -6.2,52.3 -6,54.5 -8,55.2 -10,54",  # Ireland
    "-24,65.5 -22.5,64 -18.7,63.4 -13.7,65 -16,66.4 -20,66",  # Iceland
    "-73,78 -60,82 -30,83.5 -18,80 -20,73 -25,70 -40,65 -43.5,60 -50,62 -54,67 -56,72 -66,76",  # Greenland
    "-84.9,21.9 -82,23.1 -77,21.7 -74.2,20.2 -77.6,19.9 -78.5,21.2 -82,22.4",  # Cuba
    "-74.4,18.5 -73,19.9 -69.5,19.6 -68.4,18.6 -71,18 -72,18.2",  # Hispaniola
    "-78.3,18.3 -76.3,18.2 -77,17.8",  # Jamaica
    "-80,73.5 -68,70 -62,66.5 -66,62.5 -72,64 -73,68 -86,72",  # Baffin
    "-117,73 -105,73 -103,69.2 -114,69",  # Victoria
)
_RABAT = (-6.8, 34.0)
_CAPITALS = (
    (-77.0, 38.9),
    (-99.1, 19.4),
    (-82.4, 23.1),
    (-47.9, -15.8),
    (-77.0, -12.0),
    (-70.7, -33.4),
    (-58.4, -34.6),
    (-75.7, 45.4),
)


def _degrees(text: str) -> list[Degrees]:
    pairs = (pair.split(",") for pair in text.split())
    return [(float(longitude), float(latitude)) for longitude, latitude in pairs]


class _Globe:
    """Orthographic projection (J. P. Snyder, Map Projections, USGS 1395, eq. 20-3 and 20-4)."""

    def __init__(self, canvas: Canvas, centre: Sequence[float], zoom: float) -> None:
        self.longitude, self.latitude = math.radians(centre[0]), math.radians(centre[1])
        self.radius = 0.5 * zoom
        self.aspect = canvas.width / canvas.height
        if self.aspect < 1:
            self.radius /= self.aspect

    def project(self, point: Degrees) -> tuple[Point, bool]:
        """The place in the picture and whether it is on the visible side; a hidden point is moved to the limb."""
        longitude, latitude = math.radians(point[0]) - self.longitude, math.radians(point[1])
        x = math.cos(latitude) * math.sin(longitude)
        y = math.cos(self.latitude) * math.sin(latitude)
        y -= math.sin(self.latitude) * math.cos(latitude) * math.cos(longitude)
        depth = math.sin(self.latitude) * math.sin(latitude)
        depth += math.cos(self.latitude) * math.cos(latitude) * math.cos(longitude)
        if depth < 0:
            length = math.hypot(x, y) or 1
            x, y = x / length, y / length
        return (0.5 + x * self.radius, 0.5 - y * self.radius * self.aspect), depth >= 0

    def outline(self, points: Iterable[Degrees]) -> list[Point]:
        """A closed shape, or nothing when all of it is on the far side."""
        projected = [self.project(point) for point in points]
        return [place for place, _visible in projected] if any(visible for _place, visible in projected) else []

    def path(self, points: Iterable[Degrees]) -> list[Point]:
        """The visible part of a line."""
        return [place for place, visible in map(self.project, points) if visible]


def _great_circle(start: Degrees, end: Degrees, steps: int = 60) -> list[Degrees]:
    def vector(point: Degrees) -> tuple[float, float, float]:
        longitude, latitude = map(math.radians, point)
        return (
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        )

    first, last = vector(start), vector(end)
    angle = math.acos(sum(a * b for a, b in zip(first, last, strict=True)))
    points = []
    for step in range(steps + 1):
        share = step / steps
        weights = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
        x, y, z = (weights[0] * a + weights[1] * b for a, b in zip(first, last, strict=True))
        points.append((math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z))))))
    return points


def atlantic_map(
    size: tuple[int, int],
    *,
    centre: Sequence[float] = (-46, 8),
    zoom: float = 0.74,
    routes: bool = True,
    highlight: str = "america",
) -> Image.Image:
    """The globe seen from above ``centre`` (degrees east and north); ``routes`` leave Rabat for American capitals."""
    canvas = Canvas(size, ["#071a2c", "#0d2f4a", "#071a2c"])
    globe = _Globe(canvas, centre, zoom)
    canvas.glow((0.5, 0.5), globe.radius * 1.22, "#2f7ea8", 0.55)
    canvas.disc((0.5, 0.5), globe.radius, "#125a80")
    canvas.glow((0.42, 0.38), globe.radius * 1.0, "#2b86ad", 0.8)
    for longitude in range(-180, 180, 15):
        canvas.line(globe.path((longitude, latitude) for latitude in range(-90, 91, 3)), "#3a86a8", 0.0009)
    for latitude in range(-75, 90, 15):
        meridians = (((longitude + 180) % 360 - 180, latitude) for longitude in range(0, 361, 3))
        for piece in _pieces(globe.path(meridians)):
            canvas.line(piece, "#3a86a8", 0.0009)
    americas, africa = [_NORTH_AMERICA, _SOUTH_AMERICA, *_OTHERS[8:]], [_AFRICA, _OTHERS[0]]
    bright = africa if highlight == "africa" else americas
    for land in (_NORTH_AMERICA, _SOUTH_AMERICA, _AFRICA, *_OTHERS):
        shape = globe.outline(_degrees(land))
        if shape:
            canvas.soft(shape, "#03202f", 0.5, 0.006, (0.004, 0.006))
            canvas.polygon(shape, "#e9d8a6" if land in bright else "#b8c4a4")
            canvas.line([*shape, shape[0]], "#fff7dd" if land in bright else "#d4dcc4", 0.0012)
    if routes:
        for capital in _CAPITALS:
            canvas.line(globe.path(_great_circle(_RABAT, capital)), "#d1495b", 0.0022)
            place, visible = globe.project(capital)
            if visible:
                canvas.disc(place, 0.0065, "#ffffff", "#d1495b")
        canvas.disc(globe.project(_RABAT)[0], 0.011, "#1b7f5c", "#ffffff")
    return canvas.finish()


def _pieces(points: list[Point]) -> list[list[Point]]:
    """A line cut where it jumps from one edge of the globe to the other."""
    pieces: list[list[Point]] = [[]]
    for point in points:
        if pieces[-1] and math.dist(pieces[-1][-1], point) > 0.15:
            pieces.append([])
        pieces[-1].append(point)
    return [piece for piece in pieces if len(piece) > 1]
