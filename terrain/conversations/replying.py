"""Replying: one more message at the end of a conversation, to the whole or to one of its messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from terrain.conversations.conversation import Conversation
from terrain.conversations.events import Replied
from terrain.conversations.following import follow
from terrain.conversations.message import Message
from terrain.conversations.reading import read_up_to
from terrain.people.models import Person
from terrain.spaces.models import Space
from terrain.web.events import tell

Key = UUID | None


def reply(
    conversation: Conversation, person: Person, body: str, reply_to: Message | None = None, key: Key = None
) -> Message:
    """Add a message, `body` being clean HTML, and return it; the same key from the same person gives the same message.

    Raises ValueError where `reply_to` is of another conversation.
    """
    if reply_to is not None and reply_to.conversation_id != conversation.pk:
        raise ValueError("a reply goes to a message of its own conversation")
    with already_written(person, key) as written:
        if written is not None:
            return written
        # The row is locked first: two replies at once get two numbers.
        here = Conversation.unscoped.select_for_update().get(pk=conversation.pk)
        new_voices = int(not Message.unscoped.filter(conversation=here, author=person).exists())
        message = Message.unscoped.create(
            conversation=here,
            author=person,
            number=here.message_count + 1,
            body=body,
            reply_to=reply_to,
            key=key,
        )
        written_at = Value(message.written_at)
        Conversation.unscoped.filter(pk=here.pk).update(
            message_count=F("message_count") + 1,
            voice_count=F("voice_count") + new_voices,
            version=F("version") + 1,
            last_activity_at=Greatest("last_activity_at", written_at),
        )
        Space.unscoped.filter(pk=here.space_id).update(
            last_activity_at=Greatest("last_activity_at", written_at)
        )
        follow(here, person)
        read_up_to(here, person, message.number)
        tell(Replied(here.pk, here.space_id, message.pk))
    return message


@contextmanager
def already_written(person: Person, key: Key) -> Iterator[Message | None]:
    """One transaction for what a form writes: gives the message that this key wrote already, or None.

    The person's row is locked, so that the same form sent twice at once waits for itself.
    """
    with transaction.atomic():
        if key is None:
            yield None
            return
        Person.objects.select_for_update().only("pk").get(pk=person.pk)
        yield Message.unscoped.filter(author=person, key=key).select_related("conversation").first()
