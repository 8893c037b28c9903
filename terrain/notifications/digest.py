"""The digest: each morning, or on Mondays, what somebody has not read of the last days, whole in one mail.

Twelve conversations at most: first those of which they asked to be told in it, then notices, then what they follow,
then those in which the most people speak; where that is the same, the latest. What was in one digest is in no other.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from terrain.conversations.kinds import kind
from terrain.conversations.unread import Unread, unread
from terrain.notifications.bundling import waits_until
from terrain.notifications.digest_mails import digest_mail
from terrain.notifications.hours import Attention, Often, attention_of_all
from terrain.notifications.level import How, Level
from terrain.notifications.outbox import Mail, sent_to_all
from terrain.people.models import Person

MOST = 12
BATCH = 50
"""Digests made in one transaction."""
HOUR = time(8)
"""When it is made, where its reader is; where it is quiet then, as soon as something may ring."""
SPAN = {Often.DAILY: timedelta(days=1), Often.WEEKLY: timedelta(days=7)}


class Digest(models.Model):
    """Somebody gets a digest at `due_at`, of what moved after `since`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "notifications_digest"
        constraints: ClassVar = []


def plan(at: datetime | None = None, only: Collection[int] | None = None) -> int:
    """Whoever gets a digest and has no day for it yet, is given one, or `only` these of them; how many they are."""
    at = at or timezone.now()
    wants = ~Exists(Attention.objects.filter(person=OuterRef("pk"), digest=Often.NEVER))
    planned = Exists(Digest.objects.filter(person=OuterRef("pk")))
    people = Person.objects.present().filter(wants, ~planned, email__isnull=False)
    if only is not None:
        people = people.filter(pk__in=only)
    attentions = attention_of_all(list(people.values_list("pk", flat=True)))
    made = [
        Digest(person=each.person, due_at=next_due(each, at), since=at - SPAN[Often(each.digest)])
        for each in attentions.values()
    ]
    Digest.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    return len(made)


@transaction.atomic
def plan_anew(person: Person, at: datetime | None = None) -> None:
    """This person changed how often: their next digest comes on another day, and begins where the last one ended."""
    at = at or timezone.now()
    before = Digest.objects.filter(person=person).first()
    Digest.objects.filter(person=person).delete()
    plan(at, [person.pk])
    if before:
        Digest.objects.filter(person=person, since__lt=before.since).update(since=before.since)


@transaction.atomic
def begin(person: Person) -> None:
    """This person wants something in their digest: whoever gets none, gets one on Mondays from now on."""
    if Attention.objects.filter(person=person, digest=Often.NEVER).update(digest=Often.WEEKLY):
        plan_anew(person)


def next_due(attention: Attention, at: datetime) -> datetime:
    """When the next digest of this person comes, in UTC: tomorrow at eight, or on Monday, out of their quiet hours."""
    here = attention.hours.zone
    day = at.astimezone(here).date() + timedelta(days=1)
    while attention.digest == Often.WEEKLY and day.isoweekday() != 1:
        day += timedelta(days=1)
    return attention.hours.rings_at(datetime.combine(day, HOUR, here).astimezone(UTC))


def send_due(at: datetime | None = None) -> None:
    """Make all the digests whose time has come."""
    at = at or timezone.now()
    while send_some(at):
        pass


@transaction.atomic
def send_some(at: datetime | None = None) -> int:
    """The same for fifty people at most, in one transaction; of how many."""
    at = at or timezone.now()
    due = Digest.objects.select_for_update(skip_locked=True, of=("self",)).filter(due_at__lte=at)
    digests = list(due.order_by("due_at", "pk")[:BATCH])
    if not digests:
        return 0
    people = [each.person_id for each in digests]
    attentions, sent = attention_of_all(people), sent_to_all(people, at - timedelta(days=1))
    asked = asked_for(people)
    mails: list[Mail] = []
    for digest in digests:
        attention = attentions[digest.person_id]
        if not attention.gets_digest:
            digest.delete()
            continue
        if until := waits_until(attention, sent.get(digest.person_id, ()), at):
            digest.due_at = until
            continue
        chosen = choose(attention.person, digest.since, at, asked.get(digest.person_id, ()))
        if chosen:
            mails.append(digest_mail(attention.person, Often(attention.digest), chosen, digest.since, at))
        digest.due_at, digest.since = next_due(attention, at), at
    Digest.objects.bulk_update([each for each in digests if each.pk], ["due_at", "since"])
    Mail.objects.bulk_create(mails)
    return len(digests)


def asked_for(people: Collection[int]) -> Mapping[int, Sequence[tuple[int | None, int | None]]]:
    """What each of these people wants in their digest: (conversation, None) and (None, space); one question."""
    found: dict[int, list[tuple[int | None, int | None]]] = {}
    levels = Level.objects.filter(Q(how=How.DIGEST), person__in=people)
    for person, conversation, space in levels.values_list("person", "conversation", "space"):
        found.setdefault(person, []).append((conversation, space))
    return found


def choose(
    person: Person, since: datetime, at: datetime, asked: Collection[tuple[int | None, int | None]] = ()
) -> Sequence[Unread]:
    """The twelve conversations of somebody's digest, in the order of its rule; what is said directly is never in it."""
    language = person.language or settings.LANGUAGE_CODE
    found = [each for each in unread(person, language, at, since=since) if each.space_id is not None]
    wanted = set(asked)

    def rank(each: Unread) -> tuple[int, int]:
        if (each.conversation_id, None) in wanted or (None, each.space_id) in wanted:
            return 0, 0
        if (of := kind(each.kind)) and of.comes_first:
            return 1, 0
        return (2, 0) if each.follows else (3, -each.voices)

    return sorted(found, key=rank)[:MOST]
