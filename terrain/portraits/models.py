"""The record of a portrait: one picture of a person, and its audience."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from terrain.files.models import File, hangs_on
from terrain.people.about import Audience, reached
from terrain.people.models import Person


class PortraitQuerySet(models.QuerySet["Portrait"]):
    def visible_to(self, reader: Person) -> Self:
        """Their own, and those that others show to an audience that this reader is of."""
        return self.filter(reached(reader))


class Portrait(models.Model):
    """The picture that somebody shows of themselves, to an audience."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=9, choices=Audience.choices)

    unscoped = PortraitQuerySet.as_manager()

    class Meta:
        db_table = "portraits_portrait"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="portraits_portrait_audience"
            )
        ]

    @classmethod
    def visible_to(cls, reader: Person) -> PortraitQuerySet:
        """The only door to portraits."""
        return cls.unscoped.all().visible_to(reader)


@hangs_on
def shown(reader: Person | None) -> PortraitQuerySet:
    return Portrait.unscoped.all() if reader is None else Portrait.visible_to(reader)
