"""Who keeps this Terrain running: stewards, known to everybody, who read nothing private and act in nobody's name."""

from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now

from terrain.people.acts import STEWARD, STEWARD_NO_MORE
from terrain.people.person import Person
from terrain.people.power import done


class Stewardship(models.Model):
    """Somebody keeps this Terrain running, since a moment."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="stewardship")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_stewardship"
        constraints: ClassVar = []


def is_steward(person: Person) -> bool:
    """Whether this person is a steward now."""
    return person.is_active and Stewardship.objects.filter(person=person).exists()


def stewards() -> list[tuple[Person, datetime]]:
    """Those who are here, in alphabetical order, and since when each is one."""
    found = Person.objects.present().exclude(stewardship=None).select_related("stewardship", "unit")
    return [(each, each.stewardship.since) for each in found.in_alphabetical_order()]


@transaction.atomic
def appoint(person: Person) -> None:
    """Make somebody a steward, in public; twice is once."""
    _, is_new = Stewardship.objects.get_or_create(person=person)
    if is_new:
        done(STEWARD, None, "person", person.pk)


@transaction.atomic
def dismiss(person: Person) -> None:
    """Somebody is a steward no longer, in public."""
    removed, _ = Stewardship.objects.filter(person=person).delete()
    if removed:
        done(STEWARD_NO_MORE, None, "person", person.pk)
