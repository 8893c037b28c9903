"""What notifications do when others speak: tell, by a job of the same transaction; forget what was read or is gone."""

from django.contrib.postgres.functions import TransactionNow

from terrain.conversations.events import Edited, Opened, Replied, SetAside, Withdrawn
from terrain.conversations.models import Mention
from terrain.conversations.reading import Read
from terrain.notifications import jobs, telling
from terrain.notifications.notification import forget, forget_thing, forget_what_is_hidden
from terrain.people.concerning import Concerns, NoLonger
from terrain.people.models import Person
from terrain.spaces.joining import MembershipChanged
from terrain.web.events import hear


@hear(Opened)
@hear(Replied)
def said(event: Opened | Replied) -> None:
    jobs.tell.defer(message_id=event.message_id)


@hear(Edited)
def said_otherwise(event: Edited) -> None:
    """Whoever it names anew, in this very transaction; everybody else was told of it once."""
    new = Mention.objects.filter(message=event.message_id, mentioned_at__gte=TransactionNow())
    if named := list(new.order_by("pk").values_list("person", flat=True)):
        jobs.tell.defer(message_id=event.message_id, only=named)


@hear(Withdrawn)
@hear(SetAside)
def gone(event: Withdrawn | SetAside) -> None:
    forget(event.conversation_id, message=event.message_id)


@hear(Read)
def read(event: Read) -> None:
    forget(event.conversation_id, person=event.person_id, message__number__lte=event.number)


@hear(Concerns)
def concerns(event: Concerns) -> None:
    telling.tell_thing(event.person_id, event.about, event.thing)


@hear(NoLonger)
def no_longer(event: NoLonger) -> None:
    forget_thing(event.about, event.thing, **({"person": event.person_id} if event.person_id else {}))


@hear(MembershipChanged)
def moved(event: MembershipChanged) -> None:
    if person := Person.objects.filter(pk=event.person_id, news__gt=0).first():
        forget_what_is_hidden(person)
