"""Which space is a unit's own, and who left it: the chart never brings somebody back where they do not want to be."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from terrain.people.models import Person, Unit
from terrain.spaces.space import Space


class UnitSpace(models.Model):
    """A space is a unit's own; who made it so, and when."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="of_unit")
    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "spaces_unitspace"
        constraints: ClassVar = []


class Departure(models.Model):
    """Somebody left a unit's space; joining it again forgets it."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    left_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "spaces_departure"
        constraints: ClassVar = [models.UniqueConstraint("space", "person", name="spaces_departure_once")]


def remember_leaving(space: Space, person: Person) -> None:
    """Where it is a unit's space, keep that this person left it."""
    if UnitSpace.objects.filter(space=space).exists():
        Departure.objects.get_or_create(space=space, person=person)


def forget_leaving(space: Space, person: Person) -> None:
    """They are back, as they wished."""
    Departure.objects.filter(space=space, person=person).delete()
