"""Opening a conversation: its title, its first message, and everything kept true, at once."""

from django.db.models import F, Value
from django.db.models.functions import Greatest

from terrain.conversations.conversation import LONGEST_TITLE, Conversation
from terrain.conversations.events import Opened
from terrain.conversations.following import follow
from terrain.conversations.message import Message
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import Key, already_written
from terrain.people.models import Person
from terrain.spaces.models import Space
from terrain.web import markup
from terrain.web.events import tell

SHORT_TITLE = 80


def open_conversation(
    space: Space, person: Person, body: str, title: str = "", kind: str = "post", key: Key = None
) -> Conversation:
    """Open a conversation with its first message, `body` being clean HTML; without a title it takes its first words.

    The same key from the same person gives the conversation that it opened already.
    """
    with already_written(person, key) as written:
        if written is not None:
            return written.conversation
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
            written_at=conversation.opened_at,
            key=key,
        )
        Space.unscoped.filter(pk=space.pk).update(
            conversation_count=F("conversation_count") + 1,
            last_activity_at=Greatest("last_activity_at", Value(conversation.opened_at)),
        )
        follow(conversation, person)
        read_up_to(conversation, person, 1)
        tell(Opened(conversation.pk, space.pk, message.pk))
    return conversation


def first_words(text: str) -> str:
    """The first line of a text where there is something to read, cut at a word before 80 characters."""
    lines = (each for each in text.split("\n") if not markup.is_empty(each))
    line = markup.on_one_line(next(lines, ""))
    if len(line) <= SHORT_TITLE:
        return line
    return line[: SHORT_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
