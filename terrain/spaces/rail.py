"""The spaces shown beside every page: one's own, and the lively open ones that one might join, by one question."""

import time
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from terrain.people.models import Person

OWN, TO_FIND = 9, 5
STEADY = 300
"""Seconds for which the order by activity holds."""

SPACES = """
    (select s.id, s.name, s.openness, s.member_count, true
     from spaces_membership m join spaces_space s on s.id = m.space_id
     where m.person_id = %(person)s and not exists (select from spaces_archiving a where a.space_id = s.id)
     order by s.last_activity_at desc, s.id)
    union all
    (select s.id, s.name, s.openness, s.member_count, false
     from spaces_space s
     where s.openness = 'open' and s.conversation_count > 0 and not exists (
        select from spaces_membership m where m.space_id = s.id and m.person_id = %(person)s)
        and not exists (select from spaces_archiving a where a.space_id = s.id)
     order by s.last_activity_at desc, s.id limit %(to_find)s)
"""


class Shown(NamedTuple):
    """A space in a list: as much as its name and mark need."""

    id: int
    name: str
    openness: str
    member_count: int


class Rail(NamedTuple):
    """`own` are the person's spaces, the latest moved first; `to_find` open ones that they have not joined."""

    own: tuple[Shown, ...]
    to_find: tuple[Shown, ...]


def rail(person: Person, epoch: int) -> Rail:
    """The spaces beside this person's pages; `epoch` is the organisation's.

    Asked once in each process, until they join or leave, or a name changes: both raise an epoch. Which space moved last
    is looked at anew every five minutes, so that the list does not jump under one's hand.
    """
    return _asked(person.pk, person.epoch, epoch, int(time.time()) // STEADY)


@lru_cache(maxsize=20_000)
def _asked(person: int, _person_epoch: int, _organisation_epoch: int, _span: int) -> Rail:
    with connection.cursor() as cursor:
        cursor.execute(SPACES, {"person": person, "to_find": TO_FIND})
        rows = cursor.fetchall()
    own = tuple(Shown(*row[:4]) for row in rows if row[4])
    return Rail(own, tuple(Shown(*row[:4]) for row in rows if not row[4]))
