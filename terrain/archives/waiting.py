"""Where an archive's lines wait until all are read and looked at: tables that only this connection sees.

Each line there has its number, its values and, where it does not come in, `why`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.db import Error, connection

from terrain.archives import fields
from terrain.archives.reading import Record
from terrain.archives.records import Value
from terrain.archives.refusing import Refused
from terrain.web.copying import copy

TABLES = {
    "person": "id text, uid uuid, pk bigint, is_new boolean",
    "space": "id text, uid uuid, pk bigint, is_new boolean",
    "membership": "space text, person text, at timestamptz",
    "join_request": "space text, person text, at timestamptz",
    "conversation": "id text, uid uuid, space text, kind text, title text, author text, at timestamptz, pk bigint",
    "message": "id text, uid uuid, conversation text, author text, at timestamptz, html text, reply_to text,"
    " edited_at timestamptz, number int, pk bigint",
    "reaction": "message text, person text, emoji text, at timestamptz",
    "following": "conversation text, person text, at timestamptz",
    "edit": "message text, html text, at timestamptz",
}
COLUMNS = {name: [each.split()[0] for each in told.split(",")] for name, told in TABLES.items()}
BLOCK = 5000

Sql = str | int | datetime | None | list[str]


def do(sql: str, *values: Sql) -> int:
    """Ask PostgreSQL to do something; how many rows it concerned."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return int(cursor.rowcount)


def ask(sql: str, *values: Sql) -> list[Any]:
    """The rows that PostgreSQL answers, few enough for memory."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())


class Waiting:
    """Takes lines, and copies them into their table many at a time."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Sequence[object]]] = {name: [] for name in TABLES}

    def add(self, name: str, line: int, values: Sequence[Value]) -> None:
        """One more line of this type."""
        self._take(name, (line, None, *values))

    def refuse(self, name: str, line: int, record: Record, why: str, uid: str | None) -> None:
        """A line that does not come in: what can be read of it stays, for those that name it."""
        values = dict.fromkeys(COLUMNS[name]) | {"id": record["id"], "uid": uid} if uid else {}
        if name == "message":
            values |= _place(record)
        known = [values.get(column) for column in self._columns(name)]
        self._take(name, (line, why, *known))

    def flush(self) -> None:
        """Bring everything that was taken into its table."""
        for name in TABLES:
            self._flush(name)

    def _take(self, name: str, row: Sequence[object]) -> None:
        rows = self._rows[name]
        rows.append(row)
        if len(rows) == BLOCK:
            self._flush(name)

    def _flush(self, name: str) -> None:
        if self._rows[name]:
            copy(f"arriving_{name}", ["line", "why", *self._columns(name)], self._rows[name])
            self._rows[name].clear()

    def _columns(self, name: str) -> list[str]:
        return [column for column in COLUMNS[name] if column != "pk"]


def _place(record: Record) -> dict[str, object]:
    """Where a message that does not come in would have stood: it may be the one that opens its conversation."""
    known: dict[str, object] = {}
    for field, read in (
        ("conversation", fields.named),
        ("at", fields.moment),
        ("number", fields.optional_number),
    ):
        with suppress(Refused):
            known[field] = read(record, field)
    return known


@contextmanager
def room() -> Iterator[Waiting]:
    """The tables, while the block lasts; one archive at a time."""
    do("select pg_advisory_lock(hashtext('terrain import'))")
    try:
        _clear()
        for name, told in TABLES.items():
            do(f"create temp table arriving_{name} (line int, why text, {told})")
        yield Waiting()
    finally:
        # Where the connection is gone, so are lock and tables.
        with suppress(Error):
            _clear()
            do("select pg_advisory_unlock(hashtext('terrain import'))")


def _clear() -> None:
    for name in (*(f"arriving_{name}" for name in TABLES), "landing_conversation", "landing_message"):
        do(f"drop table if exists pg_temp.{name}")
