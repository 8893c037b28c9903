"""A person: somebody here, or who was; never more than their name, their trade and their place."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils import timezone

from terrain.people.unit import Unit


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self, on: date | None = None) -> Self:
        """Who has not left by that day (today where none is said)."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on or timezone.localdate()))

    def at(self, address: str) -> Self:
        """Whoever has this mail address, whatever its capitals and the spaces around it."""
        return self.filter(email=address.strip().lower())

    def named_like(self, words: str) -> Self:
        """Whose name, trade or unit holds each of the words, accents and capitals aside."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__unaccent__icontains=word)
                | Q(title__unaccent__icontains=word)
                | Q(unit__name__unaccent__icontains=word)
            )
        return found

    def in_alphabetical_order(self) -> Self:
        """By name, accents and capitals aside: Élise before Zoé."""
        return self.order_by(Lower("name__unaccent"), "id")


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of this address, whatever its capitals."""
        person: Person = self.at(username or "").get()
        return person


class Person(AbstractBaseUser):
    """Somebody. `email` may be missing: not everybody in a workshop has one; `left_on` is the first day away."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True, null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    manager = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    joined_at = models.DateTimeField(db_default=Now())
    left_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, blank=True)
    theme = models.CharField(max_length=5, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    epoch = models.IntegerField(db_default=0)
    """Goes up when something changes that every page of theirs shows: where they belong."""
    news = models.IntegerField(db_default=0)
    """How much waits for them (`people.news`)."""
    direct_epoch = models.IntegerField(db_default=0)
    """Goes up when something moves in what is said to them directly; 0 while nothing ever was."""

    USERNAME_FIELD = "email"
    objects = PersonManager()

    class Meta:
        db_table = "people_person"
        ordering = (Lower("name"), "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="people_person_has_a_name"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_person_lower_email"),
            models.CheckConstraint(condition=~Q(manager=F("id")), name="people_person_not_own_manager"),
            models.CheckConstraint(condition=Q(language__in=("", "fr", "en")), name="people_person_language"),
            models.CheckConstraint(condition=Q(theme__in=("", "light", "dark")), name="people_person_theme"),
        ]

    def __str__(self) -> str:
        return self.name

    def moved(self) -> None:
        """Let every page of theirs be drawn anew."""
        Person.objects.filter(pk=self.pk).update(epoch=F("epoch") + 1)

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person may come in: until the day they leave."""
        return self.left_on is None or self.left_on > timezone.localdate()
