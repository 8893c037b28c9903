"""The messages of a conversation's page: drawn once for everybody, finished for each reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import translation
from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.cards import told_ago
from terrain.conversations.quoting import said
from terrain.conversations.reacting import OFFERED
from terrain.conversations.signs import Sign, pressed_in, signs
from terrain.conversations.thread import Opened, Window
from terrain.conversations.writing import is_wordless
from terrain.people.models import Person
from terrain.web.fragments import Drawn, Kept, slot
from terrain.web.rendering import fragment, fragment_once

MESSAGES = """
    select m.id, m.conversation_id, m.number, m.body, m.written_at, m.edited_at, a.id, a.name, u.name,
        q.id, q.body, m.passage, qa.name, qs.id is not null, w.id is not null, s.id is not null,
        (select json_agg(json_build_array(emoji, n) order by n desc, emoji) from (
            select emoji, count(*) as n from conversations_reaction where message_id = m.id group by emoji) r),
        m.language, v.language, v.body, {held}
    from conversations_message m
    left join people_person a on a.id = m.author_id
    left join people_unit u on u.id = a.unit_id
    left join conversations_message q on q.id = m.reply_to_id
    left join people_person qa on qa.id = q.author_id
    left join conversations_setting_aside qs on qs.message_id = q.id
    left join conversations_withdrawal w on w.message_id = m.id
    left join conversations_setting_aside s on s.message_id = m.id
    left join conversations_version v on v.message_id = m.id
    where m.conversation_id = %(conversation)s and coalesce(w.leaves_trace, true)
        and (m.number = 1 or m.number between %(first)s and %(last)s)
    order by m.number
"""

_kept = Kept(400)


@dataclass(frozen=True)
class Shown:
    """A message as everybody sees it."""

    id: int
    conversation_id: int
    number: int
    body: Markup
    written_at: datetime
    edited_at: datetime | None
    author_id: int | None
    author: str | None
    unit: str | None
    quoted_id: int | None
    quoted: str
    quoted_author: str | None
    is_quoted_aside: bool
    """Whether what it answers is set aside."""
    is_withdrawn: bool
    is_aside: bool
    """Whether its words are set aside."""
    signs: Sequence[Sign]
    language: str
    """Of `body`: "fr" or "en", or "" where it is not known."""
    other: Markup | None
    """What it says in its other language."""
    other_language: str
    is_original: bool
    """Whether `body` is what was written first."""

    @property
    def is_wordless(self) -> bool:
        """Whether what hangs on it is all that it says."""
        return is_wordless(self.body)


def lines(opened: Opened, window: Window, person: Person, epoch: int) -> Drawn:
    """The messages of a window, as this person sees them: one question at most.

    All of them are one fragment, since anything that changes in a conversation raises its version.
    """
    key = opened.id, opened.version, window.first, window.last, translation.get_language(), epoch
    drawn = _kept.one(key, lambda: _draw(opened.id, window))
    own = {
        "ago": told_ago(person),
        "sign": pressed_in((opened.own_signs or "").split(",")),
        "mine": _edit_link(person),
        "unread": _mark(window),
    }
    return Drawn.of(drawn.fill(own | additions.fillers([drawn], person, [opened.id])))


def _edit_link(person: Person) -> Callable[[str], bytes]:
    """Fills the slot after a message, whose argument is its author and its id, with the way to edit one's own."""
    own = f"{person.pk} "

    def fill(argument: str) -> bytes:
        if not argument.startswith(own):
            return b""
        return fragment_once("conversations/_edit_link.html", pk=int(argument[len(own) :])).encode()

    return fill


def _mark(window: Window) -> Callable[[str], bytes]:
    """Fills the slot before each message, whose argument is its number, with the mark of the first unread."""
    unread = str(window.unread) if window.unread and window.unread > 1 else ""
    mark = fragment_once("conversations/_unread.html").encode()
    return lambda number: mark if number == unread else b""


def _draw(conversation: int, window: Window) -> str:
    with connection.cursor() as cursor:
        asked = MESSAGES.format(held=additions.held_by_message("m.id"))
        cursor.execute(asked, {"conversation": conversation, "first": window.first, "last": window.last})
        rows = cursor.fetchall()
    found = [_shown(row[:-1]) for row in rows]
    held = {row[0]: row[-1] for row in rows}
    below, folded = additions.below(held), additions.folded(held)
    in_place = additions.standing_for([each.id for each in found if each.is_aside])
    drawn: list[str] = []
    for message in found:
        drawn.append(slot("unread", message.number))
        drawn.append(
            fragment(
                "conversations/_message.html",
                slot=slot,
                message=message,
                offered=OFFERED,
                below=below.get(message.id, ""),
                folded=folded.get(message.id, ""),
                in_place=in_place.get(message.id, ""),
            )
        )
        if message.number == 1 and window.before:
            drawn.append(fragment("conversations/_messages_before.html", window=window))
    return "".join(drawn)


def _shown(row: Sequence[Any]) -> Shown:
    pk, conversation, number, body, *plain, quoted, passage, quoted_author = row[:-7]
    *gone, counts = row[-7:-3]
    first, *tongues = _own_language_first(body, *row[-3:])
    quote = said(passage, quoted or ""), quoted_author
    shown: list[Any] = [pk, conversation, number, first, *plain, *quote, *gone, signs(counts), *tongues]
    return Shown(*shown)


def _own_language_first(
    body: str, language: str, other_language: str | None, other: str | None
) -> tuple[Markup, str, Markup | None, str, bool]:
    """The words to show and their language, the other ones and theirs, and whether the former were written first."""
    if other is None or other_language is None:
        return Markup(body), language, None, "", True
    if other_language == translation.get_language():
        return Markup(other), other_language, Markup(body), language, False
    return Markup(body), language, Markup(other), other_language, True
