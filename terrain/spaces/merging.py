"""Two people change the same menu at once: each has their own links in it, and nothing of either is lost."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from terrain.people.models import Person
from terrain.spaces.changes import Change, Part
from terrain.spaces.keeping import change
from terrain.spaces.menu import Link, as_kept, links
from terrain.spaces.space import Space

Menu = Sequence[Link]
Place = int | Link
"""A link that was there before, by its number, or one that is new."""


@dataclass(frozen=True)
class Merged:
    """The links together; of those that both changed, each in a way of their own, both are there, and in `disputed`."""

    links: list[Link]
    disputed: list[Link]


def merged(base: Menu, theirs: Menu, own: Menu) -> Merged:
    """Two menus that both began as `base`, in one: what only one person changed, added, removed or moved is so.

    What one changed and the other removed stays, and is disputed; so is what both added of the same address or label.
    """
    in_theirs, in_own = _traced(base, theirs), _traced(base, own)
    kept: dict[int, list[Link]] = {}
    disputed: list[Link] = []
    for n, before in enumerate(base):
        a, b = _now(theirs, in_theirs, n), _now(own, in_own, n)
        if a == b or b == [before]:
            kept[n] = a
        elif a == [before]:
            kept[n] = b
        else:
            kept[n] = a + b
            disputed += a + b
    first, second = _places(theirs, in_theirs), _places(own, in_own)
    for new in (each for each in first if isinstance(each, Link) and each not in second):
        disputed += [
            link for other in second if isinstance(other, Link) and _akin(new, other) for link in (new, other)
        ]
    # Whoever moved links decides of their order; of two who did, the one who came first.
    if _are_as_before(first) and not _are_as_before(second):
        first, second = second, first
    return Merged([link for place in _joined(first, second) for link in _links_at(place, kept)], disputed)


def _traced(base: Menu, version: Menu) -> Mapping[int, int]:
    """Where each link of `base` is in a version of it: the same one, else one that it may have become."""
    found: dict[int, int] = {}
    for same in (operator.eq, _akin):
        for n, before in enumerate(base):
            if n not in found:
                free = (
                    at for at, link in enumerate(version) if at not in found.values() and same(before, link)
                )
                if (at := next(free, None)) is not None:
                    found[n] = at
    return found


def _akin(one: Link, other: Link) -> bool:
    """Whether one may have become the other: it leads to the same place, or bears the same label."""
    return one.address == other.address or one.label == other.label


def _now(version: Menu, traced: Mapping[int, int], n: int) -> list[Link]:
    return [version[traced[n]]] if n in traced else []


def _places(version: Menu, traced: Mapping[int, int]) -> list[Place]:
    before = {at: n for n, at in traced.items()}
    return [before.get(at, link) for at, link in enumerate(version)]


def _are_as_before(places: Sequence[Place]) -> bool:
    numbers = [place for place in places if isinstance(place, int)]
    return numbers == sorted(numbers)


def _joined(first: Sequence[Place], second: Sequence[Place]) -> list[Place]:
    """The first, with what only the second has after what it follows there, and after what is new there already."""
    joined, last = list(first), -1
    for place in second:
        if place in joined:
            last = joined.index(place)
            continue
        last += 1
        while last < len(joined) and isinstance(joined[last], Link):
            last += 1
        joined.insert(last, place)
    return joined


def _links_at(place: Place, kept: Mapping[int, list[Link]]) -> list[Link]:
    return [place] if isinstance(place, Link) else kept[place]


@transaction.atomic
def edit_menu(space: Space, person: Person, own: Menu, seen: int) -> Merged:
    """Give a space the menu that somebody made of the one they saw, joined with what others made of it since.

    `seen` is the number of the last change of the menu that they knew of; 0 where there was none.
    """
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    known = Change.objects.filter(space=here, part=Part.MENU, pk__lte=seen).first()
    together = merged(links(known.after if known else ""), links(here.menu), own)
    change(here, person, {Part.MENU: as_kept(together.links)})
    return together
