"""What waits for somebody, by conversation, the latest moved first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

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

    @property
    def says(self) -> str:
        """Who does what, in a sentence."""
        who = self.author or _("A former colleague")
        sentences = {
            "mention": _("%(who)s names you"),
            "answer": _("%(who)s answers you"),
            "yours": _("%(who)s writes in your conversation"),
            "direct": _("%(who)s writes to you"),
        }
        return sentences.get(self.why, _("%(who)s writes")) % {"who": who}


@dataclass(frozen=True)
class Waiting:
    """A conversation in which something waits, `lines` in the order in which they were given."""

    conversation_id: int
    title: str
    space: str | None
    lines: Sequence[Line]


def waiting(person: Person, most: int = MOST) -> list[Waiting]:
    """The latest 200 that wait for this person, from the latest; one question."""
    rows = Notification.objects.of(person).select_related("message__author", "conversation__space")
    return by_conversation(rows[:most])


def by_conversation(told: Iterable[Notification]) -> list[Waiting]:
    """The same things, those of one conversation together, where its first one stood."""
    found: dict[int, Waiting] = {}
    for each in told:
        here, message = each.conversation, each.message
        author = message.author.name if message.author else None
        line = Line(message.pk, each.why, author, recalled(message.body), each.told_at)
        known = found.get(here.pk)
        lines = [*known.lines, line] if known else [line]
        found[here.pk] = Waiting(here.pk, here.title, here.space.name if here.space else None, lines)
    return list(found.values())
