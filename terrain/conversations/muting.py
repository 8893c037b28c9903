"""Muting: a space, a conversation or what somebody opens stays out of a person's feed; nobody else learns of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.spaces.models import Space

Muted = Space | Conversation | Person


class Muting(models.Model):
    """Somebody muted one thing: a space, a conversation, or what somebody opens."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, related_name="+")
    somebody = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    muted_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_muting"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "space", "conversation", "somebody"),
                name="conversations_muting_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=(
                    Q(space__isnull=False, conversation=None, somebody=None)
                    | Q(space=None, conversation__isnull=False, somebody=None)
                    | Q(space=None, conversation=None, somebody__isnull=False)
                ),
                name="conversations_muting_one_thing",
            ),
        ]


def mute(thing: Muted, person: Person) -> None:
    """Keep it out of this person's feed until they take that back."""
    Muting.objects.get_or_create(person=person, **_named(thing))


def unmute(thing: Muted, person: Person) -> None:
    """Let it come back into their feed."""
    Muting.objects.filter(person=person, **_named(thing)).delete()


def is_muted(thing: Muted, person: Person) -> bool:
    """Whether this person muted it."""
    return Muting.objects.filter(person=person, **_named(thing)).exists()


def is_muted_space(space: Space, person: Person) -> bool | None:
    """The same of one of their spaces, None where they do not belong to it; one question for both."""
    muting = Muting.objects.filter(person=person, space=OuterRef("pk"))
    return Space.of(person).filter(pk=space.pk).values_list(Exists(muting), flat=True).first()


def muted_by(person: Person) -> list[Muted]:
    """All that this person muted and may still read, the latest first."""
    found = Muting.objects.filter(person=person).order_by("-muted_at", "-pk")
    spaces = Space.of(person).filter(pk__in=found.values("space"))
    conversations = Conversation.visible_to(person).filter(pk__in=found.values("conversation"))
    known: dict[Any, Muted] = {("space", each.pk): each for each in spaces}
    known |= {("conversation", each.pk): each for each in conversations}
    known |= {("somebody", each.pk): each for each in Person.objects.filter(pk__in=found.values("somebody"))}
    keys = [
        next((name, pk) for name, pk in row.items() if pk)
        for row in found.values("space", "conversation", "somebody")
    ]
    return [known[key] for key in keys if key in known]


def _named(thing: Muted) -> dict[str, Any]:
    return {{Space: "space", Conversation: "conversation", Person: "somebody"}[type(thing)]: thing}
