"""Reacting: a sign on a message, one of each from a person, taken back as easily."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.conversations.events import Reacted
from terrain.conversations.message import Message
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.events import tell

OFFERED = ("👍", "❤️", "🎉", "🙏", "👀", "💡", "📌", "😄")
"""The signs that a page offers, the first six at once."""


class Reaction(models.Model):
    """Somebody's sign on a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reactions")
    emoji = models.CharField(max_length=16)
    reacted_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_reaction"
        constraints: ClassVar = [
            models.UniqueConstraint("message", "person", "emoji", name="conversations_reaction_once"),
            models.CheckConstraint(condition=~Q(emoji=""), name="conversations_reaction_has_an_emoji"),
        ]


@transaction.atomic
def react(message: Message, person: Person, emoji: str) -> Reaction:
    """Put a sign on a message; the same one twice is one."""
    refuse_if_archived(message.conversation.space_id)
    reaction, is_new = Reaction.objects.get_or_create(message=message, person=person, emoji=emoji)
    if is_new:
        _changed(message)
    return reaction


@transaction.atomic
def take_back(message: Message, person: Person, emoji: str) -> None:
    """Take a sign of one's own back."""
    refuse_if_archived(message.conversation.space_id)
    removed, _ = Reaction.objects.filter(message=message, person=person, emoji=emoji).delete()
    if removed:
        _changed(message)


def who_reacted(message: Message) -> list[tuple[str, list[Person]]]:
    """Each sign on a message with who put it, the most frequent sign first, people in the order in which they came."""
    found: dict[str, list[Person]] = {}
    for each in message.reactions.select_related("person").order_by("reacted_at", "pk"):
        found.setdefault(each.emoji, []).append(each.person)
    return sorted(found.items(), key=lambda put: (-len(put[1]), put[0]))


def _changed(message: Message) -> None:
    # The conversation first: who changes a message holds it before the message.
    Conversation.unscoped.filter(pk=message.conversation_id).update(version=F("version") + 1)
    Message.unscoped.filter(pk=message.pk).update(version=F("version") + 1)
    tell(Reacted(message.conversation_id, message.conversation.space_id, message.pk))
