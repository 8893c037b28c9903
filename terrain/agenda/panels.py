"""Where events show: under the message that invites, on the card of its conversation, and in the navigation."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.agenda.event import Answer, Attendance, answers
from terrain.agenda.models import Event
from terrain.conversations import additions
from terrain.people.models import Person
from terrain.web import moments, shell
from terrain.web.fragments import slot
from terrain.web.rendering import fragment

shell.add(
    shell.Place("agenda", pgettext_lazy("place", "Agenda"), "calendar-days", "agenda", 25, on_phone=False)
)


@additions.under_messages(order=30, table="agenda_event")
def under_messages(messages: Sequence[int]) -> Mapping[int, Markup]:
    return {
        event.message_id: slot("event", event.pk) for event in Event.unscoped.filter(message__in=messages)
    }


@additions.on_cards(order=30, table="agenda_event")
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    """The event that opens a conversation."""
    events = Event.unscoped.filter(conversation__in=conversations, message__number=1)
    return {event.conversation_id: slot("event", event.pk) for event in events}


@additions.filler("event")
def fill(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    events = {event.pk: event for event in Event.visible_to(person).filter(conversation__in=conversations)}
    given = answers(events)
    shown = {pk: drawn(event, given[pk], person).encode() for pk, event in events.items()}
    return lambda pk: shown.get(int(pk), b"")


def drawn(event: Event, given: Sequence[Attendance], person: Person) -> Markup:
    """An event with what was answered, and what this person answered."""
    own = next((each.answer for each in given if each.person_id == person.pk), "")
    counts = {each: sum(1 for one in given if one.answer == each) for each in Answer}
    return fragment(
        "agenda/_event.html",
        event=event,
        ends=_end(event, person.zone),
        own=own,
        counts=counts,
        zone=person.zone,
        offered=Answer,
    )


def _end(event: Event, zone_name: str) -> str:
    """When it ends, for who lives there: the hour alone on the day on which it begins; nothing where it is not said."""
    if event.ends_at is None:
        return ""
    here = moments.zone(zone_name)
    is_same_day = event.begins_at.astimezone(here).date() == event.ends_at.astimezone(here).date()
    return (moments.hour if is_same_day else moments.day)(event.ends_at, zone_name)
