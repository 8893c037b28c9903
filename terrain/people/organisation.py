"""The organisation itself: its name, and the count of changes that concern every page."""

from typing import ClassVar

from django.db import models
from django.db.models import F


class Organisation(models.Model):
    """The one organisation of this installation.

    `epoch` goes up when something that every page shows changes: a name (of a person, a unit, a space), or what
    everybody has to read.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120, default="Terrain")
    epoch = models.IntegerField(default=0)

    class Meta:
        db_table = "people_organisation"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="people_one_organisation")
        ]

    def __str__(self) -> str:
        return self.name


def organisation() -> Organisation:
    """The organisation, as it is now; before anybody has named it, one with the product's name."""
    return Organisation.objects.filter(pk=1).first() or Organisation()


def rename(name: str) -> None:
    """Give the organisation its name."""
    Organisation.objects.update_or_create(pk=1, defaults={"name": name})
    every_page_changes()


def every_page_changes() -> None:
    """Let every page draw anew what it shows to everybody."""
    Organisation.objects.filter(pk=1).update(epoch=F("epoch") + 1)
