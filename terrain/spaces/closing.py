"""For whom a space is: an open one closes after seven days of notice, a closed one opens where that shows no secret."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.people.organisation import every_page_changes
from terrain.people.power import done
from terrain.spaces.acts import ANNOUNCED, CALLED_OFF, CLOSED, OPENED
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.changes import Change, Part
from terrain.spaces.settling import leave_in_peace
from terrain.spaces.space import Openness, Space
from terrain.web.events import tell
from terrain.web.refusing import Refused

NOTICE = timedelta(days=7)
LONGEST = 300
SOON = "closing"
"""What the history says of an open space while its closing is announced."""


class NotOpen(Refused):
    """Only an open space closes."""

    sentence = _("This space is not open: there is nothing to close.")


class NotClosed(Refused):
    """Only a closed space opens."""

    sentence = _("Only a closed space can be opened: a secret one stays what it is.")


class HoldsClosedWords(Refused):
    """Something was said in it among members, and would be shown to all."""

    sentence = _(
        "What was said here was said among members, and stays so: this space cannot be opened. Open another beside it."
    )


class Closing(models.Model):
    """A member has announced that an open space closes, why, and when; until then any member calls it off."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="closing")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=LONGEST)
    announced_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "spaces_closing"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="spaces_closing_says_why"),
        ]


@dataclass(frozen=True)
class ClosingAnnounced:
    """An open space will close."""

    space_id: int
    person_id: int
    why: str
    closes_at: datetime


@dataclass(frozen=True)
class SpaceClosed:
    """An open space is closed: what was said in it before stays open to all."""

    space_id: int


@dataclass(frozen=True)
class SpaceOpened:
    """A closed space is open, and all that is in it."""

    space_id: int


KeepsClosed = Callable[[int], bool]
"""Whether something is in the space of this id that only its members may read."""

_known: list[KeepsClosed] = []


def keeps_closed(rule: KeepsClosed) -> KeepsClosed:
    """Register the decorated rule."""
    _known.append(rule)
    return rule


@transaction.atomic
def announce_closing(space: Space, person: Person, why: str, at: datetime | None = None) -> Closing:
    """Announce that an open space closes in seven days, for a reason in a sentence; twice is once.

    Raises NotOpen, ArchivedSpace, and StillSettling in its first thirty days, but for who opened it.
    """
    at = at or timezone.now()
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    if here.openness != Openness.OPEN:
        raise NotOpen
    refuse_if_archived(here.pk)
    leave_in_peace(here, person, at)
    said = {"person": person, "why": why, "announced_at": at, "closes_at": at + NOTICE}
    closing, is_new = Closing.objects.get_or_create(space=here, defaults=said)
    if is_new:
        _told(here, person, Openness.OPEN, SOON)
        tell(ClosingAnnounced(here.pk, person.pk, why, closing.closes_at))
        done(ANNOUNCED, person, "space", here.pk, why)
    return closing


@transaction.atomic
def call_off(space: Space, person: Person) -> None:
    """Let the space stay open."""
    removed, _ = Closing.objects.filter(space=space).delete()
    if removed:
        _told(space, person, SOON, Openness.OPEN)
        done(CALLED_OFF, person, "space", space.pk)


def close_what_is_due(at: datetime | None = None) -> int:
    """Close the spaces whose seven days are over; returns how many."""
    due = Closing.objects.filter(closes_at__lte=at or timezone.now()).order_by("pk")
    spaces = list(due.values_list("space", flat=True))
    for space in spaces:
        _close(space)
    return len(spaces)


@transaction.atomic
def _close(space_id: int) -> None:
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space_id)
    closing = Closing.objects.filter(space=here).select_related("person").first()
    if closing is None:
        return
    closing.delete()
    _become(here, Openness.CLOSED, closing.person)
    tell(SpaceClosed(here.pk))
    done(CLOSED, closing.person, "space", here.pk, closing.why)


@transaction.atomic
def open_up(space: Space, person: Person) -> None:
    """Open a closed space to all, at once; raises NotClosed, ArchivedSpace, and HoldsClosedWords."""
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    if here.openness != Openness.CLOSED:
        raise NotClosed
    refuse_if_archived(here.pk)
    if any(rule(here.pk) for rule in _known):
        raise HoldsClosedWords
    _become(here, Openness.OPEN, person)
    tell(SpaceOpened(here.pk))
    done(OPENED, person, "space", here.pk)


def _become(space: Space, openness: Openness, person: Person | None) -> None:
    _told(space, person, space.openness, openness)
    space.openness = openness
    space.save(update_fields=["openness"])
    # Every page that names it shows for whom it is.
    every_page_changes()


def _told(space: Space, person: Person | None, before: str, after: str) -> None:
    Change.objects.create(space=space, part=Part.OPENNESS, before=before, after=after, person=person)
