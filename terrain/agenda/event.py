"""An event: when and where, hung on the message that tells it, and who comes."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from terrain.conversations import additions
from terrain.conversations.models import Conversation, Message
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived

LONGEST = 160


class Answer(models.TextChoices):
    """What one says to an invitation."""

    COMES = "comes", pgettext_lazy("event", "I’ll be there")
    MAYBE = "maybe", pgettext_lazy("event", "Perhaps")
    AWAY = "away", pgettext_lazy("event", "Without me")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, person: Person) -> Self:
        """The events of the conversations that this person may read."""
        return self.filter(message__in=Message.visible_to(person).standing())

    def to_come(self, at: datetime | None = None) -> Self:
        """Those that are not over, the next first."""
        over = Coalesce("ends_at", "begins_at")
        return self.annotate(over=over).filter(over__gte=at or timezone.now()).order_by("begins_at", "pk")


class Event(models.Model):
    """What a message invites to; moments are shown in the zone of who reads, and `ends_at` may be missing.

    `zone` is the one in which it was written: a calendar keeps the hour said there, whatever becomes of its clocks.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="event")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=LONGEST, blank=True)

    unscoped = EventQuerySet.as_manager()

    class Meta:
        db_table = "agenda_event"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")), name="agenda_event_ends_after"
            )
        ]
        indexes: ClassVar = [models.Index("begins_at", name="agenda_event_by_day")]

    @classmethod
    def visible_to(cls, person: Person) -> EventQuerySet:
        """The only door to events for a page."""
        return cls.unscoped.all().visible_to(person)


class Attendance(models.Model):
    """What somebody answered to an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer)
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "agenda_attendance"
        constraints: ClassVar = [
            models.UniqueConstraint("event", "person", name="agenda_attendance_once"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="agenda_attendance_answer"),
        ]


def new_key() -> str:
    """An address that nobody guesses."""
    return secrets.token_urlsafe(24)


class CalendarKey(models.Model):
    """The secret part of the address at which somebody's calendar program asks for their events."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=new_key)

    class Meta:
        db_table = "agenda_calendarkey"


def invite(
    message: Message, begins_at: datetime, zone: str, ends_at: datetime | None = None, place: str = ""
) -> Event:
    """Hang an event on a message, in the transaction that writes it; moments are aware, `zone` is an IANA name."""
    return Event.unscoped.create(
        message=message,
        conversation_id=message.conversation_id,
        begins_at=begins_at,
        ends_at=ends_at,
        zone=zone,
        place=place,
    )


@transaction.atomic
def answer(event: Event, person: Person, said: Answer) -> None:
    """Say whether one comes; the last answer counts. Raises ArchivedSpace.

    It is for the caller to have found the event in the person's scope.
    """
    refuse_if_archived(event.conversation.space_id)
    Attendance.objects.update_or_create(
        event=event, person=person, defaults={"answer": said, "answered_at": timezone.now()}
    )
    additions.changed(event.conversation_id, event.conversation.space_id)


@transaction.atomic
def take_back(event: Event, person: Person) -> None:
    """Say nothing any more. Raises ArchivedSpace."""
    refuse_if_archived(event.conversation.space_id)
    Attendance.objects.filter(event=event, person=person).delete()
    additions.changed(event.conversation_id, event.conversation.space_id)


def answers(events: Collection[int]) -> Mapping[int, list[Attendance]]:
    """What people answered to each of these events, by its id, the first first."""
    found: dict[int, list[Attendance]] = {pk: [] for pk in events}
    given = Attendance.objects.filter(event__in=events).select_related("person").order_by("answered_at", "pk")
    for each in given:
        found[each.event_id].append(each)
    return found


def agenda_of(person: Person) -> list[Event]:
    """The next 100 events of one's spaces, and those that one answered, as far as one may read them."""
    own = Q(conversation__space__memberships__person=person) | Q(conversation__participations__person=person)
    answered = Q(pk__in=Attendance.objects.filter(person=person).values("event"))
    found = Event.visible_to(person).filter(own | answered).distinct()
    shown = found.select_related("message", "conversation__space").to_come()
    return list(shown[:100])
