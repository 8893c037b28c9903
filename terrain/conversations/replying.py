"""Replying: one more message at the end of a conversation, to the whole or to one of its messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from terrain.conversations import saying
from terrain.conversations.conversation import Conversation
from terrain.conversations.events import Replied
from terrain.conversations.following import follow
from terrain.conversations.message import Message
from terrain.conversations.pace import refuse_flood
from terrain.conversations.quoting import passage_in
from terrain.conversations.reading import read_up_to
from terrain.conversations.versions import Version
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.models import Space
from terrain.web.events import tell

Key = UUID | None
Then = Callable[[Message], None]


def reply(
    conversation: Conversation,
    person: Person,
    body: str,
    reply_to: Message | None = None,
    key: Key = None,
    then: Then | None = None,
    passage: str = "",
) -> Message:
    """Add a message, `body` being clean HTML, and return it; the same key from the same person gives the same message.

    `passage` quotes words of `reply_to`, and is left out where it does not say them. `then` is called with the
    message, once, in the transaction that writes it.

    Raises ValueError where `reply_to` is of another conversation; ArchivedSpace; TooManyNamed; and, of what a form
    sent, TooManyMessages.
    """
    if reply_to is not None and reply_to.conversation_id != conversation.pk:
        raise ValueError("a reply goes to a message of its own conversation")
    with already_written(person, key) as written:
        if written is not None:
            return written
        # The row is locked first: two replies at once get two numbers.
        here = Conversation.unscoped.select_for_update(no_key=True).get(pk=conversation.pk)
        refuse_if_archived(here.space_id)
        if key:
            refuse_flood(person)
        new_voices = int(not Message.unscoped.filter(conversation=here, author=person).exists())
        message = Message.unscoped.create(
            conversation=here,
            author=person,
            number=here.message_count + 1,
            body=body,
            language=person.language,
            reply_to=reply_to,
            passage=passage_in(_all_said(reply_to), passage) if reply_to and passage else "",
            key=key,
        )
        written_at = Value(message.written_at)
        Conversation.unscoped.filter(pk=here.pk).update(
            message_count=F("message_count") + 1,
            voice_count=F("voice_count") + new_voices,
            version=F("version") + 1,
            last_activity_at=Greatest("last_activity_at", written_at),
        )
        if here.space_id:
            Space.unscoped.filter(pk=here.space_id).update(
                last_activity_at=Greatest("last_activity_at", written_at)
            )
        follow(here, person)
        read_up_to(here, person, message.number)
        if then:
            then(message)
        saying.name(message)
        tell(Replied(here.pk, here.space_id, message.pk))
    return message


def _all_said(message: Message) -> str:
    """What it says, in both languages where it has two."""
    return message.body + "".join(Version.objects.filter(message=message).values_list("body", flat=True))


@contextmanager
def already_written(person: Person, key: Key) -> Iterator[Message | None]:
    """One transaction for what a form writes: gives the message that this key wrote already, or None.

    The person's row is locked, so that the same form sent twice at once waits for itself.
    """
    with transaction.atomic():
        if key is None:
            yield None
            return
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
        yield Message.unscoped.filter(author=person, key=key).select_related("conversation").first()
