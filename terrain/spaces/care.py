"""Who looks after a space: upper folders say it; here it is only asked."""

from collections.abc import Callable

from terrain.people.models import Person
from terrain.spaces.space import SpaceQuerySet

LookedAfter = Callable[[Person], SpaceQuerySet]
"""The spaces that a person looks after now."""

_known: list[LookedAfter] = []


def looks_after(rule: LookedAfter) -> LookedAfter:
    """Register the decorated rule."""
    _known.append(rule)
    return rule


def is_looked_after_by(space_id: int, person: Person) -> bool:
    """Whether this person looks after the space of this id, now."""
    return any(rule(person).filter(pk=space_id).exists() for rule in _known)


def looked_after_by(person: Person) -> set[int]:
    """The ids of the spaces that this person looks after, now."""
    return {pk for rule in _known for pk in rule(person).order_by().values_list("pk", flat=True)}
