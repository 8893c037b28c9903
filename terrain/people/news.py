"""How much waits for somebody: a number that each page of theirs shows, kept true by whoever makes things wait."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from terrain.web.events import tell


@dataclass(frozen=True)
class NewsChanged:
    """Something waits for these people now, or no longer."""

    people: tuple[int, ...]


# In one order, so that two who count at once do not wait for each other for ever; and before they count, so that the
# second one sees what the first has written.
HOLD = "select id from people_person where id = any(%s) order by id for no key update"
COUNT = """
    update people_person p set news = counted.n from (
        select i id, (select count(*) from {table} t where t.person_id = i) n from unnest(%s) i) counted
    where p.id = counted.id and p.news <> counted.n
"""


def count_anew(table: str, people: Collection[int]) -> None:
    """Count what waits for these people, by the table that holds a row for each thing, with a column `person_id`."""
    if people:
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [list(people)])
            cursor.execute(COUNT.format(table=table), [list(people)])
        tell(NewsChanged(tuple(people)))
