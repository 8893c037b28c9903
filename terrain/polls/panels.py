"""Where polls show: under the message that asks, and, in short, on the card of its conversation."""

from collections.abc import Callable, Collection, Mapping, Sequence

from markupsafe import Markup

from terrain.conversations import additions
from terrain.people.models import Person
from terrain.polls.models import Poll
from terrain.polls.results import results
from terrain.web.fragments import slot
from terrain.web.rendering import fragment


@additions.under_messages(order=20, table="polls_poll")
def under_messages(messages: Sequence[int]) -> Mapping[int, Markup]:
    return {poll.message_id: slot("poll", poll.pk) for poll in Poll.objects.filter(message__in=messages)}


@additions.on_cards(order=20, table="polls_poll")
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    """The poll that opens a conversation; one in an answer is found there."""
    polls = Poll.objects.filter(conversation__in=conversations, message__number=1)
    return {poll.conversation_id: slot("poll", poll.pk) for poll in polls}


@additions.filler("poll")
def fill(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    found = results(conversations, person)
    shown = {
        pk: fragment("polls/_poll.html", results=each, zone=person.zone).encode()
        for pk, each in found.items()
    }
    return lambda pk: shown.get(int(pk), b"")
