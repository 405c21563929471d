"""Pictures for the demonstration, drawn by the project itself. The same arguments always give the same picture."""

from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image

from regions.demo.drawing.maps import atlantic_map
from regions.demo.drawing.objects import air_bridge, ball, parchment, round_table
from regions.demo.drawing.patterns import waves, zellige
from regions.demo.drawing.scenes import harbour, mountains

_DRAWINGS: dict[str, Callable[..., Image.Image]] = {
    function.__name__: function
    for function in (air_bridge, atlantic_map, ball, harbour, mountains, parchment, round_table, waves, zellige)
}


def picture_draw(*, drawing: str, size: tuple[int, int], arguments: Mapping[str, Any]) -> Image.Image:
    """The RGB picture ``drawing`` at ``size`` (width, height) in pixels. Raise KeyError for an unknown drawing."""
    return _DRAWINGS[drawing](size, **arguments)


__all__ = ["picture_draw"]
