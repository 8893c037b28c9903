"""What became of a conversation: written by who opened it or looks after its space, kept when it goes on."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.utils import timezone

from terrain.conversations import additions
from terrain.conversations.care import cares_for
from terrain.conversations.models import Conversation
from terrain.conversations.settling import leave_in_peace
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived

SHORTEST, LONGEST = 20, 2000

models.TextField.register_lookup(Length)


class NotTheirs(Exception):
    """It is for who opened the conversation, or looks after its space, to say what became of it."""


class Outcome(models.Model):
    """What became of a conversation, in words, signed and dated."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="outcomes")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "outcomes_outcome"
        ordering = ("written_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(words__length__gte=SHORTEST) & Q(words__length__lte=LONGEST),
                name="outcomes_outcome_says_something",
            )
        ]


class Reopening(models.Model):
    """Somebody went on with a conversation after its outcome: nothing more stands on top of it."""

    outcome = models.OneToOneField(Outcome, on_delete=models.CASCADE, related_name="reopening")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reopened_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "outcomes_reopening"


@transaction.atomic
def conclude(conversation: Conversation, person: Person, words: str, at: datetime | None = None) -> Outcome:
    """Say what became of it, in 20 characters at least; one said before stays in its history.

    Raises NotTheirs for who neither opened the conversation nor looks after its space, and StillSettling in its first
    three days, for who did not open it.
    """
    if not cares_for(person, conversation):
        raise NotTheirs
    leave_in_peace(conversation, person, at)
    refuse_if_archived(conversation.space_id)
    outcome = Outcome.objects.create(
        conversation=conversation, author=person, words=words, written_at=at or timezone.now()
    )
    additions.changed(conversation.pk, conversation.space_id)
    return outcome


@transaction.atomic
def reopen(conversation: Conversation, person: Person, at: datetime | None = None) -> None:
    """Go on with it: the outcome leaves the top, and stays in the history. Anybody who reads it may."""
    refuse_if_archived(conversation.space_id)
    last = standing([conversation.pk]).get(conversation.pk)
    if last is None:
        return
    Reopening.objects.get_or_create(
        outcome=last, defaults={"person": person, "reopened_at": at or timezone.now()}
    )
    additions.changed(conversation.pk, conversation.space_id)


def standing(conversations: Collection[int]) -> Mapping[int, Outcome]:
    """The last outcome of each of these conversations, by its id, where it was not reopened since."""
    return {each.conversation_id: each for each in last_of(conversations)}


def last_of(conversations: Collection[int] | models.QuerySet[Conversation]) -> list[Outcome]:
    """The last outcome of each of these conversations, where it was not reopened since; one question."""
    last = (
        Outcome.objects.filter(conversation__in=conversations)
        .order_by("conversation", "-written_at", "-pk")
        .distinct("conversation")
        .select_related("author", "conversation", "reopening")
    )
    return [each for each in last if not hasattr(each, "reopening")]


def history(conversation: Conversation) -> list[Outcome]:
    """All that was said to have become of it, the oldest first, and when it was reopened."""
    return list(conversation.outcomes.select_related("author", "reopening__person"))
