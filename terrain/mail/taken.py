"""Which mails were taken, so that one handed over twice is taken once; never whose they were, or what they said."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import Max

from terrain.mail.incoming import Incoming

KEPT = timedelta(days=60)
"""How long it is known that a mail was taken; no server hands one over again after that."""

_MAILS = UUID("5c1d5b0c-0c0b-4f0e-9a53-6d3f1f4c2d7e")


class Outcome(StrEnum):
    """What became of a mail."""

    PUBLISHED = "published"
    ANSWERED = "answered"
    """Its author was told why it is not published, and given back their words."""
    LEFT = "left"
    """Nothing was done: a program wrote it, or it is not known who did."""
    LATER = "later"
    """It is to be handed over again."""


class Taken(models.Model):
    """A mail was taken at one of its addresses."""

    key = models.UUIDField(primary_key=True)
    outcome = models.CharField(max_length=9)
    taken_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "mail_taken"
        constraints: ClassVar = []


def key_of(found: Incoming, raw: bytes, person_id: int, part: str) -> UUID:
    """What names a mail of this person to this address: the same however often, and by whichever way, it comes.

    Some programs give all their mails one name: so it is this name with these words.
    """
    named = found.message_id.encode(errors="replace") + found.text.encode() if found.message_id else raw
    return uuid5(_MAILS, f"{sha256(named).hexdigest()} {person_id} {part}")


def outcome_of(key: UUID) -> Outcome | None:
    """What became of it, where it was taken before."""
    found = Taken.objects.filter(key=key).values_list("outcome", flat=True).first()
    return Outcome(found) if found else None


@contextmanager
def once(key: UUID, at: datetime) -> Iterator[Taken | None]:
    """One transaction in which a mail is taken, given as a record whose `outcome` is to be set; None where it was taken
    before. Two at once wait for each other."""
    with transaction.atomic():
        taken, is_new = Taken.objects.get_or_create(
            key=key, defaults={"outcome": Outcome.LEFT, "taken_at": at}
        )
        yield taken if is_new else None
        if is_new:
            taken.save(update_fields=["outcome"])


def last_taken_at() -> datetime | None:
    """When one was last taken."""
    moment: datetime | None = Taken.objects.aggregate(last=Max("taken_at"))["last"]
    return moment


def forget(at: datetime) -> None:
    """Forget those of two months ago."""
    Taken.objects.filter(taken_at__lt=at - KEPT).delete()
