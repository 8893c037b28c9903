"""Archiving a space: it is read and found as before, nothing is written in it, and any member wakes it in one press."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.acts import ARCHIVED, WOKEN
from terrain.spaces.changes import Change, Part
from terrain.spaces.settling import leave_in_peace
from terrain.spaces.space import Space
from terrain.web.refusing import Refused

QUIET = timedelta(days=120)
"""How long a space is quiet before its members are asked what is to become of it."""


class ArchivedSpace(Refused):
    """Something was to be written in an archived space."""

    sentence = _(
        "This space is archived: it can be read, and any of its members can wake it, to write in it again."
    )


class StillAnswerable(Refused):
    """Something was said here that people can answer for some time yet."""

    sentence = _(
        "A notice was published here less than thirty days ago, and can be answered until then: archive the space"
        " after that."
    )


Answerable = Callable[[Space, datetime], bool]
"""Whether something in this space has to stay open to answers, at a moment."""

_answerable: list[Answerable] = []


def may_be_answered(rule: Answerable) -> Answerable:
    """Register the decorated function: where it says so, the space is not archived."""
    _answerable.append(rule)
    return rule


class Archiving(models.Model):
    """A space is archived, until somebody wakes it."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="archiving")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    archived_at = models.DateTimeField()

    class Meta:
        db_table = "spaces_archiving"
        constraints: ClassVar = []


@transaction.atomic
def archive(space: Space, person: Person, at: datetime | None = None) -> Archiving:
    """Archive a space; twice is once.

    Raises StillSettling in its first thirty days, but for who opened it; and StillAnswerable.
    """
    at = at or timezone.now()
    leave_in_peace(space, person, at)
    if any(rule(space, at) for rule in _answerable):
        raise StillAnswerable
    asked = {"person": person, "archived_at": at}
    archiving, is_new = Archiving.objects.get_or_create(space=space, defaults=asked)
    if is_new:
        _changed(space, person, "", "archived")
        done(ARCHIVED, person, "space", space.pk)
    return archiving


@transaction.atomic
def wake(space: Space, person: Person) -> None:
    """Let a space be written in again."""
    removed, _ = Archiving.objects.filter(space=space).delete()
    if removed:
        _changed(space, person, "archived", "")
        done(WOKEN, person, "space", space.pk)


def _changed(space: Space, person: Person, before: str, after: str) -> None:
    """A line of its history; and those who have it beside their pages see that it left, or came back."""
    Change.objects.create(space=space, part=Part.ARCHIVING, before=before, after=after, person=person)
    Person.objects.filter(memberships__space=space).update(epoch=models.F("epoch") + 1)


def refuse_if_archived(space_id: int | None) -> None:
    """Raises ArchivedSpace where nothing is written any more: to be asked by each verb that writes in a space."""
    if space_id is not None and Archiving.objects.filter(space=space_id).exists():
        raise ArchivedSpace


def asks_what_to_become(space: Space, at: datetime | None = None) -> bool:
    """Whether nothing has moved in it for 120 days, and nobody has archived it."""
    return not space.is_archived and space.last_activity_at < (at or timezone.now()) - QUIET
