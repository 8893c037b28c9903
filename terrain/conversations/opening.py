"""Opening a conversation: its title, its first message, and everything kept true, at once."""

from django.db.models import F, Value
from django.db.models.functions import Greatest

from terrain.conversations import saying
from terrain.conversations.conversation import LONGEST_TITLE, Conversation
from terrain.conversations.events import Opened
from terrain.conversations.following import follow
from terrain.conversations.message import Message
from terrain.conversations.pace import refuse_flood
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import Key, Then, already_written
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.models import Space
from terrain.web import markup
from terrain.web.events import tell

SHORT_TITLE = 80


def open_conversation(
    space: Space | None,
    person: Person,
    body: str,
    title: str = "",
    kind: str = "post",
    key: Key = None,
    then: Then | None = None,
) -> Conversation:
    """Open a conversation with its first message, `body` being clean HTML; without a title it takes its first words.

    `then` is called with the message, once, in the transaction that writes it; in no space it says who takes part. The
    same key from the same person gives the conversation that it opened already.

    Raises ArchivedSpace; TooManyNamed; and, of what a form sent, TooManyMessages.
    """
    with already_written(person, key) as written:
        if written is not None:
            return written.conversation
        refuse_if_archived(space.pk if space else None)
        if key:
            refuse_flood(person)
        conversation = Conversation.unscoped.create(
            space=space,
            kind=kind,
            title=first_words(markup.to_text(body))
            if markup.is_empty(title)
            else title.strip()[:LONGEST_TITLE],
            author=person,
            message_count=1,
            voice_count=1,
        )
        message = Message.unscoped.create(
            conversation=conversation,
            author=person,
            number=1,
            body=body,
            language=person.language,
            written_at=conversation.opened_at,
            key=key,
        )
        if space:
            Space.unscoped.filter(pk=space.pk).update(
                conversation_count=F("conversation_count") + 1,
                last_activity_at=Greatest("last_activity_at", Value(conversation.opened_at)),
            )
        follow(conversation, person)
        read_up_to(conversation, person, 1)
        if then:
            then(message)
        saying.name(message)
        tell(Opened(conversation.pk, conversation.space_id, message.pk))
    return conversation


def first_words(text: str) -> str:
    """The first line of a text where there is something to read, cut at a word before 80 characters."""
    lines = (each for each in text.split("\n") if not markup.is_empty(each))
    line = markup.on_one_line(next(lines, ""))
    if len(line) <= SHORT_TITLE:
        return line
    return line[: SHORT_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
