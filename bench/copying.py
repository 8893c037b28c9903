"""Brings many rows into tables at once, with PostgreSQL's COPY, and leaves them as if each had come alone."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection

NULL = "\\N"

KEYS = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = any(%s::regclass[]) and contype in ('f', 'u') order by contype, conname
"""
INDEXES = """
    select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
    where i.indrelid = any(%s::regclass[])
        and not exists (select from pg_constraint where conindid = i.indexrelid)
    order by 1
"""


def copy(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Copy rows into a table; a line is a row's values in COPY's text, tabs between them."""
    waiting = iter(lines)
    order = f"copy {table} ({', '.join(columns)}) from stdin"
    with connection.cursor() as cursor, cursor.copy(order) as into:
        while block := list(islice(waiting, 5000)):
            into.write("\n".join(block) + "\n")


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Fill the tables in the block; their indexes are built, and their keys looked at, at its end."""
    with connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '512MB'; set work_mem = '256MB'")
        cursor.execute(KEYS, [list(tables)])
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        cursor.execute(INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"drop index {name}")
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        # What others point at comes before what points.
        for table, name, definition in sorted(keys, key=lambda key: key[2].startswith("FOREIGN")):
            cursor.execute(f'alter table {table} add constraint "{name}" {definition}')


def settle(tables: Sequence[str]) -> None:
    """Let the next row's number follow the last one's, and PostgreSQL know what is in the tables."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) from {table}"
            )
    know(tables)


def know(tables: Sequence[str]) -> None:
    """Let PostgreSQL know what is in the tables."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"vacuum (analyze) {table}")


def bare_copy(most: int = 200_000) -> float:
    """The floor for whatever brings messages in: how many a second COPY takes into a table without rules.

    Measured with the messages of this database, `most` of them at the most.
    """
    messages = f"select * from conversations_message order by id limit {most}"
    with connection.cursor() as cursor:
        with cursor.copy(f"copy ({messages}) to stdout") as out:
            blocks = [bytes(block) for block in _blocks(out)]
        cursor.execute(f"create table bare as {messages} with no data")
        try:
            began = time.perf_counter()
            with cursor.copy("copy bare from stdin") as into:
                for block in blocks:
                    into.write(block)
            taken = time.perf_counter() - began
            cursor.execute("select count(*) from bare")
            return float(cursor.fetchone()[0]) / taken
        finally:
            cursor.execute("drop table bare")


def _blocks(out: Any) -> Iterator[bytes]:
    """A COPY's rows, many at a time."""
    rows = iter(out)
    while block := b"".join(islice(rows, 1000)):
        yield block
