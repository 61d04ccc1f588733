"""The Natural Earth projection (T. Patterson; polynomial of B. Šavrič et al. 2011), in the map's own units."""

from __future__ import annotations

from math import radians

WIDTH, HEIGHT = 1000.0, 520.0
_UNIT = WIDTH / 5.4707
_MIDDLE = 285.0
"""The y of the equator: the map is cut below 60° south, where no trial has a site."""


def project(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 degrees to x (0 west … 1000 east) and y (0 north … 520 south); never fails within ±180, ±90."""
    x, y = radians(lon), radians(lat)
    y2 = y * y
    y4 = y2 * y2
    across = x * (0.8707 - 0.131979 * y2 + y4 * (-0.013791 + y4 * (0.003971 * y2 - 0.001529 * y4)))
    up = y * (1.007226 + y2 * (0.015085 + y4 * (-0.044475 + 0.028874 * y2 - 0.005916 * y4)))
    return WIDTH / 2 + across * _UNIT, _MIDDLE - up * _UNIT
