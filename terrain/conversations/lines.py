"""The messages of a conversation's page: each drawn once for everybody, finished for each reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import translation
from markupsafe import Markup

from terrain.conversations.cards import told_ago
from terrain.conversations.reacting import OFFERED
from terrain.conversations.signs import Sign, pressed_in, signs
from terrain.conversations.thread import Opened, Window, recalled
from terrain.people.models import Person
from terrain.web.fragments import Kept, constant, slot
from terrain.web.rendering import fragment, fragment_once

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


def lines(opened: Opened, window: Window, person: Person, epoch: int) -> Markup:
    """The messages of a window, as this person sees them, with the mark of the first unread: two questions at most."""
    values = {"person": person.pk, "conversation": opened.id, "first": window.first, "last": window.last}
    with connection.cursor() as cursor:
        cursor.execute(LISTED, values)
        rows = cursor.fetchall()
    language, told = translation.get_language() or "en", told_ago(person)
    keys: dict[int, Key] = {row[0]: (row[0], row[2], language, epoch) for row in rows}
    drawn = _kept.get(keys.values(), _draw)
    shown: list[str] = []
    for pk, number, _version, author_id, emojis in rows:
        if number == window.unread and number > 1:
            shown.append(fragment_once("conversations/_unread.html"))
        if message := drawn.get(keys[pk]):
            mine = fragment_once("conversations/_edit_link.html", pk=pk) if author_id == person.pk else ""
            own = pressed_in((emojis or "").split())
            shown.append(message.fill({"ago": told, "sign": own, "mine": constant(mine)}))
        if number == 1 and window.before:
            shown.append(fragment("conversations/_messages_before.html", window=window))
    return Markup("".join(shown))


def _draw(keys: list[Key]) -> Mapping[Key, str]:
    by_id = {key[0]: key for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(MESSAGES, [list(by_id)])
        rows = cursor.fetchall()
    return {
        by_id[row[0]]: fragment(
            "conversations/_message.html", slot=slot, message=_shown(row), offered=OFFERED
        )
        for row in rows
    }


def _shown(row: Sequence[Any]) -> Shown:
    pk, version, conversation, number, body, *plain, quoted, quoted_author, counts = row
    quote = recalled(quoted or ""), quoted_author
    shown: list[Any] = [pk, version, conversation, number, Markup(body), *plain, *quote, signs(counts)]
    return Shown(*shown)
