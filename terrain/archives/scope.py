"""What goes into an archive: everything, or what one person may read."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from terrain.conversations.models import Conversation, Edit, Following, Message, Reaction
from terrain.people.models import Person, Unit
from terrain.spaces.models import JoinRequest, Membership, Space


@dataclass(frozen=True)
class Scope:
    """The records that go in; `person` is whose scope it is, None for everything."""

    person: Person | None
    units: QuerySet[Unit]
    people: QuerySet[Person]
    spaces: QuerySet[Space]
    memberships: QuerySet[Membership]
    join_requests: QuerySet[JoinRequest]
    conversations: QuerySet[Conversation]
    messages: QuerySet[Message]
    reactions: QuerySet[Reaction]
    followings: QuerySet[Following]
    edits: QuerySet[Edit]


def everything() -> Scope:
    """All there is, but reading positions, passwords, sessions, and what is said between people in no space."""
    conversations = Conversation.unscoped.exclude(space=None)
    messages = Message.unscoped.standing().exclude(conversation__space=None)
    return Scope(
        person=None,
        units=Unit.objects.all(),
        people=Person.objects.all(),
        spaces=Space.unscoped.all(),
        memberships=Membership.objects.all(),
        join_requests=JoinRequest.objects.all(),
        conversations=conversations,
        messages=messages,
        reactions=Reaction.objects.filter(message__in=messages),
        followings=Following.objects.filter(conversation__in=conversations),
        edits=Edit.objects.filter(message__in=messages),
    )


def scope_of(person: Person) -> Scope:
    """What this person may read: open spaces and their own, what is said there, and the people who appear in it.

    Whom else somebody follows is nobody's business: of followings there are the person's own.
    """
    spaces = Space.unscoped.readable_by(person)
    # What is kept open in a space that has closed is left out: its space is.
    conversations = Conversation.visible_to(person).filter(space__in=spaces)
    messages = Message.visible_to(person).standing().filter(conversation__space__in=spaces)
    memberships = Membership.objects.filter(space__in=spaces)
    join_requests = JoinRequest.objects.filter(space__in=Space.unscoped.of(person))
    reactions = Reaction.objects.filter(message__in=messages)
    people = Person.objects.filter(
        Q(pk=person.pk)
        | Q(pk__in=spaces.values("opened_by"))
        | Q(pk__in=memberships.values("person"))
        | Q(pk__in=join_requests.values("person"))
        | Q(pk__in=conversations.values("author"))
        | Q(pk__in=messages.values("author"))
        | Q(pk__in=reactions.values("person"))
    )
    return Scope(
        person=person,
        units=Unit.objects.filter(pk__in=_with_those_above(people)),
        people=people,
        spaces=spaces,
        memberships=memberships,
        join_requests=join_requests,
        conversations=conversations,
        messages=messages,
        reactions=reactions,
        followings=Following.objects.filter(person=person, conversation__in=conversations),
        edits=Edit.objects.filter(message__in=messages),
    )


def _with_those_above(people: QuerySet[Person]) -> set[int]:
    """The units of these people, and those that they belong to."""
    above = dict(Unit.objects.order_by().values_list("pk", "parent"))
    found: set[int] = set()
    for unit in people.exclude(unit=None).order_by().values_list("unit", flat=True).distinct():
        here: int | None = unit
        while here is not None and here not in found:
            found.add(here)
            here = above[here]
    return found
