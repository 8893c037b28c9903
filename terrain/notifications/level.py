"""How much somebody wants to be told of a conversation or a space: every message, or what concerns them.

What concerns them is the rule, and no record. Who wants nothing at all mutes it: `conversations.muting`.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.spaces.models import Space

Thing = Conversation | Space


class Level(models.Model):
    """Somebody wants every message of a conversation, or of a space; or, of a conversation of such a space, not."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    wants_all = models.BooleanField()

    class Meta:
        db_table = "notifications_level"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "conversation", "space"),
                name="notifications_level_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(conversation__isnull=False, space=None)
                | Q(conversation=None, space__isnull=False, wants_all=True),
                name="notifications_level_of_one_thing",
            ),
        ]


def want_all(thing: Thing, person: Person) -> None:
    """Be told of every message."""
    Level.objects.update_or_create(person=person, **_named(thing), defaults={"wants_all": True})


def want_own(thing: Thing, person: Person) -> None:
    """Be told of what concerns one alone, as it is where nothing was ever said."""
    Level.objects.filter(person=person, **_named(thing)).delete()
    if isinstance(thing, Conversation) and thing.space and wants_all(thing.space, person):
        Level.objects.create(person=person, conversation=thing, wants_all=False)


def wants_all(thing: Thing, person: Person) -> bool:
    """Whether this person is told of every message of it."""
    own = Level.objects.filter(person=person, **_named(thing)).first()
    if own is None and isinstance(thing, Conversation) and thing.space_id:
        return Level.objects.filter(person=person, space=thing.space_id).exists()
    return own is not None and own.wants_all


def wants_all_of_space(space: Space, person: Person) -> bool | None:
    """The same of one of their spaces, None where they do not belong to it; one question for both."""
    level = Level.objects.filter(person=person, space=OuterRef("pk"))
    return Space.of(person).filter(pk=space.pk).values_list(Exists(level), flat=True).first()


def _named(thing: Thing) -> dict[str, Any]:
    return {"conversation": thing} if isinstance(thing, Conversation) else {"space": thing}
