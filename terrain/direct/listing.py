"""One's own direct conversations, the latest moved first: beside every page, and on a page of their own."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from terrain.conversations.excerpts import recalled
from terrain.people.models import Person

DIRECT = """
    select c.id, c.title, c.last_activity_at,
        coalesce(r.number, 0) < c.message_count and l.author_id is distinct from %(person)s,
        array(select o.name from conversations_participation x join people_person o on o.id = x.person_id
            where x.conversation_id = c.id and x.person_id <> %(person)s order by x.id limit 4),
        la.name, l.body
    from conversations_participation p
    join conversations_conversation c on c.id = p.conversation_id
    join conversations_message l on l.conversation_id = c.id and l.number = c.message_count
    left join people_person la on la.id = l.author_id
    left join conversations_reading r on r.conversation_id = c.id and r.person_id = %(person)s
    where p.person_id = %(person)s
    order by c.last_activity_at desc, c.id desc limit %(most)s
"""
SHOWN = 200


class Talk(NamedTuple):
    """A direct conversation as one of those who take part sees it in a list."""

    id: int
    title: str
    at: datetime
    is_new: bool
    others: Sequence[str]
    """The names of up to four of the others."""

    said_by: str | None
    said: str
    """The last message, in HTML."""

    @property
    def words(self) -> str:
        """The last message in a few words."""
        return recalled(self.said)


def talks(person: Person, epoch: int) -> tuple[Talk, ...]:
    """The latest 200, asked once in each process until something moves in one of them, and never of who has none.

    `epoch` is the organisation's, which rises when a name changes.
    """
    return _asked(person.pk, person.direct_epoch, epoch) if person.direct_epoch else ()


@lru_cache(maxsize=5_000)
def _asked(person: int, _person_epoch: int, _organisation_epoch: int) -> tuple[Talk, ...]:
    with connection.cursor() as cursor:
        cursor.execute(DIRECT, {"person": person, "most": SHOWN})
        return tuple(Talk(*row) for row in cursor.fetchall())
