"""The frame around every page: where one can go, on a wide screen and in a phone's bar."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """Somewhere to go from everywhere: `key` is what a page says it belongs to, `url` a path's name."""

    key: str
    label: str | Promise
    icon: str
    url: str
    order: int
    in_nav: bool = True
    on_phone: bool = True
    is_main: bool = False
    """The button in the middle of a phone's bar."""
    count: Callable[[Any], int] | None = None
    """How much of it waits for a person, without a question to the database."""


_places: list[Place] = []


def add(place: Place) -> None:
    """Show this place in the navigation of every page."""
    _places.append(place)
    _places.sort(key=lambda each: each.order)


def places() -> list[Place]:
    """Every place, in order."""
    return _places
