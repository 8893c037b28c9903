"""What polls hear: a message that was withdrawn takes its poll along."""

from terrain.conversations.events import Withdrawn
from terrain.polls.models import Poll
from terrain.web.events import hear


@hear(Withdrawn)
def withdrawn(event: Withdrawn) -> None:
    Poll.objects.filter(message=event.message_id).delete()
