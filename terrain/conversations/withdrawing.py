"""Withdrawing one's own words: the text is gone at once, everywhere; what answered it keeps a place to stand on."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from terrain.conversations import saying
from terrain.conversations.conversation import Conversation
from terrain.conversations.editing import Edit, NotTheAuthor
from terrain.conversations.events import Withdrawn
from terrain.conversations.message import Message
from terrain.conversations.opening import first_words
from terrain.conversations.reacting import Reaction
from terrain.conversations.setting_aside import SettingAside
from terrain.conversations.versions import Version
from terrain.people.models import Person
from terrain.spaces.models import Space
from terrain.web import markup
from terrain.web.events import tell


class Withdrawal(models.Model):
    """Its author took a message back. Where something answers it, it leaves a trace; else nothing of it is shown."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="withdrawal")
    leaves_trace = models.BooleanField()
    withdrawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_withdrawal"
        constraints: ClassVar = []


@transaction.atomic
def withdraw(message: Message, person: Person, at: datetime | None = None) -> Conversation | None:
    """Take one's own message back, and return its conversation; None where that was all there was of it.

    Raises NotTheAuthor for anybody else, whatever their role. Doing it twice is doing it once.
    """
    if message.author_id is None or message.author_id != person.pk:
        raise NotTheAuthor
    here = Conversation.unscoped.select_for_update(no_key=True).get(pk=message.conversation_id)
    if Withdrawal.objects.filter(message=message).exists():
        return here
    living = Message.unscoped.filter(conversation=here, withdrawal=None).exclude(pk=message.pk)
    tell(Withdrawn(here.pk, here.space_id, message.pk))
    if not living.exists():
        _all_gone(here)
        return None
    leaves_trace = message.is_answered()
    Withdrawal.objects.create(message=message, leaves_trace=leaves_trace, withdrawn_at=at or timezone.now())
    Edit.objects.filter(message=message).delete()
    Version.objects.filter(message=message).delete()
    Reaction.objects.filter(message=message).delete()
    SettingAside.objects.filter(message=message).delete()
    saying.forget(message)
    Message.unscoped.filter(pk=message.pk).update(body="", edited_at=None, version=F("version") + 1)
    Message.unscoped.filter(reply_to=message).update(version=F("version") + 1, passage="")
    changes: dict[str, Any] = {
        "version": F("version") + 1,
        "vanished_count": F("vanished_count") + int(not leaves_trace),
    }
    if message.number == 1:
        # A title is its author's words too.
        first = living.filter(setting_aside=None).order_by("number").first()
        changes["title"] = first_words(markup.to_text(first.body)) if first else here.title
    if not living.filter(author=person).exists():
        changes["voice_count"] = F("voice_count") - 1
    Conversation.unscoped.filter(pk=here.pk).update(**changes)
    here.refresh_from_db()
    return here


def _all_gone(conversation: Conversation) -> None:
    if conversation.space_id:
        Space.unscoped.filter(pk=conversation.space_id).update(conversation_count=F("conversation_count") - 1)
    conversation.delete()
