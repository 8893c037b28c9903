"""The first thirty days of a space: it finds its people, and nobody but who opened it decides anything over it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.spaces.space import Space
from terrain.web.refusing import Refused

SETTLING = timedelta(days=30)


class StillSettling(Refused):
    """The space is in its first thirty days, and this is not asked by who opened it."""

    sentence = _(
        "This space has been open for less than thirty days: it is settling in, and only who opened it can do that."
    )


def is_settling(space: Space, at: datetime | None = None) -> bool:
    """Whether the space is in its first thirty days."""
    return (at or timezone.now()) < space.opened_at + SETTLING


def leave_in_peace(space: Space, person: Person, at: datetime | None = None) -> None:
    """Raises StillSettling in the first thirty days of a space, for anybody but who opened it."""
    if is_settling(space, at) and space.opened_by_id != person.pk:
        raise StillSettling
