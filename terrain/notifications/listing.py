"""What waits for somebody, by conversation, the latest moved first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from terrain.conversations.excerpts import recalled
from terrain.notifications.notification import Notification
from terrain.people.models import Person

MOST = 200


@dataclass(frozen=True)
class Line:
    """A message that somebody is told of, in a few words."""

    message_id: int
    why: str
    author: str | None
    said: str
    told_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A conversation in which something waits, `lines` from its latest."""

    conversation_id: int
    title: str
    space: str | None
    lines: Sequence[Line]


def waiting(person: Person, most: int = MOST) -> list[Waiting]:
    """The latest 200 that wait for this person; one question."""
    found: dict[int, Waiting] = {}
    rows = Notification.objects.of(person).select_related("message__author", "conversation__space")
    for each in rows[:most]:
        here, message = each.conversation, each.message
        author = message.author.name if message.author else None
        line = Line(message.pk, each.why, author, recalled(message.body), each.told_at)
        known = found.get(here.pk)
        lines = [*known.lines, line] if known else [line]
        found[here.pk] = Waiting(here.pk, here.title, here.space.name if here.space else None, lines)
    return list(found.values())
