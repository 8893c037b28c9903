"""Belonging to a space: joining, asking to, letting in, leaving."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now

from terrain.people.models import Person
from terrain.spaces.departing import forget_leaving, remember_leaving
from terrain.spaces.space import Membership, Openness, Space
from terrain.web.events import tell


class JoinRequest(models.Model):
    """Somebody asks to belong to a closed space; any of its members lets them in."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="join_requests", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="join_requests")
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "spaces_joinrequest"
        ordering = ("asked_at", "id")
        constraints: ClassVar = [models.UniqueConstraint("space", "person", name="spaces_joinrequest_once")]


@dataclass(frozen=True)
class MembershipChanged:
    """Somebody came to a space or left it."""

    person_id: int
    space_id: int


def is_member(space: Space, person: Person) -> bool:
    """Whether this person belongs to the space."""
    return Membership.objects.filter(space=space, person=person).exists()


@transaction.atomic
def join(space: Space, person: Person) -> Membership | JoinRequest | None:
    """Join an open space at once; ask to join a closed one. A secret one cannot be joined, only be let into."""
    if space.openness == Openness.OPEN:
        return _enter(space, person)
    if space.openness == Openness.CLOSED and not is_member(space, person):
        return JoinRequest.objects.get_or_create(space=space, person=person)[0]
    return Membership.objects.filter(space=space, person=person).first()


@transaction.atomic
def let_in(space: Space, person: Person) -> Membership:
    """A member lets somebody in: who asked to join a closed space, or anybody into a secret one."""
    JoinRequest.objects.filter(space=space, person=person).delete()
    return _enter(space, person)


@transaction.atomic
def leave(space: Space, person: Person) -> None:
    """Leave a space, or take back having asked to join it; what was written stays, and no chart undoes it."""
    JoinRequest.objects.filter(space=space, person=person).delete()
    removed, _ = Membership.objects.filter(space=space, person=person).delete()
    if removed:
        remember_leaving(space, person)
        Space.unscoped.filter(pk=space.pk).update(member_count=F("member_count") - 1)
        person.moved()
        tell(MembershipChanged(person.pk, space.pk))


def _enter(space: Space, person: Person) -> Membership:
    membership, is_new = Membership.objects.get_or_create(space=space, person=person)
    if is_new:
        forget_leaving(space, person)
        Space.unscoped.filter(pk=space.pk).update(member_count=F("member_count") + 1)
        person.moved()
        tell(MembershipChanged(person.pk, space.pk))
    return membership
