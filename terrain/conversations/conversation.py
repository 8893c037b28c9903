"""A conversation: anything published that can be answered, seen by those who may read its space."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from terrain.people.models import Person
from terrain.spaces.models import Space
from terrain.web.prepared import Given

LONGEST_TITLE = 160


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, person: Person | Given) -> Self:
        """What this person may read: the conversations of open spaces, of their own, those they take part in, and
        those that were open before their space closed."""
        taking_part = Participation.objects.filter(person=person).values("conversation")
        readable = Q(space__in=Space.readable_by(person))
        return self.filter(readable | Q(is_kept_open=True) | Q(pk__in=taking_part))

    def by_activity(self) -> Self:
        """The latest moved first, exactly."""
        return self.order_by("-last_activity_at", "-id")


class Conversation(models.Model):
    """What was opened, by whom, where: in a space, or in none, between those who take part.

    The counts and the moment of the last message are kept true by the verbs. `version` goes up whenever anything in it
    changes: a message more, an edit, a sign.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, null=True, related_name="conversations", db_index=False
    )
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=LONGEST_TITLE)
    author = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="conversations", db_index=False
    )
    opened_at = models.DateTimeField(db_default=Now())
    last_activity_at = models.DateTimeField(db_default=Now())
    message_count = models.IntegerField(default=0)
    voice_count = models.IntegerField(default=0)
    vanished_count = models.IntegerField(db_default=0)
    """Of the messages counted, those that were withdrawn without a trace."""
    version = models.IntegerField(default=1)
    is_kept_open = models.BooleanField(db_default=False)
    """Whether everybody reads it though its space has closed: it was opened before (`keeping_open`)."""

    unscoped = ConversationQuerySet.as_manager()

    class Meta:
        db_table = "conversations_conversation"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="conversations_has_a_title"),
            models.CheckConstraint(condition=Q(message_count__gte=0), name="conversations_counts_messages"),
        ]
        indexes: ClassVar = [
            models.Index(
                F("space"), F("last_activity_at").desc(), F("id").desc(), name="conversations_by_space"
            ),
            models.Index(F("last_activity_at").desc(), F("id").desc(), name="conversations_by_activity"),
            models.Index(F("author"), F("opened_at").desc(), name="conversations_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, person: Person | Given) -> ConversationQuerySet:
        """The only door to conversations for a page: what this person may read."""
        return cls.unscoped.all().visible_to(person)


class Participation(models.Model):
    """Somebody takes part in a conversation that is in no space, and so may read it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    came_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_participation"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "conversation", name="conversations_participation_once")
        ]
