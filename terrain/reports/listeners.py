"""What reports do when others speak: an author who takes their words back has settled it."""

from django.utils import timezone

from terrain.conversations.events import Withdrawn
from terrain.conversations.models import Message
from terrain.reports.deciding import Decision, Ending
from terrain.reports.report import answer
from terrain.web.events import hear


@hear(Withdrawn)
def settled(event: Withdrawn) -> None:
    now = timezone.now()
    answer(Message(pk=event.message_id), None, "", now)
    standing = Decision.objects.filter(message=event.message_id, ended_at=None)
    standing.update(ending=Ending.WITHDRAWN, ended_at=now)
