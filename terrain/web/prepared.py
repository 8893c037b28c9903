"""An ORM question compiled once and asked many times: the scope stays one definition, and costs nothing to build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, models
from django.db.models import Expression


class Given(Expression):
    """A value that is given each time the question is asked, by this name."""

    def __init__(self, name: str, field: models.Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field or models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return "%s", [self]


class Prepared:
    """`build` makes a queryset with `values_list`, once, out of `Given` values; calling asks it.

    >>> reachable = Prepared(lambda: Space.visible_to(Given("person")).filter(pk=Given("pk")).values_list("name"))
    >>> reachable(person=3, pk=12)
    [("Workshop 2",)]
    """

    def __init__(self, build: Callable[[], models.QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: tuple[str, tuple[Any, ...]] | None = None

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        if self._compiled is None:
            self._compiled = self._build().query.sql_with_params()
        sql, params = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[each.name] if isinstance(each, Given) else each for each in params])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
