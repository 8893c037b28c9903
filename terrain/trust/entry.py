"""An entry of the public log; each is chained to the one before by a hash, so that none is changed unseen."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, ClassVar

from django.db import connection, models, transaction
from django.utils import timezone

FIRST = "0" * 64
"""What stands for the hash before the first entry."""
SAID = ("number", "at", "act", "actor", "thing", "thing_id", "reason")
"""What an entry says, in the order in which it is hashed."""
ONE_AT_A_TIME = 0x7E44A1
"""The number of the lock that entries are written under: PostgreSQL's, until the transaction ends."""


class Entry(models.Model):
    """One act of power. `actor` is a person's id, and stays when they are gone; None for the command line.

    `thing` and `thing_id` say on what, by the names of `people.power.Thing`. Neither names nor messages are kept here:
    a name is looked up for each reader, who sees it where they may.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    actor = models.BigIntegerField(null=True)
    thing = models.CharField(max_length=20)
    thing_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "trust_entry"
        ordering = ("-number",)
        indexes: ClassVar = [models.Index("thing", "thing_id", name="trust_entry_by_thing")]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


def chained(before: str, row: tuple[Any, ...]) -> str:
    """The hash of an entry: SHA-256, in hexadecimal, of the hash before it and of all that the entry says, as JSON.

    `row` has the values of SAID.
    """
    number, at, *rest = row
    said = [before, number, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def record(act: str, actor: int | None, thing: str, thing_id: int | None, reason: str = "") -> Entry:
    """Write an entry after the last one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    last = Entry.objects.first()
    row = ((last.number if last else 0) + 1, timezone.now(), act, actor, thing, thing_id, reason)
    return Entry.objects.create(
        **dict(zip(SAID, row, strict=True)), hash=chained(last.hash if last else FIRST, row)
    )


@dataclass(frozen=True)
class Verdict:
    """What looking through the whole log found: how many entries it has, and the first that is not as it was."""

    count: int
    last: str
    """The hash of the last entry: who keeps it elsewhere can tell later that none was cut off."""
    broken: int | None
    """The number of the first entry that was changed, put in, or stands where others are missing; None where all is
    whole."""


def verify() -> Verdict:
    """Look through the whole log, from its first entry."""
    before, count, expected = FIRST, 0, 1
    for *row, found in _rows():
        if row[0] != expected or chained(before, tuple(row)) != found:
            return Verdict(count, before, row[0])
        before, count, expected = found, count + 1, expected + 1
    return Verdict(count, before, None)


def _rows() -> Iterator[tuple[Any, ...]]:
    return Entry.objects.order_by("number").values_list(*SAID, "hash").iterator(chunk_size=5000)
