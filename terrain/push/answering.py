"""Answering from a notification: by whom it was for, in the conversation of its message, or kept as a draft."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from terrain.conversations.models import Message
from terrain.conversations.replying import reply
from terrain.conversations.writing import cleaned, is_html
from terrain.drafts.draft import TooLong, TooMany, keep
from terrain.drafts.keeping import why_not
from terrain.people.models import Person
from terrain.web import markup
from terrain.web.refusing import Refused

SALT = "push.answer"


def key_for(person: Person, message_id: int) -> str:
    """What lets this person answer this message from a notification; useless to anybody else, and without a session."""
    return signing.Signer(salt=SALT).sign(f"{person.pk}/{message_id}")


def message_of(key: str, person: Person) -> Message | None:
    """The message that such a key answers; None where it is another's, was made up, or can no longer be read."""
    try:
        whose, message = signing.Signer(salt=SALT).unsign(key).split("/")
    except signing.BadSignature:
        return None
    if int(whose) != person.pk:
        return None
    return Message.visible_to(person).standing().filter(pk=message).select_related("conversation").first()


@dataclass(frozen=True)
class Kept:
    """An answer that was not published: why, in a sentence, and where its author goes on with it.

    `is_kept` is whether its words wait there: two hundred drafts are kept of one person, and none that is too long.
    """

    says: str
    url: str
    is_kept: bool = True


def answer(message: Message, person: Person, words: str, key: UUID) -> Kept | None:
    """Publish these words as an answer to this message, once for each key; what cannot be published is kept."""
    text = markup.from_text(words) if is_html(words) else words
    try:
        reply(message.conversation, person, cleaned(text), reply_to=message, key=key)
    except ValidationError as refused:
        return keep_words(message, person, words, key, refused.messages[0])
    except Refused as refused:
        return keep_words(message, person, words, key, str(refused))
    return None


def keep_words(message: Message, person: Person, words: str, key: UUID, why: str = "") -> Kept | None:
    """Keep these words as a draft of an answer, to go on with; None where they were published already."""
    here = message.conversation
    fields = {"body": [words], "reply_to": [str(message.pk)]}
    page = reverse("conversation", args=[here.pk])
    try:
        draft = keep(person, key, fields, conversation=here)
    except (TooMany, TooLong) as refused:
        return Kept(why_not(refused), f"{page}?reply_to={message.pk}", is_kept=False)
    if draft is None:
        return None
    return Kept(why or _("Your words are kept."), f"{page}?draft={draft.key}&reply_to={message.pk}")
