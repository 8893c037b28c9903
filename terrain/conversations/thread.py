"""A conversation's messages in their order: a window of them, drawn once for everybody, finished for each reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone, translation
from markupsafe import Markup

from terrain.conversations.cards import excerpt, told_ago
from terrain.conversations.reacting import OFFERED
from terrain.conversations.signs import Sign, pressed_in, signs
from terrain.people.models import Person
from terrain.web.fragments import Kept, constant, slot
from terrain.web.prepared import Given, Prepared
from terrain.web.rendering import fragment

WINDOW = 50
AROUND = 10

LISTED = """
    select m.id, m.number, m.version, m.author_id,
        (select string_agg(x.emoji, ' ') from conversations_reaction x
            where x.message_id = m.id and x.person_id = %(person)s)
    from conversations_message m
    where m.conversation_id = %(conversation)s and (m.number = 1 or m.number between %(first)s and %(last)s)
    order by m.number
"""
MESSAGES = """
    select m.id, m.version, m.conversation_id, m.number, m.body, m.written_at, m.edited_at, a.id, a.name, u.name,
        q.id, q.number, q.body, qa.name,
        (select json_agg(json_build_array(emoji, n) order by n desc, emoji) from (
            select emoji, count(*) as n from conversations_reaction where message_id = m.id group by emoji) r)
    from conversations_message m
    left join people_person a on a.id = m.author_id
    left join people_unit u on u.id = a.unit_id
    left join conversations_message q on q.id = m.reply_to_id
    left join people_person qa on qa.id = q.author_id
    where m.id = any(%s)
"""

Key = tuple[int, int, str, int]
"""A message, its version, a language, the organisation's epoch."""

_kept = Kept()


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation as its page needs it: found in the reader's scope, with what of it is theirs."""

    id: int
    title: str
    kind: str
    opened_at: datetime
    message_count: int
    voice_count: int
    version: int
    space_id: int
    space: str
    openness: str
    author_id: int | None
    author: str | None
    author_title: str | None
    read_up_to: int | None
    follows: bool


def _found() -> Any:
    from django.db.models import Exists, OuterRef, Subquery

    from terrain.conversations.models import Conversation, Following, Reading

    reader, here = Given("person"), OuterRef("pk")
    return (
        Conversation.visible_to(reader)
        .filter(pk=Given("pk"))
        .annotate(
            read_up_to=Subquery(Reading.of(reader).filter(conversation=here).values("number")[:1]),
            follows=Exists(Following.objects.filter(conversation=here, person=reader)),
        )
        .values_list(
            *("id", "title", "kind", "opened_at", "message_count", "voice_count", "version"),
            *("space_id", "space__name", "space__openness", "author_id", "author__name", "author__title"),
            *("read_up_to", "follows"),
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
    if first <= 3:
        first = 1
    length = 2 * AROUND + 1 if around is not None else WINDOW
    if to_end:
        length = 4 * WINDOW
    return Window(first, min(first + length - 1, count), count, since or unread)


@dataclass(frozen=True)
class Shown:
    """A message as everybody sees it."""

    id: int
    version: int
    conversation_id: int
    number: int
    body: Markup
    written_at: datetime
    edited_at: datetime | None
    author_id: int | None
    author: str | None
    unit: str | None
    quoted_id: int | None
    quoted_number: int | None
    quoted: str
    quoted_author: str | None
    signs: Sequence[Sign]


@dataclass(frozen=True)
class Line:
    """A message in the page: its HTML, its number, and whether the first unread one begins here."""

    number: int
    html: Markup
    is_first_unread: bool
    gap: int


def lines(opened: Opened, shown: Window, person: Person, epoch: int) -> list[Line]:
    """The messages of a window, as this person sees them: two questions at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            LISTED,
            {"person": person.pk, "conversation": opened.id, "first": shown.first, "last": shown.last},
        )
        rows = cursor.fetchall()
    language, now = translation.get_language() or "en", timezone.now()
    keys: dict[int, Key] = {row[0]: (row[0], row[2], language, epoch) for row in rows}
    drawn = _kept.get(keys.values(), _draw)
    found = []
    for pk, number, _version, author_id, emojis in rows:
        message = drawn.get(keys[pk])
        if message is None:
            continue
        own = frozenset((emojis or "").split())
        mine = _edit(pk) if author_id == person.pk else ""
        fillers = {"ago": told_ago(person, now), "sign": pressed_in(own), "mine": constant(mine)}
        gap = shown.before if number == 1 else 0
        found.append(Line(number, Markup(message.fill(fillers)), number == shown.unread, gap))
    return found


def _edit(pk: int) -> str:
    return str(fragment("conversations/_edit_link.html", pk=pk))


def _draw(keys: list[Key]) -> Mapping[Key, str]:
    by_id = {key[0]: key for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(MESSAGES, [list(by_id)])
        rows = cursor.fetchall()
    return {
        by_id[row[0]]: str(
            fragment("conversations/_message.html", slot=slot, message=_shown(row), offered=OFFERED)
        )
        for row in rows
    }


def _shown(row: Sequence[Any]) -> Shown:
    pk, version, conversation, number, body, *plain, quoted, quoted_author, counts = row
    quote = _cut(excerpt(quoted or "")), quoted_author
    shown: list[Any] = [pk, version, conversation, number, Markup(body), *plain, *quote, signs(counts)]
    return Shown(*shown)


def _cut(text: str) -> str:
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class Quoted:
    """The message that a reply goes to, in the few words that recall it."""

    id: int
    author: str | None
    said: str


def quoted(pk: int, conversation_id: int) -> Quoted | None:
    """The message to reply to, if it is of this conversation."""
    rows = _quote(pk=pk, conversation=conversation_id)
    return Quoted(rows[0][0], rows[0][1], _cut(excerpt(rows[0][2]))) if rows else None


def _quoting() -> Any:
    from terrain.conversations.models import Message

    return Message.unscoped.filter(pk=Given("pk"), conversation=Given("conversation")).values_list(
        "id", "author__name", "body"
    )


_quote = Prepared(_quoting)
