"""Many rows into a table at once, by PostgreSQL's COPY."""

from collections.abc import Iterable, Sequence

from django.db import connection


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Bring rows into a table, a value for each of these columns; raises Django's DatabaseError."""
    order = f"copy {table} ({', '.join(columns)}) from stdin"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(order) as into:
        for row in rows:
            into.write_row(row)
