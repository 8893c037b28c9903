"""What events hear: a message that was withdrawn takes its event along."""

from terrain.agenda.models import Event
from terrain.conversations.events import Withdrawn
from terrain.web.events import hear


@hear(Withdrawn)
def withdrawn(told: Withdrawn) -> None:
    Event.unscoped.filter(message=told.message_id).delete()
