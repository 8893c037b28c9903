"""Who looks after a space: upper folders say it; here it is only asked."""

from collections.abc import Callable

from terrain.people.models import Person

LooksAfter = Callable[[int, Person], bool]
"""Whether a person looks after the space of this id, now."""

_known: list[LooksAfter] = []


def looks_after(rule: LooksAfter) -> LooksAfter:
    """Register the decorated rule."""
    _known.append(rule)
    return rule


def is_looked_after_by(space_id: int, person: Person) -> bool:
    """Whether this person looks after the space of this id, now."""
    return any(rule(space_id, person) for rule in _known)
