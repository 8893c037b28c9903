"""Topics: a word after # in a message leads to all that is said of it; anybody may follow one."""

from collections.abc import Collection, Mapping
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.conversations.message import Message
from terrain.conversations.naming import LONGEST_TOPIC, Found, after, folded, topic_address, topic_at
from terrain.people.models import Person


class TopicQuerySet(models.QuerySet["Topic"]):
    def said_to(self, person: Person) -> Self:
        """The topics of what this person may read, with how many of its conversations; the most said first."""
        readable = Tag.objects.filter(message__conversation__in=Conversation.visible_to(person))
        counted = Count("tags__message__conversation", filter=Q(tags__in=readable), distinct=True)
        return (
            self.annotate(conversations=counted)
            .filter(conversations__gt=0)
            .order_by("-conversations", "name")
        )


class Topic(models.Model):
    """A subject that some message names: `name` as it is compared, `shown` as it was first written."""

    name = models.CharField(max_length=2 * LONGEST_TOPIC, unique=True)
    shown = models.CharField(max_length=2 * LONGEST_TOPIC)

    objects = TopicQuerySet.as_manager()

    class Meta:
        db_table = "conversations_topic"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="conversations_topic_has_a_name")
        ]

    def __str__(self) -> str:
        return f"#{self.shown}"


class Tag(models.Model):
    """A message names a topic."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tags")

    class Meta:
        db_table = "conversations_tag"
        constraints: ClassVar = [models.UniqueConstraint("message", "topic", name="conversations_tag_once")]


class TopicFollowing(models.Model):
    """Somebody follows a topic, whether anything is said of it to them yet or not."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    followed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_topic_following"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "topic", name="conversations_topic_following_once")
        ]


def topics_in(words: str) -> Mapping[str, str]:
    """The topics that these words name: as each is compared, and as it is written."""
    named = [topic_at(words, start) for start in after("#", words)]
    return {folded(each): each for each in named if each}


def found_in(words: str) -> list[Found]:
    """Where these words name topics."""
    starts = [(start, topic_at(words, start)) for start in after("#", words)]
    return [Found(start - 1, start + len(each), topic_address(each)) for start, each in starts if each]


def keep(message: Message, named: Mapping[str, str]) -> None:
    """Let these topics be the ones that the message names."""
    Tag.objects.filter(message=message).exclude(topic__name__in=named).delete()
    Topic.objects.bulk_create(
        [Topic(name=name, shown=shown) for name, shown in named.items()], ignore_conflicts=True
    )
    topics = Topic.objects.filter(name__in=named).values_list("pk", flat=True)
    Tag.objects.bulk_create([Tag(message=message, topic_id=pk) for pk in topics], ignore_conflicts=True)


def conversations_on(topic: Topic, person: Person) -> "models.QuerySet[Conversation]":
    """The conversations in which this person may read something about it."""
    said = Message.visible_to(person).filter(pk__in=Tag.objects.filter(topic=topic).values("message"))
    return Conversation.visible_to(person).filter(pk__in=said.values("conversation"))


def suggested(person: Person, words: str, most: int) -> list[Topic]:
    """The topics of what this person may read whose name begins so, the most said first."""
    found = Topic.objects.said_to(person).filter(name__startswith=folded(words))
    return list(found[:most])


def follow(topic: Topic, person: Person) -> None:
    """Find in one's feed what is said about a topic."""
    TopicFollowing.objects.get_or_create(topic=topic, person=person)


def unfollow(topic: Topic, person: Person) -> None:
    """No longer."""
    TopicFollowing.objects.filter(topic=topic, person=person).delete()


def followed(topics: Collection[Topic], person: Person) -> set[int]:
    """Which of these topics this person follows."""
    return set(TopicFollowing.objects.filter(person=person, topic__in=topics).values_list("topic", flat=True))
