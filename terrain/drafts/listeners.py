"""What is published is no draft any more."""

from django.db.models import F

from terrain.conversations.events import Opened, Replied
from terrain.drafts.models import Draft
from terrain.web.events import hear


@hear(Opened)
@hear(Replied)
def published(event: Opened | Replied) -> None:
    Draft.objects.filter(person__messages=event.message_id, person__messages__key=F("key")).delete()
