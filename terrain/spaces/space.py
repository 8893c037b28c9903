"""A space: where people talk, open to all unless its members chose otherwise; and who belongs to it."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person

if TYPE_CHECKING:
    from terrain.web.prepared import Given

LONGEST_NAME = 60
LONGEST_ABOUT = 200


class Openness(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    SECRET = "secret", _("Secret")


class SpaceQuerySet(models.QuerySet["Space"]):
    def visible_to(self, person: "Person | Given") -> Self:
        """The spaces that this person may know of: the open and closed ones, and their own secret ones."""
        return self.filter(~Q(openness=Openness.SECRET) | Exists(_membership_of(person)))

    def readable_by(self, person: "Person | Given") -> Self:
        """The spaces whose conversations this person may read: the open ones and their own."""
        return self.filter(Q(openness=Openness.OPEN) | Exists(_membership_of(person)))

    def of(self, person: "Person | Given") -> Self:
        """The spaces that this person belongs to."""
        return self.filter(Exists(_membership_of(person)))

    def living(self) -> Self:
        """Those that are not archived."""
        return self.filter(archiving=None)

    def seen_by(self, person: "Person | Given") -> Self:
        """Each with whether this person belongs to it, as `belongs`."""
        return self.annotate(belongs=Exists(_membership_of(person)))

    def named_like(self, words: str) -> Self:
        """Whose name or sentence holds each of the words, accents and capitals aside."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__unaccent__icontains=word) | Q(about__unaccent__icontains=word))
        return found


def _membership_of(person: "Person | Given") -> "models.QuerySet[Membership]":
    return Membership.objects.filter(space=OuterRef("pk"), person=person)


class Space(models.Model):
    """A space. Its counts are kept true by the verbs that change them, its words by its members (`keeping`)."""

    belongs: bool
    """Whether the reader belongs to it, where it was `seen_by` them."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=LONGEST_NAME)
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True)
    openness = models.CharField(max_length=6, choices=Openness.choices, default=Openness.OPEN)
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    member_count = models.IntegerField(default=0)
    conversation_count = models.IntegerField(default=0)
    last_activity_at = models.DateTimeField(db_default=Now())
    rules = models.TextField(blank=True, db_default="")
    menu = models.TextField(blank=True, db_default="")
    """A line for each link: its address, a space, its label."""

    unscoped = SpaceQuerySet.as_manager()

    class Meta:
        db_table = "spaces_space"
        default_manager_name = "unscoped"
        base_manager_name = "unscoped"
        ordering = (Lower("name"), "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="spaces_space_has_a_name"),
            models.CheckConstraint(condition=Q(openness__in=Openness.values), name="spaces_space_openness"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["openness", "-last_activity_at"], name="spaces_space_lively")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_readable(self) -> bool:
        """Whether who it was `seen_by` may read it."""
        return self.belongs or self.openness == Openness.OPEN

    @property
    def is_archived(self) -> bool:
        """Whether it is only read, until somebody wakes it."""
        return hasattr(self, "archiving")

    @classmethod
    def visible_to(cls, person: "Person | Given") -> SpaceQuerySet:
        """The widest door to spaces for a page: what this person may know of."""
        return cls.unscoped.all().visible_to(person)

    @classmethod
    def readable_by(cls, person: "Person | Given") -> SpaceQuerySet:
        """A narrower door: what this person may read."""
        return cls.unscoped.all().readable_by(person)

    @classmethod
    def of(cls, person: "Person | Given") -> SpaceQuerySet:
        """The narrowest: what this person belongs to."""
        return cls.unscoped.all().of(person)


class Membership(models.Model):
    """Somebody belongs to a space."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", db_index=False)
    joined_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "spaces_membership"
        ordering = ("joined_at", "id")
        constraints: ClassVar = [models.UniqueConstraint("person", "space", name="spaces_membership_once")]
