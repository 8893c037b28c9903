"""Pinning: what newcomers to a space read first; three conversations at most, put there by who looks after it."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from terrain.conversations.models import Conversation
from terrain.conversations.settling import leave_in_peace
from terrain.hosting.acts import PINNED, UNPINNED
from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.models import Space

MOST = 3


class TooManyPins(Exception):
    """Three conversations are pinned in this space already."""


class Pin(models.Model):
    """A conversation on top of its space, in one of three places."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="+")
    place = models.SmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    pinned_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "hosting_pin"
        constraints: ClassVar = [
            models.UniqueConstraint("space", "place", name="hosting_pin_one_a_place"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST), name="hosting_pin_three_places"
            ),
        ]


@transaction.atomic
def pin(conversation: Conversation, person: Person) -> Pin:
    """Put a conversation on top of its space; twice is once.

    Raises TooManyPins where three are there, and StillSettling in its first three days, for who did not open it.
    """
    space = Space.unscoped.select_for_update(no_key=True).get(conversations=conversation)
    refuse_if_archived(space.pk)
    leave_in_peace(conversation, person)
    if found := Pin.objects.filter(conversation=conversation).first():
        return found
    taken = set(Pin.objects.filter(space=space).values_list("place", flat=True))
    free = min(set(range(1, MOST + 1)) - taken, default=None)
    if free is None:
        raise TooManyPins
    done(PINNED, person, "conversation", conversation.pk)
    return Pin.objects.create(space=space, conversation=conversation, place=free, person=person)


@transaction.atomic
def unpin(conversation: Conversation, person: Person) -> None:
    """Take a conversation off the top of its space."""
    refuse_if_archived(conversation.space_id)
    removed, _pins = Pin.objects.filter(conversation=conversation).delete()
    if removed:
        done(UNPINNED, person, "conversation", conversation.pk)
