"""A word to who wrote it: from person to person, in the conversation that the two have directly, or in a new one."""

import re
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from terrain.conversations.models import Message
from terrain.direct.talking import say_to
from terrain.people.models import Person
from terrain.reports.reasons import Reason
from terrain.web import markup
from terrain.web.rendering import url

OWN_PAGE = re.compile(r"(?<![\w/.:])/messages/\d+(/appeal)?\b")
"""A page of this Terrain, as `first_word` and the others name it."""


class Word(models.Model):
    """Somebody who may decide about a message spoke to its author first; what they said is between the two."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "reports_word"
        ordering = ("said_at", "pk")
        constraints: ClassVar = []


@transaction.atomic
def speak(message: Message, person: Person, words: str) -> bool:
    """Say a word to the author of a message; whether there is anybody to say it to."""
    if not tell_author(message, person, words):
        return False
    Word.objects.create(message=message, person=person)
    return True


def tell_author(message: Message, person: Person, words: str) -> bool:
    """Write to the author of a message, directly, plain text; whether they are still here."""
    author = message.author
    if author is None or not author.is_active or author == person:
        return False
    body = OWN_PAGE.sub(r'<a href="\g<0>">\g<0></a>', markup.from_text(words))
    say_to(person, author, body)
    return True


def first_word(message: Message) -> str:
    """What one may say to the author, to be changed before it is sent: in the author's language."""
    with translation.override(_language_of(message)):
        return _(
            "Hello %(name)s, what you wrote in “%(title)s” hurts or worries somebody here: %(address)s\n"
            "Would you read it once more? You can edit it, or withdraw it; nobody else can."
        ) % {
            "name": message.author.name.split()[0] if message.author else "",
            "title": message.conversation.title,
            "address": url("message", message.pk),
        }


def told_aside(message: Message, title: str, reason: Reason, words: str) -> str:
    """What the author is told when their message is set aside; `words` are the decider's."""
    with translation.override(_language_of(message)):
        return _(
            "I have set aside what you wrote in “%(title)s”. Reason: %(reason)s.\n%(words)s\n"
            "Every word of yours is kept, and is yours to read: %(address)s\n"
            "It comes back by itself within 24 hours, unless a second person confirms this; you can then ask somebody "
            "else to look at it again."
        ) % {
            "title": title,
            "reason": reason.label,
            "words": words,
            "address": url("appeal", message.pk),
        }


def told_confirmed(message: Message, words: str) -> str:
    """What the author is told when a second person confirms it."""
    with translation.override(_language_of(message)):
        return _(
            "I have looked at it too, and what you wrote stays set aside.\n%(words)s\n"
            "You can ask somebody else, once, to look at it again: %(address)s"
        ) % {"words": words, "address": url("appeal", message.pk)}


def told_again(message: Message, *, is_back: bool, words: str) -> str:
    """What the author is told once somebody else has looked at it again."""
    with translation.override(_language_of(message)):
        said = (
            _("I have looked at it again: what you wrote is back in its place.\n%(words)s\n%(address)s")
            if is_back
            else _("I have looked at it again: what you wrote stays set aside.\n%(words)s\n%(address)s")
        )
        return said % {"words": words, "address": url("message" if is_back else "appeal", message.pk)}


def _language_of(message: Message) -> str:
    return (message.author.language if message.author else "") or translation.get_language() or "en"
