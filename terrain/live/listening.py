"""Listens to PostgreSQL for what the listeners say, and begins again whenever the database comes back."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from terrain.live.listeners import CHANNEL

log = logging.getLogger(__name__)

SOON, AT_MOST = 0.2, 5.0
"""Seconds between two attempts to reach a database that is away: the first, then longer and longer."""

# A database on another machine that vanished without a word is noticed within a minute.
WATCHFUL = {"connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


async def listen(hear: Callable[[str], None], begin: Callable[[], None]) -> None:
    """Give each notification's words to `hear`, for ever.

    `begin` is called each time that listening begins: what was said before that was missed.
    """
    wait = SOON
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**_place(), autocommit=True) as database:
                await database.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
                wait = SOON
                begin()
                async for notification in database.notifies():
                    hear(notification.payload)
        except psycopg.Error as fault:
            log.warning("The database is away, open pages hear nothing: %s", " ".join(str(fault).split()))
        await asyncio.sleep(wait * random.uniform(0.5, 1))
        wait = min(2 * wait, AT_MOST)


def _place() -> dict[str, Any]:
    """Where Django's database is, said in psycopg's words."""
    place = connection.get_connection_params()
    del place["cursor_factory"]  # It is for connections that block.
    return WATCHFUL | place
