"""What moves in a direct conversation shows beside every page of those who take part."""

from django.db.models import F

from terrain.conversations.conversation import Participation
from terrain.conversations.events import Changed, Edited, InConversation, Opened, Replied, Withdrawn
from terrain.conversations.reading import Read
from terrain.people.models import Person
from terrain.web.events import hear


@hear(Opened)
@hear(Replied)
@hear(Edited)
@hear(Changed)
@hear(Withdrawn)
def moved(event: InConversation) -> None:
    if event.space_id is None:
        here = Participation.objects.filter(conversation=event.conversation_id).values("person")
        # In one order, so that two who write at once do not wait for each other.
        ids = list(
            Person.objects.filter(pk__in=here)
            .order_by("pk")
            .select_for_update(no_key=True)
            .values_list("pk", flat=True)
        )
        Person.objects.filter(pk__in=ids).update(direct_epoch=F("direct_epoch") + 1)


@hear(Read)
def read(event: Read) -> None:
    if event.is_direct:
        Person.objects.filter(pk=event.person_id).update(direct_epoch=F("direct_epoch") + 1)
