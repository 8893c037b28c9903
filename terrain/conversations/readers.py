"""How many have read: a number and never who, of an audience in which nobody can be told from the number."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import connection

FEWEST = 5
"""Of fewer people nothing is said: the number alone would tell who."""

# An author knows what they wrote, and is no reader of it.
READ = """
    select c.id, count(*) from conversations_conversation c
    join conversations_reading r on r.conversation_id = c.id and r.person_id is distinct from c.author_id
    join people_person p on p.id = r.person_id and p.left_on is null
    where c.id = any(%(everybody)s) or c.id = any(%(members)s) and exists (
        select from spaces_membership m where m.space_id = c.space_id and m.person_id = p.id)
    group by c.id
"""
AUDIENCE = """
    select c.id, (
        select count(*) from people_person p where p.left_on is null and p.id is distinct from c.author_id
    ) from conversations_conversation c where c.id = any(%(everybody)s)
    union all
    select c.id, count(*) from conversations_conversation c
    join spaces_membership m on m.space_id = c.space_id and m.person_id is distinct from c.author_id
    join people_person p on p.id = m.person_id and p.left_on is null
    where c.id = any(%(members)s) group by c.id
"""


class Rate(NamedTuple):
    """How many of an audience have begun to read a conversation."""

    read: int
    of: int

    @property
    def percent(self) -> int:
        """The share, rounded down: all is said of all alone."""
        return 100 * self.read // self.of


def rates(everybody: Collection[int], members: Collection[int]) -> Mapping[int, Rate]:
    """Of these conversations, by id: those said to everybody here, and those said to the members of their space.

    One with an audience of fewer than five people is left out.
    """
    asked = {"everybody": list(everybody), "members": list(members)}
    with connection.cursor() as cursor:
        cursor.execute(READ, asked)
        read = dict(cursor.fetchall())
        cursor.execute(AUDIENCE, asked)
        return {pk: Rate(read.get(pk, 0), of) for pk, of in cursor.fetchall() if of >= FEWEST}


def readers(conversation: int) -> int:
    """How many have begun to read a conversation, beside who opened it; 0 where they are fewer than five."""
    with connection.cursor() as cursor:
        cursor.execute(READ, {"everybody": [conversation], "members": []})
        count = dict(cursor.fetchall()).get(conversation, 0)
    return count if count >= FEWEST else 0
