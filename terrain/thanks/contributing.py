"""One's contributions: a document of a page or two, made by a person of themselves, and shown only by them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from terrain.conversations.marks import Mark, Span, marks
from terrain.people.models import Person
from terrain.thanks.reading import Shown, received_within

MOST = 12
"""How much of each sort there is in it: it is read on paper, in an interview."""


def new_token() -> str:
    """An address that nobody guesses."""
    return secrets.token_urlsafe(18)


class Sharing(models.Model):
    """Somebody shows their contributions, of these days, to the colleagues whom they give the address to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "thanks_sharing"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="thanks_sharing_ends_after_it_begins"
            )
        ]


@dataclass(frozen=True)
class Contributions:
    """What came of somebody's conversations and what they were thanked for in public, the latest first."""

    span: Span
    marks: Sequence[Mark]
    thanks: Sequence[Shown]


def contributions(person: Person, reader: Person, since: date, until: date) -> Contributions:
    """Somebody's contributions of these days, both included: as far as the reader may read what they are made of."""
    span = Span(person, reader, _midnight(since), _midnight(until + timedelta(days=1)))
    return Contributions(span, marks(span)[:MOST], received_within(span)[:MOST])


def lately(person: Person, reader: Person) -> list[Mark]:
    """The latest marks of use of somebody in twelve months, that the reader may see."""
    since, until = last_year()
    return marks(Span(person, reader, _midnight(since), _midnight(until + timedelta(days=1))))[:3]


def last_year(today: date | None = None) -> tuple[date, date]:
    """The twelve months up to today."""
    today = today or timezone.localdate()
    return today - timedelta(days=365), today


def share(person: Person, since: date, until: date) -> Sharing:
    """Make an address where colleagues who have it find these days' contributions; the same days keep theirs."""
    return Sharing.objects.get_or_create(person=person, since=since, until=until)[0]


def shared(token: str) -> models.QuerySet[Sharing]:
    """What is shown at this address, by somebody who works here."""
    return Sharing.objects.filter(token=token, person__in=Person.objects.present())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
