"""A newcomer's first month: spaces where their colleagues are, somebody to ask, and a first word to say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from terrain.conversations.models import Message
from terrain.hosting.hosting import Hosting
from terrain.people.models import Person
from terrain.spaces.models import Membership, Openness, Space

NEW = timedelta(days=30)
"""How long somebody who has come is a newcomer."""
SUGGESTED = 3


class AtHome(models.Model):
    """Somebody needs no more of this: they put it away before their month was over."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        db_table = "hosting_at_home"


class FirstMonth(NamedTuple):
    """What helps somebody who has just come."""

    spaces: Sequence[Space]
    """Open spaces that they do not belong to, those of the most of their colleagues first, each with `colleagues`."""
    to_ask: Person | None
    """Who looks after one of these spaces or of their own."""
    says_hello_in: Space | None
    """Where they could say their first word; None once they have said one."""


def first_month(person: Person, at: datetime | None = None) -> FirstMonth | None:
    """What helps this person in their first month; None once it is over, or put away, or where nothing does."""
    if (at or timezone.now()) >= person.joined_at + NEW or AtHome.objects.filter(person=person).exists():
        return None
    own = list(Space.of(person).living().order_by("-last_activity_at"))
    spaces = _suggested(person) if len(own) < SUGGESTED else []
    has_spoken = Message.visible_to(person).filter(author=person).exists()
    where = None if has_spoken else next(iter([*own, *spaces]), None)
    found = FirstMonth(spaces, _who_to_ask(person, [*spaces, *own]), where)
    return found if found.spaces or found.says_hello_in else None


def _suggested(person: Person) -> Sequence[Space]:
    colleagues = Q(memberships__person__left_on=None, memberships__person__unit=person.unit_id)
    open_ones = Space.readable_by(person).living().filter(openness=Openness.OPEN)
    others = open_ones.exclude(pk__in=Membership.objects.filter(person=person).values("space"))
    counted = others.annotate(
        colleagues=Count("memberships", filter=colleagues if person.unit_id else Q(pk__in=[]))
    )
    return list(counted.order_by("-colleagues", "-last_activity_at", "pk")[:SUGGESTED])


def _who_to_ask(person: Person, spaces: Sequence[Space]) -> Person | None:
    """Of the first of these spaces that somebody looks after, who has done so for the shortest."""
    terms = Hosting.objects.filter(space__in=spaces).current().exclude(person=person).select_related("person")
    by_space = {each.space_id: each.person for each in terms.order_by("since")}
    return next((by_space[space.pk] for space in spaces if space.pk in by_space), None)


def put_away(person: Person) -> None:
    """They know their way."""
    AtHome.objects.get_or_create(person=person)
