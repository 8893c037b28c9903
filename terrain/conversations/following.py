"""Following: a person is told what moves in a conversation, or what somebody opens, wherever it is open."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
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


class PersonFollowing(models.Model):
    """Somebody follows another: what they open in open spaces comes into the feed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    somebody = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    followed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_personfollowing"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "somebody", name="conversations_personfollowing_once"),
            models.CheckConstraint(
                condition=~Q(person=F("somebody")), name="conversations_personfollowing_another"
            ),
        ]


def follow(conversation: Conversation, person: Person) -> Following:
    """Follow a conversation; who writes in it does so by writing."""
    return Following.objects.get_or_create(conversation=conversation, person=person)[0]


def unfollow(conversation: Conversation, person: Person) -> None:
    """No longer follow it."""
    Following.objects.filter(conversation=conversation, person=person).delete()


def follow_person(somebody: Person, person: Person) -> None:
    """Follow what somebody opens; oneself is not followed."""
    if somebody.pk != person.pk:
        PersonFollowing.objects.get_or_create(somebody=somebody, person=person)


def unfollow_person(somebody: Person, person: Person) -> None:
    """No longer follow them."""
    PersonFollowing.objects.filter(somebody=somebody, person=person).delete()


def follows_person(somebody: Person, person: Person) -> bool:
    """Whether this person follows that one."""
    return PersonFollowing.objects.filter(somebody=somebody, person=person).exists()
