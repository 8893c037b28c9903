"""Handing a space over: who opened it, or looks after it, gives it to its members, in public and for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Now, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.acts import GIVEN
from terrain.spaces.care import is_looked_after_by
from terrain.spaces.departing import UnitSpace
from terrain.spaces.joining import is_member
from terrain.spaces.settling import leave_in_peace
from terrain.spaces.space import Openness, Space, SpaceQuerySet
from terrain.web.events import tell
from terrain.web.refusing import Refused

LONGEST = 300


class NotTheirsToHandOver(Exception):
    """Who hands a space over opened it, or looks after it."""


class NotInPublic(Refused):
    """A secret space cannot be handed over: that is done in public."""

    sentence = _("A space is handed over in public: a secret one cannot be, its name would be told.")


class HandOver(models.Model):
    """Somebody handed a space over to its members, and why."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="handover")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=LONGEST)
    handed_over_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "spaces_handover"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="spaces_handover_says_why"),
        ]


@dataclass(frozen=True)
class HandedOver:
    """A space is its members' from now on."""

    space_id: int
    person_id: int


@dataclass(frozen=True)
class Month:
    """How many spaces were handed over in a month; `first` is its first moment."""

    first: datetime
    count: int


def may_hand_over(space: Space, person: Person) -> bool:
    """Whether this member opened the space or looks after it, and nobody has handed it over."""
    if hasattr(space, "handover") or not is_member(space, person):
        return False
    return space.opened_by_id == person.pk or is_looked_after_by(space.pk, person)


@transaction.atomic
def hand_over(space: Space, person: Person, why: str, at: datetime | None = None) -> HandOver:
    """Give a space to its members, for a reason in a sentence; it is told in public, and not taken back.

    A unit's space is no longer the unit's: the chart brings nobody in any more.

    Raises NotTheirsToHandOver; NotInPublic for a secret space; StillSettling in its first thirty days, but for who
    opened it.
    """
    at = at or timezone.now()
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    if not may_hand_over(here, person):
        raise NotTheirsToHandOver
    if here.openness == Openness.SECRET:
        raise NotInPublic
    leave_in_peace(here, person, at)
    handover = HandOver.objects.create(space=here, person=person, why=why, handed_over_at=at)
    UnitSpace.objects.filter(space=here).delete()
    tell(HandedOver(here.pk, person.pk))
    done(GIVEN, person, "space", here.pk, why)
    return handover


def handed_over(spaces: SpaceQuerySet) -> models.QuerySet[HandOver]:
    """The hand-overs of these spaces, the latest first."""
    return (
        HandOver.objects.filter(space__in=spaces)
        .select_related("space", "person")
        .order_by("-handed_over_at", "-pk")
    )


def by_month(at: datetime | None = None) -> Sequence[Month]:
    """How many spaces were handed over in each month since the first, the latest first; secret ones never were."""
    counted = (
        HandOver.objects.exclude(space__openness=Openness.SECRET)
        .annotate(month=TruncMonth("handed_over_at"))
        .values("month")
        .annotate(count=Count("pk"))
        .order_by("month")
    )
    found: dict[tuple[int, int], int] = {
        (row["month"].year, row["month"].month): row["count"] for row in counted
    }
    now = timezone.localtime(at)
    months: list[Month] = []
    year, month = now.year, now.month
    while found and (year, month) >= min(found):
        first = timezone.make_aware(datetime(year, month, 1))  # noqa: DTZ001 - it is made aware at once
        months.append(Month(first, found.get((year, month), 0)))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months
