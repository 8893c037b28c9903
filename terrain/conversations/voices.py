"""Who is talking in a conversation."""

from dataclasses import dataclass

from django.db import connection

VOICES = """
    select p.id, p.name, v.n from (
        select author_id, count(*) as n, min(number) as first from conversations_message
        where conversation_id = %s and author_id is not null group by author_id
        order by n desc, first limit %s) v
    join people_person p on p.id = v.author_id order by v.n desc, v.first
"""
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who wrote in the conversation, and how many messages."""

    id: int
    name: str
    messages: int


def voices(conversation_id: int) -> list[Voice]:
    """The eight people who wrote the most in it; it is for the caller to have found it in the scope."""
    with connection.cursor() as cursor:
        cursor.execute(VOICES, [conversation_id, SHOWN])
        return [Voice(*row) for row in cursor.fetchall()]
