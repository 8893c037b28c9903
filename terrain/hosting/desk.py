"""A host's desk: what waits in the spaces that somebody looks after, each line with the one thing to do about it.

Five questions to the database, however many spaces, people and conversations there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from terrain.conversations.models import Conversation, Message
from terrain.hosting.arriving import NEW
from terrain.hosting.hosting import hosted_by
from terrain.hosting.models import Summary
from terrain.hosting.summing_up import LONG
from terrain.people.models import Person
from terrain.spaces.models import Membership, Space

UNANSWERED = timedelta(hours=48)
QUIET = timedelta(days=28)

ARRIVED = timedelta(days=7)
LATELY = timedelta(days=60)
"""What is older has found its end without anybody's help."""

MOST = 12


@dataclass(frozen=True)
class Desk:
    """What waits, the longest first; `hosted` are the spaces it is about."""

    hosted: Sequence[Space]
    first_words: Sequence[Message]
    """Of newcomers, the first that they ever wrote, where nobody else has written since."""

    unanswered: Sequence[Conversation]
    arrived: Sequence[Membership]
    long: Sequence[Conversation]
    quiet: Sequence[Space]

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        return not (self.first_words or self.unanswered or self.arrived or self.long or self.quiet)


def desk(person: Person, at: datetime | None = None) -> Desk:
    """What waits for this person, in the spaces that they look after and may read."""
    at = at or timezone.now()
    hosted = list(hosted_by(person, at).living().order_by("name", "pk"))
    here = Conversation.visible_to(person).filter(space__in=hosted).select_related("space", "author")
    first_words = list(_first_words(person, hosted, at)[:MOST])
    of_newcomers = [each.conversation_id for each in first_words if each.number == 1]
    return Desk(
        hosted,
        first_words,
        list(_unanswered(here, at).exclude(pk__in=of_newcomers)[:MOST]),
        list(_arrived(person, hosted, at)[:MOST]),
        list(_long(here, at)[:MOST]),
        [space for space in hosted if space.last_activity_at < at - QUIET],
    )


def _unanswered(here: QuerySet[Conversation], at: datetime) -> QuerySet[Conversation]:
    alone = F("message_count") - F("vanished_count")
    waiting = here.filter(opened_at__lt=at - UNANSWERED, opened_at__gt=at - LATELY)
    return waiting.alias(alone=alone).filter(alone=1).order_by("opened_at", "pk")


def _first_words(person: Person, hosted: Sequence[Space], at: datetime) -> QuerySet[Message]:
    earlier = Message.unscoped.filter(author=OuterRef("author"), written_at__lt=OuterRef("written_at"))
    since = Message.unscoped.filter(
        conversation=OuterRef("conversation"), number__gt=OuterRef("number"), withdrawal=None
    ).exclude(author=OuterRef("author"))
    return (
        Message.visible_to(person)
        .standing()
        .filter(
            ~Exists(earlier),
            ~Exists(since),
            conversation__space__in=hosted,
            author__joined_at__gt=at - NEW,
        )
        .exclude(author=person)
        .select_related("author", "conversation__space")
        .order_by("written_at", "pk")
    )


def _arrived(person: Person, hosted: Sequence[Space], at: datetime) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(
            space__in=hosted, joined_at__gt=at - ARRIVED, person__joined_at__gt=at - NEW
        )
        .exclude(person=person)
        .select_related("person", "space")
        .order_by("-joined_at", "pk")
    )


def _long(here: QuerySet[Conversation], at: datetime) -> QuerySet[Conversation]:
    told = Summary.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    summed_up = Coalesce(Subquery(told.annotate(up_to=Max("up_to")).values("up_to")), 0)
    since = F("message_count") - F("vanished_count") - summed_up
    moving = here.filter(message_count__gt=LONG, last_activity_at__gt=at - QUIET)
    return moving.annotate(since=since).filter(since__gt=LONG).order_by("-since", "pk")
