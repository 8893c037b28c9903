"""The gestures of a direct conversation: begin one, bring somebody in, leave."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, F

from terrain.conversations import additions
from terrain.conversations.conversation import LONGEST_TITLE, Conversation, Participation
from terrain.conversations.models import Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import Key, Then, reply
from terrain.people.models import Person

MOST = 30
"""People in one direct conversation; more of them open a space."""


class TooMany(Exception):
    """More people than a direct conversation holds."""


class BetweenTwo(Exception):
    """What two people said to each other is not shown to a third: that begins another conversation."""


def begin(
    person: Person,
    others: Collection[Person],
    body: str,
    title: str = "",
    key: Key = None,
    then: Then | None = None,
) -> Conversation:
    """Begin a direct conversation with these people, `body` being clean HTML; raises TooMany beyond thirty."""
    everybody = {each.pk: each for each in [person, *others]}
    if len(everybody) > MOST:
        raise TooMany

    def take_part(message: Message) -> None:
        Participation.objects.bulk_create(
            Participation(conversation=message.conversation, person=each) for each in everybody.values()
        )
        if then:
            then(message)

    names = ", ".join(each.name for each in everybody.values())
    named = title or (names if len(names) <= LONGEST_TITLE else names[: LONGEST_TITLE - 1] + "…")
    return open_conversation(None, person, body, named, kind="direct", key=key, then=take_part)


def with_alone(person: Person, other: Person) -> Conversation | None:
    """The direct conversation that these two have together already, if there is one."""
    return (
        Conversation.visible_to(person)
        .filter(space=None, pk__in=Participation.objects.filter(person=other).values("conversation"))
        .annotate(people=Count("participations"))
        .filter(people=2 if other != person else 1)
        .order_by("-last_activity_at")
        .first()
    )


def say_to(person: Person, other: Person, body: str) -> None:
    """Say something to somebody, `body` being clean HTML: where the two have talked already, or anew."""
    if together := with_alone(person, other):
        reply(together, person, body)
    else:
        begin(person, [other], body)


@transaction.atomic
def bring_in(conversation: Conversation, whom: Person) -> None:
    """Somebody who takes part brings one more person in, who reads all that was said; raises TooMany, BetweenTwo."""
    Conversation.unscoped.select_for_update(no_key=True).only("pk").get(pk=conversation.pk)
    here = set(conversation.participations.values_list("person", flat=True))
    if len(here) < 3:
        raise BetweenTwo
    if whom.pk not in here and len(here) >= MOST:
        raise TooMany
    Participation.objects.get_or_create(conversation=conversation, person=whom)
    additions.changed(conversation.pk, None)


@transaction.atomic
def leave(conversation: Conversation, person: Person) -> None:
    """Take part no longer; what was written stays with the others."""
    conversation.participations.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(direct_epoch=F("direct_epoch") + 1)
    additions.changed(conversation.pk, None)
