"""How much one person says in a short while: as much as anybody can mean, the same for every role."""

from datetime import timedelta

from django.db.models import Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from terrain.conversations.mentioning import Mention
from terrain.conversations.message import Message
from terrain.people.models import Person
from terrain.web.refusing import Refused

MESSAGES, A_MINUTE = 20, timedelta(minutes=1)
NAMED, A_WHILE = 50, timedelta(minutes=10)


class TooManyMessages(Refused):
    """Twenty messages of one person in a minute."""

    status = 429
    sentence = _(
        "You have published twenty messages within a minute. Wait a little: what you wrote stays here."
    )


class TooManyNamed(Refused):
    """More people than one names in a while: fifty in ten minutes."""

    status = 429
    sentence = _(
        "You have named more than fifty people within ten minutes. Name fewer, or say it to their space:"
        " what you wrote stays here."
    )


def refuse_flood(person: Person) -> None:
    """Raises TooManyMessages; to be asked before a message is written, holding the person's row."""
    lately = Message.unscoped.filter(author=person, written_at__gt=Now() - Value(A_MINUTE))
    if lately.count() >= MESSAGES:
        raise TooManyMessages


def refuse_crowd(person: Person, more: int) -> None:
    """Raises TooManyNamed where so many people more would be too many."""
    lately = Mention.objects.filter(message__author=person, mentioned_at__gt=Now() - Value(A_WHILE))
    if more and lately.count() + more > NAMED:
        raise TooManyNamed
