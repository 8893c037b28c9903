"""Contour lines, the house's mark: each name draws its own hill, always the same."""

import hashlib
import math
from functools import lru_cache

from markupsafe import Markup

HUES = 24
"""Hues stand in the style sheet as classes h0 to h23, 15 degrees apart."""


@lru_cache(maxsize=8192)
def hue(name: str) -> int:
    """The hue of a name, 0 to 23."""
    return _digest(name)[0] % HUES


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _hill(name: str, centre: tuple[float, float], step: float, levels: int, points: int) -> list[str]:
    """Closed curves around a summit, the inmost first, as the `d` of SVG paths in whole units.

    Each level's radius is `step` times its number, bent by three waves whose phases come from the name, and its
    centre drifts a little, as a real slope does. Curves pass through the middles between points.
    """
    seed = _digest(name)
    waves = [(2 + i, 0.06 + seed[i + 1] / 255 * 0.11, seed[i + 4] / 255 * math.tau) for i in range(3)]
    drift, lean = seed[8] / 255 * math.tau, 0.10 + seed[9] / 255 * 0.16
    paths = []
    for level in range(1, levels + 1):
        grown = step * level
        x0 = centre[0] + math.cos(drift) * lean * grown
        y0 = centre[1] + math.sin(drift) * lean * grown * 0.6
        corners = []
        for i in range(points):
            angle = math.tau * i / points
            bend = 1 + sum(size * math.cos(n * angle + phase + level * 0.22) for n, size, phase in waves)
            corners.append((x0 + math.cos(angle) * grown * bend, y0 + math.sin(angle) * grown * bend))
        paths.append(_closed(corners))
    return paths


def _closed(corners: list[tuple[float, float]]) -> str:
    def middle(i: int) -> tuple[float, float]:
        (ax, ay), (bx, by) = corners[i - 1], corners[i % len(corners)]
        return (ax + bx) / 2, (ay + by) / 2

    drawn = "M{:.0f} {:.0f}".format(*middle(0))
    for i, (x, y) in enumerate(corners):
        drawn += "Q{:.0f} {:.0f} {:.0f} {:.0f}".format(x, y, *middle(i + 1))
    return drawn + "z"


@lru_cache(maxsize=4096)
def relief(name: str) -> Markup:
    """The small square mark of a space."""
    seed = _digest(name)
    centre = 22 + seed[10] / 255 * 20, 22 + seed[11] / 255 * 20
    lines = "".join(_hill(name, centre, 9.2, 5, 8))
    return Markup(
        f'<svg class="relief h{hue(name)}" viewBox="0 0 64 64" aria-hidden="true"><path d="{lines}"/></svg>'
    )


@lru_cache(maxsize=1024)
def contours(name: str) -> Markup:
    """The slope behind a space's title, wider than it is high."""
    seed = _digest(name)
    centre = 430 + seed[10] / 255 * 220, 70 + seed[11] / 255 * 70
    lines = "".join(_hill(name, centre, 44, 13, 14))
    return Markup(
        '<svg class="contours" viewBox="0 0 800 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<path d="{lines}"/></svg>'
    )


@lru_cache(maxsize=1)
def brand() -> Markup:
    """Terrain's own mark."""
    lines = "".join(_hill("Terrain", (165, 160), 34, 3, 10))
    return Markup(
        '<svg class="mark" viewBox="0 0 320 320" aria-hidden="true"><rect width="320" height="320" rx="90"/>'
        f'<path d="{lines}"/></svg>'
    )
