"""Following: a person is told what moves in a conversation, wherever it is."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person


class Following(models.Model):
    """Somebody follows a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="followings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="followings", db_index=False)
    followed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_following"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "conversation", name="conversations_following_once")
        ]


def follow(conversation: Conversation, person: Person) -> Following:
    """Follow a conversation; who writes in it does so by writing."""
    return Following.objects.get_or_create(conversation=conversation, person=person)[0]


def unfollow(conversation: Conversation, person: Person) -> None:
    """No longer follow it."""
    Following.objects.filter(conversation=conversation, person=person).delete()
