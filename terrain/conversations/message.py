"""A message: what one person says in a conversation, in the order in which it came."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.web.prepared import Given


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Person | Given) -> Self:
        """The messages of the conversations that this person may read."""
        return self.filter(conversation__in=Conversation.visible_to(person))


class Message(models.Model):
    """What somebody said: `number` counts from 1 (the one that opens), `body` is clean HTML.

    `key` names the form that it was written in: the same form sent twice is one message.
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
    written_at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
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

    @classmethod
    def visible_to(cls, person: Person | Given) -> MessageQuerySet:
        """The only door to messages for a page: those of what this person may read."""
        return cls.unscoped.all().visible_to(person)
