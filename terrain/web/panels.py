"""The shelves of a page that upper folders fill: what is shown on a lower folder's page without being known to it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from markupsafe import Markup

Panel = Callable[[Any, Any], Markup | str]
"""Draws one panel, from the request and the thing that the page shows; an empty string is no panel."""

_shelves: dict[str, list[tuple[int, Panel]]] = defaultdict(list)


def panel(shelf: str, order: int = 50) -> Callable[[Panel], Panel]:
    """Put the decorated function on a shelf, such as "rail" or "profile"; the lowest order comes first."""

    def register(draw: Panel) -> Panel:
        _shelves[shelf].append((order, draw))
        _shelves[shelf].sort(key=lambda placed: placed[0])
        return draw

    return register


def drawn(shelf: str, request: HttpRequest, thing: object = None) -> list[Markup]:
    """Every panel of the shelf for this thing, in order, the empty ones left out."""
    return [Markup(html) for _, draw in _shelves[shelf] if (html := draw(request, thing))]
