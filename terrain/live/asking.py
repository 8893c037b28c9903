"""What the live process asks the database: who sits at a browser, and which spaces people belong to.

Asked in a thread of their own, so that no open page waits for it.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

from terrain.people import sessions

P = ParamSpec("P")
R = TypeVar("R")

Spaces = dict[int, frozenset[int]]

# An array, for a question takes 65,535 parameters at most, and there may be more people.
BELONGING = """
    select person_id, array_agg(space_id) from spaces_membership where person_id = any(%s) group by person_id
"""


def people_at(keys: Iterable[str]) -> dict[str, int]:
    """The id of the person signed in with each of these sessions; a session that ended, or nobody's, is left out."""
    found = sessions.find_all(keys)
    return {key: each.person.pk for key, each in found.items() if each.person is not None}


def spaces_of(people: Iterable[int]) -> Spaces:
    """The ids of the spaces that each of these people belongs to."""
    with connection.cursor() as cursor:
        cursor.execute(BELONGING, [list(people)])
        return {person: frozenset(spaces) for person, spaces in cursor.fetchall()}


class Asking:
    """A thread that asks one question after the other, over one connection to the database."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="asking")

    async def ask(self, question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer to a question; raises Django's DatabaseError or InterfaceError where the database is away."""
        return await asyncio.wrap_future(self._thread.submit(_asked, partial(question, *args, **kwargs)))

    def close(self) -> None:
        """Ask nothing more, and give the connection back."""
        self._thread.submit(
            lambda: connection.close()
        )  # The thread's own: each thread has another connection.
        self._thread.shutdown()


def _asked(question: Callable[[], R]) -> R:
    try:
        return question()
    except (OperationalError, InterfaceError):
        # The database may have been started again since the last question.
        connection.close()
        return question()
