"""Looking after a space: any member volunteers, for six months, and steps down when they want to."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from terrain.conversations.marks import Span
from terrain.hosting.acts import BEGAN, ENDED
from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.care import looks_after
from terrain.spaces.joining import is_member
from terrain.spaces.models import Membership, Space
from terrain.spaces.space import SpaceQuerySet

MOST = 5
TERM = timedelta(days=183)
RENEWABLE = timedelta(days=30)
"""How long before its end a term can be renewed."""


class NotAMember(Exception):
    """Who looks after a space is one of its members."""


class TooManyHosts(Exception):
    """Five people look after this space already."""


class HostingQuerySet(models.QuerySet["Hosting"]):
    def current(self, at: datetime | None = None) -> Self:
        """The terms that run at that moment (now where none is said), of members who still work here."""
        at = at or timezone.now()
        belongs = Membership.objects.filter(space=OuterRef("space"), person=OuterRef("person"))
        still_here = Q(person__left_on=None) | Q(person__left_on__gt=timezone.localdate(at))
        return self.filter(still_here, Exists(belongs), since__lte=at, until__gt=at)


class Hosting(models.Model):
    """Somebody looks after a space, from a moment until another; a term that has ended stays as a trace."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = HostingQuerySet.as_manager()

    class Meta:
        db_table = "hosting_hosting"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="hosting_ends_after_it_begins"),
            ExclusionConstraint(
                name="hosting_nobody_twice_at_once",
                expressions=[
                    ("space", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (
                        Func("since", "until", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


@transaction.atomic
def volunteer(space: Space, person: Person, at: datetime | None = None) -> Hosting:
    """Look after a space for six months from now; near the end of one's term, for six months more.

    Raises NotAMember for who does not belong to it, TooManyHosts where five do so already.
    """
    at = at or timezone.now()
    # The row is locked first: two who volunteer at once are counted one after the other.
    Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    if not is_member(space, person):
        raise NotAMember
    terms = Hosting.objects.filter(space=space).current(at)
    own = terms.filter(person=person).first()
    if own is None:
        if terms.count() >= MOST:
            raise TooManyHosts
        done(BEGAN, person, "space", space.pk)
        return Hosting.objects.create(space=space, person=person, since=at, until=at + TERM)
    if own.until - at < RENEWABLE:
        own.until = at + TERM
        own.save(update_fields=["until"])
        done(BEGAN, person, "space", space.pk)
    return own


@transaction.atomic
def step_down(space: Space, person: Person, at: datetime | None = None) -> None:
    """Look after a space no longer."""
    at = at or timezone.now()
    running = Hosting.objects.filter(space=space, person=person, since__lte=at, until__gt=at)
    if running.update(until=at):
        done(ENDED, person, "space", space.pk)


def hosted_by(person: Person, at: datetime | None = None) -> SpaceQuerySet:
    """The spaces that this person looks after."""
    return Space.of(person).filter(pk__in=Hosting.objects.filter(person=person).current(at).values("space"))


def terms_within(span: Span) -> list[Hosting]:
    """The terms of somebody that ran in a span, of the spaces that its reader may read, the latest first."""
    own = Hosting.objects.filter(person=span.person, space__in=Space.readable_by(span.reader))
    running = own.filter(since__lt=span.until, until__gt=span.since)
    return list(running.select_related("space").order_by("-since", "-pk"))


def is_host(space_id: int, person: Person) -> bool:
    """Whether this person looks after the space of this id, now."""
    return hosted_by(person).filter(pk=space_id).exists()


looks_after(hosted_by)
