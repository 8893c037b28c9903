"""A conversation as one reader finds it: in their scope, and open where they stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Exists, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat

from terrain.conversations import resuming
from terrain.conversations.models import Conversation, Following, Message, Reaction, Reading
from terrain.conversations.quoting import passage_in, said
from terrain.people.models import Person
from terrain.spaces.models import Archiving
from terrain.web.prepared import Given, Prepared

WINDOW = 50
AROUND = 10
KEPT_OPEN = "kept open"


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation as its page needs it: found in the reader's scope, with what of it is theirs."""

    id: int
    title: str
    kind: str
    opened_at: datetime
    message_count: int
    voice_count: int
    vanished_count: int
    version: int
    space_id: int | None
    space: str | None
    openness: str | None
    """None, the three of them, where it is in no space, between those who take part; the openness is KEPT_OPEN where
    the space has closed since."""

    author_id: int | None
    author: str | None
    author_title: str | None
    read_up_to: int | None
    follows: bool
    own_signs: str | None
    """The reader's own signs in it: "12 👍,15 🎉", a message and an emoji each."""
    is_archived: bool
    """Whether its space is only read."""
    is_begun: bool
    """Whether the reader began to answer it, and it is kept."""


def _found() -> Any:
    reader, here = Given("person"), OuterRef("pk")
    signs = Reaction.objects.filter(person=reader, message__conversation=here).order_by().values("person")
    sign = Concat(Cast("message_id", TextField()), Value(" "), "emoji")
    return (
        Conversation.visible_to(reader)
        .filter(pk=Given("pk"))
        .annotate(
            read_up_to=Subquery(Reading.of(reader).filter(conversation=here).values("number")[:1]),
            follows=Exists(Following.objects.filter(conversation=here, person=reader)),
            for_whom=Case(When(is_kept_open=True, then=Value(KEPT_OPEN)), default="space__openness"),
            is_archived=Exists(Archiving.objects.filter(space=OuterRef("space"))),
            is_begun=Exists(resuming.answers(reader, here)),
            own_signs=Subquery(signs.annotate(all=StringAgg(sign, ",")).values("all")),
        )
        .values_list(
            *(
                "id",
                "title",
                "kind",
                "opened_at",
                "message_count",
                "voice_count",
                "vanished_count",
                "version",
            ),
            *("space_id", "space__name", "for_whom", "author_id", "author__name", "author__title"),
            *("read_up_to", "follows", "own_signs", "is_archived", "is_begun"),
        )
    )


_find = Prepared(_found)


def find(pk: int, person: Person) -> Opened | None:
    """The conversation, if this person may read it."""
    rows = _find(pk=pk, person=person.pk)
    return Opened(*rows[0]) if rows else None


@dataclass(frozen=True)
class Window:
    """Messages `first` to `last` of a conversation of `count`, and the opening one; `unread` is the first unread."""

    first: int
    last: int
    count: int
    unread: int | None

    @property
    def before(self) -> int:
        """How many messages there are between the opening one and the window."""
        return max(self.first - 2, 0)

    @property
    def again(self) -> str:
        """How an open page asks for it again once something changed."""
        end = "&end=1" if self.last == self.count else ""
        return f"from={self.first}{end}&since={self.unread or 0}"

    @property
    def after(self) -> int:
        """How many come after the window."""
        return max(self.count - self.last, 0)


def window(
    opened: Opened,
    around: int | None = None,
    first: int | None = None,
    to_end: bool = False,
    since: int | None = None,
) -> Window:
    """Which messages to show: around one that is asked for, from a given one, else where the reader is.

    Somebody who has not read anything begins at the beginning; who has read some, a little before the first unread;
    who has read all, at the end. An open page that asks again keeps its beginning (`first`), its end if that was the
    conversation's own (`to_end`), and the first unread message that it showed (`since`).
    """
    count, read = opened.message_count, opened.read_up_to
    unread = read + 1 if read is not None and read < count else None
    if count <= WINDOW:
        first, around = 1, None
    if around is not None:
        first = around - AROUND
    elif first is None:
        first = 1 if read is None else (unread or count) - AROUND
    last_start = max(count - 2 * AROUND + 1, 1)
    first = min(max(first, 1), last_start)
    length = 2 * AROUND + 1 if around is not None else WINDOW
    if to_end:
        length = 4 * WINDOW
    last = min(first + length - 1, count)
    return Window(1 if first <= 3 else first, last, count, since or unread)


@dataclass(frozen=True)
class Quoted:
    """The message that a reply goes to, in the few words that recall it."""

    id: int
    author: str | None
    said: str
    passage: str = ""
    """The words of it that are quoted; "" where it is answered as a whole."""


def quoted(pk: int, conversation_id: int, words: str = "") -> Quoted | None:
    """The message to reply to, if it is of this conversation; a passage of it that has these words, if there is one."""
    rows = _quote(pk=pk, conversation=conversation_id)
    if not rows:
        return None
    number, author, body, in_the_other_language = rows[0]
    passage = passage_in(body + (in_the_other_language or ""), words)
    return Quoted(number, author, said(passage, body), passage)


def _quoting() -> Any:
    return Message.unscoped.filter(pk=Given("pk"), conversation=Given("conversation")).values_list(
        "id", "author__name", "body", "version_in__body"
    )


_quote = Prepared(_quoting)
