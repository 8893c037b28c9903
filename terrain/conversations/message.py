"""A message: what one person says in a conversation, in the order in which it came."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.web.prepared import Given
from terrain.web.refusing import Refused


class NotStanding(Refused):
    """The message was withdrawn or set aside: its words are not in their place."""

    sentence = _("This message is not in its place any more: it was withdrawn or set aside.")


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Person | Given) -> Self:
        """The messages of the conversations that this person may read."""
        return self.filter(conversation__in=Conversation.visible_to(person))

    def standing(self) -> Self:
        """Those whose words are in their place: neither withdrawn nor set aside."""
        return self.filter(withdrawal=None, setting_aside=None)


class Message(models.Model):
    """What somebody said: `number` counts from 1 (the one that opens), `body` is clean HTML.

    `language` is "fr" or "en", or "" where its author never chose one. `passage` is what it quotes of the message
    that it answers, word for word; "" where it answers the whole. `key` names the form that it was written in: the
    same form sent twice is one message.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    author = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="messages", db_index=False
    )
    number = models.IntegerField()
    body = models.TextField()
    language = models.CharField(max_length=2, db_default="")
    written_at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
    passage = models.CharField(max_length=600, db_default="")
    version = models.IntegerField(default=1)
    key = models.UUIDField(null=True)

    unscoped = MessageQuerySet.as_manager()

    class Meta:
        db_table = "conversations_message"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("conversation", "number", name="conversations_message_number"),
            models.UniqueConstraint(
                "author", "key", name="conversations_message_once", condition=Q(key__isnull=False)
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="conversations_message_counts_from_one"),
        ]
        indexes: ClassVar = [models.Index("author", "written_at", name="conversations_message_author")]

    def __str__(self) -> str:
        return f"{self.conversation_id}#{self.number}"

    def is_answered(self) -> bool:
        """Whether something stands on it: a reply to it, or, where it opens the conversation, any."""
        later = Message.unscoped.filter(conversation=self.conversation_id, withdrawal=None).exclude(
            pk=self.pk
        )
        return (later if self.number == 1 else later.filter(reply_to=self)).exists()

    @classmethod
    def visible_to(cls, person: Person | Given) -> MessageQuerySet:
        """The only door to messages for a page: those of what this person may read."""
        return cls.unscoped.all().visible_to(person)
