"""Who is talking in a conversation."""

from dataclasses import dataclass

from django.db import connection
from django.utils import translation

from terrain.conversations.thread import Opened
from terrain.web.fragments import Drawn, Kept
from terrain.web.rendering import fragment

VOICES = """
    select p.id, p.name from (
        select author_id, count(*) as n, min(number) as first from conversations_message
        where conversation_id = %s and body <> '' and author_id is not null group by author_id
        order by n desc, first limit %s) v
    join people_person p on p.id = v.author_id order by v.n desc, v.first
"""
SHOWN = 8

_kept = Kept()


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who wrote in the conversation."""

    id: int
    name: str


def voices(opened: Opened, epoch: int) -> Drawn:
    """The eight people who wrote the most in a conversation that was found in the scope, drawn once for everybody."""
    key = opened.id, opened.version, translation.get_language(), epoch
    return Drawn.of(_kept.one(key, lambda: _draw(opened)).pieces[0])


def _draw(opened: Opened) -> str:
    with connection.cursor() as cursor:
        cursor.execute(VOICES, [opened.id, SHOWN])
        found = [Voice(*row) for row in cursor.fetchall()]
    counts = {"messages": opened.message_count - opened.vanished_count, "people": opened.voice_count}
    return str(fragment("conversations/_voices.html", voices=found, **counts))
