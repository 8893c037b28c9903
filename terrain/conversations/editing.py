"""Editing one's own words: always allowed to their author, to nobody else, and what was said before is kept."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from terrain.conversations import saying
from terrain.conversations.conversation import Conversation
from terrain.conversations.events import Edited
from terrain.conversations.message import Message, NotStanding
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.events import tell

GRACE = timedelta(minutes=2)
"""A slip mended within this time is not shown as an edit."""


class Edit(models.Model):
    """What a message said before, until `made_at`."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits")
    body = models.TextField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_edit"
        ordering = ("made_at", "id")
        constraints: ClassVar = []


class NotTheAuthor(Exception):
    """Nobody edits another's words."""


def hold_still(message: Message) -> None:
    """Nobody else changes this message until the transaction ends; raises NotStanding where nothing can be changed.

    The conversation is locked, and before anything in it: whoever locks both in another order waits for ever.
    """
    Conversation.unscoped.select_for_update(no_key=True).only("pk").get(pk=message.conversation_id)
    if not Message.unscoped.standing().filter(pk=message.pk).exists():
        raise NotStanding


@transaction.atomic
def edit(message: Message, person: Person, body: str, at: datetime | None = None) -> Message:
    """Say it otherwise, `body` being clean HTML.

    Raises NotTheAuthor for anybody else, whatever their role; NotStanding; ArchivedSpace.
    """
    if message.author_id is None or message.author_id != person.pk:
        raise NotTheAuthor
    hold_still(message)
    here = Message.unscoped.select_related("conversation").get(pk=message.pk)
    if here.body == body:
        return here
    refuse_if_archived(here.conversation.space_id)
    now = at or timezone.now()
    Edit.objects.create(message=here, body=here.body, made_at=now)
    said_before, here.body, here.version = here.body, body, here.version + 1
    if now - here.written_at > GRACE:
        here.edited_at = now
    here.save(update_fields=["body", "version", "edited_at"])
    saying.name_anew(here, said_before)
    Conversation.unscoped.filter(pk=here.conversation_id).update(version=F("version") + 1)
    # What quotes these words shows them anew.
    Message.unscoped.filter(reply_to=here).update(version=F("version") + 1)
    tell(Edited(here.conversation_id, here.conversation.space_id, here.pk))
    return here
