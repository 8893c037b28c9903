"""A unit: a place in the chart, such as a workshop or a department."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Unit(models.Model):
    """A unit and the one it belongs to, if any; two units side by side do not bear the same name."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_unit"
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint("parent", "name", name="people_unit_named_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="people_unit_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def path_to_unit(path: Sequence[str]) -> Unit | None:
    """The unit at the end of a path of names from the top, made where it is missing; no path, no unit."""
    unit: Unit | None = None
    for name in path:
        unit, _ = Unit.objects.get_or_create(parent=unit, name=name)
    return unit
