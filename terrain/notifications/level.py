"""How somebody wants to be told of a conversation or a space: of every message, of what concerns them, or by digest.

What concerns them is the rule, and no record. Who wants nothing at all mutes it: `conversations.muting`.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.spaces.models import Space

Thing = Conversation | Space


class How(models.TextChoices):
    """What rings."""

    ALL = "all", "all"
    """Every message."""
    OWN = "own", "own"
    """What names or answers them."""
    DIGEST = "digest", "digest"
    """Nothing: it is in their digest, and, where it names or answers them, among what is for them."""


class Level(models.Model):
    """Somebody wants to be told of a conversation or of a space so; or, of a conversation of such a space, as usual."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How)

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
                | (Q(conversation=None, space__isnull=False) & ~Q(how=How.OWN)),
                name="notifications_level_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="notifications_level_how"),
        ]


def want(thing: Thing, person: Person, how: How) -> None:
    """Be told of it so from now on."""
    usual = How.OWN
    if isinstance(thing, Conversation) and thing.space:
        usual = level_of(thing.space, person)
    if how == usual == How.OWN:
        Level.objects.filter(person=person, **_named(thing)).delete()
    else:
        Level.objects.update_or_create(person=person, **_named(thing), defaults={"how": how})


def level_of(thing: Thing, person: Person) -> How:
    """How this person is told of it: of a conversation about which nothing was said, as of its space."""
    own = Level.objects.filter(person=person, **_named(thing)).values_list("how", flat=True).first()
    if own is None and isinstance(thing, Conversation) and thing.space_id:
        in_space = Level.objects.filter(person=person, space=thing.space_id)
        own = in_space.values_list("how", flat=True).first()
    return How(own or How.OWN)


def level_of_own_space(space: Space, person: Person) -> How | None:
    """The same of one of their spaces, None where they do not belong to it; one question for both."""
    level = Level.objects.filter(person=person, space=OuterRef("pk")).values("how")
    found = Space.of(person).filter(pk=space.pk)
    how = found.values_list(Coalesce(Subquery(level), models.Value(str(How.OWN))), flat=True).first()
    return How(how) if how else None


def _named(thing: Thing) -> dict[str, Any]:
    return {"conversation": thing} if isinstance(thing, Conversation) else {"space": thing}
