"""Whether mails come in: when the mailbox was last looked into, and what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

PATIENCE = timedelta(minutes=10)
"""How long a mailbox may be out of reach before anybody is told: servers are restarted."""


class Receiving(models.Model):
    """The one mailbox of this Terrain, as it was when it was last looked into."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    reached_at = models.DateTimeField(null=True)
    waits = models.IntegerField(default=0)
    """Mails that could not be taken, and are tried again."""
    failing_since = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    """What went wrong the last time."""

    class Meta:
        db_table = "mail_receiving"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="mail_one_mailbox")]


@dataclass(frozen=True)
class Trouble:
    """What to look at: a mailbox that cannot be looked into, since a moment, or mails that cannot be taken."""

    since: datetime | None
    waits: int
    said: str


def looked(at: datetime, waits: int) -> None:
    """The mailbox was looked into; so many mails could not be taken."""
    now = {"reached_at": at, "waits": waits, "said": "", "failing_since": None}
    Receiving.objects.update_or_create(pk=1, defaults=now)


def could_not_look(at: datetime, said: str) -> None:
    """The mailbox cannot be looked into, for this reason."""
    kept, _ = Receiving.objects.get_or_create(pk=1)
    kept.failing_since, kept.said = kept.failing_since or at, said
    kept.save(update_fields=["failing_since", "said"])


def reached_at() -> datetime | None:
    """When it was last looked into."""
    kept = Receiving.objects.filter(pk=1).first()
    return kept.reached_at if kept else None


def in_trouble(at: datetime) -> Trouble | None:
    """What somebody should look at; None where all is well, or where it may still pass by itself."""
    kept = Receiving.objects.filter(pk=1).first()
    if kept is None:
        return None
    if kept.failing_since and kept.failing_since <= at - PATIENCE:
        return Trouble(kept.failing_since, kept.waits, kept.said)
    return Trouble(None, kept.waits, kept.said) if kept.waits else None
