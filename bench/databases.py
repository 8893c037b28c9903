"""The databases of the benchmarks: beside Terrain's own on the same server, and nothing real is touched."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from django.db import ProgrammingError, connection

from terrain.config import preparing
from terrain.config.trouble import Trouble

TRIES = 20


def named(purpose: str) -> str:
    """The name of the database for this purpose, such as "small", beside the one in use."""
    return f"{connection.settings_dict['NAME']}_bench_{purpose}"


@contextmanager
def using(name: str) -> Iterator[None]:
    """Work in this database of the same server while the block lasts."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def make(name: str) -> None:
    """A new database of this name with Terrain's tables, in the place of the one that may be there."""
    forget(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"create database {_quoted(name)} template template0 encoding 'UTF8'")
    except ProgrammingError as fault:
        if "permission denied" not in str(fault):
            raise
        user = connection.settings_dict["USER"]
        raise Trouble(
            f"The benchmarks need a database of their own, {name}, and {user} may not create one: "
            f"“alter role {user} createdb” lets them."
        ) from None
    with using(name):
        preparing.migrate(lambda _: None)


def forget(name: str) -> None:
    """Remove this database, if it is there; where PostgreSQL is cleaning it up, that is waited for."""
    for attempt in range(TRIES):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"drop database if exists {_quoted(name)} with (force)")
            return
        except ProgrammingError as fault:
            if attempt == TRIES - 1 or "terminate process" not in str(fault):
                raise
            time.sleep(1)


def label(name: str, words: str) -> None:
    """Write on a database what it holds, once it is whole."""
    words = words.replace("'", "''")
    with connection.cursor() as cursor:
        cursor.execute(f"comment on database {_quoted(name)} is '{words}'")


def label_of(name: str) -> str | None:
    """What a database says that it holds; None where there is none, or it was not finished."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def environment(name: str) -> dict[str, str]:
    """The environment of a process of Terrain that works in this database."""
    return os.environ | {"DATABASE_URL": url(name)}


def url(name: str) -> str:
    """The DATABASE_URL of this database on the server that is in use."""
    place: dict[str, Any] = connection.settings_dict
    who = quote(str(place["USER"]), safe="")
    if place["PASSWORD"]:
        who += ":" + quote(str(place["PASSWORD"]), safe="")
    options = {**place["OPTIONS"], "host": place["HOST"], "port": place["PORT"]}
    # What is not text is for the driver, and the settings say it to every process.
    options = {key: value for key, value in options.items() if value and isinstance(value, str)}
    return f"postgres://{who}{'@' if who else ''}/{quote(name, safe='')}?{urlencode(options)}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
