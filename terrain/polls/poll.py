"""A poll: a question with its choices, hung on the message that asks it."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from terrain.conversations.models import Conversation, Message

FEWEST, MOST = 2, 8
LONGEST = 120


class Poll(models.Model):
    """A question to all who read the conversation; `closes_at` may be missing: it then stays open.

    A secret poll keeps who has voted apart from what was voted, and nothing ties them.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="poll")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(max_length=LONGEST, blank=True)
    takes_several = models.BooleanField(default=False)
    is_secret = models.BooleanField(default=False)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "polls_poll"
        constraints: ClassVar = [
            # What is counted without a name can be counted once only.
            models.CheckConstraint(
                condition=~Q(takes_several=True, is_secret=True), name="polls_poll_secret_takes_one"
            ),
        ]

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether votes are still counted, at this moment or now."""
        return self.closes_at is None or (at or timezone.now()) < self.closes_at


class Choice(models.Model):
    """One answer that a poll offers; `secret_count` counts the votes of a secret poll, and is 0 in any other."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices", db_index=False)
    place = models.SmallIntegerField()
    words = models.CharField(max_length=LONGEST)
    secret_count = models.IntegerField(default=0)

    class Meta:
        db_table = "polls_choice"
        ordering = ("poll", "place")
        constraints: ClassVar = [
            models.UniqueConstraint("poll", "place", name="polls_choice_place"),
            models.CheckConstraint(condition=~Q(words=""), name="polls_choice_says_something"),
        ]

    def __str__(self) -> str:
        return self.words


def ask(
    message: Message,
    choices: Sequence[str],
    question: str = "",
    closes_at: datetime | None = None,
    *,
    takes_several: bool = False,
    is_secret: bool = False,
) -> Poll:
    """Hang a poll with these choices (2 to 8 texts) on a message, in the transaction that writes it."""
    poll = Poll.objects.create(
        message=message,
        conversation_id=message.conversation_id,
        question=question,
        takes_several=takes_several,
        is_secret=is_secret,
        closes_at=closes_at,
    )
    Choice.objects.bulk_create(
        Choice(poll=poll, place=place, words=words) for place, words in enumerate(choices, start=1)
    )
    return poll
