"""The chart, a branch at a time: a unit, those below it, who belongs to it and who is at its head."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from terrain.people.directory import Branch, branches, path_of
from terrain.people.models import Person, Unit


@dataclass(frozen=True)
class Chart:
    """A part of the chart: `unit` is None at the top; `below` are units, `people` those of the unit itself."""

    unit: Unit | None
    path: Sequence[Unit]
    below: Sequence[Branch]
    head: Person | None
    people: Sequence[Person]


def chart(unit: Unit | None) -> Chart:
    """This part of the chart; the top, where there is only one unit, is that unit."""
    top = branches()
    if unit is None and len(top) == 1:
        unit = top[0].unit
    if unit is None:
        return Chart(None, [], top, None, [])
    people = list(Person.objects.present().filter(unit=unit).in_alphabetical_order())
    head = head_of(unit)
    first = [person for person in people if person == head]
    others = [person for person in people if person != head]
    return Chart(unit, path_of(unit), _below(unit, top), head, first + others)


def head_of(unit: Unit) -> Person | None:
    """Whoever most people of a unit report to, themselves of the unit or not; None where nobody is named."""
    of_the_unit = Q(reports__unit=unit, reports__in=Person.objects.present())
    heads = Person.objects.present().annotate(of_the_unit=Count("reports", filter=of_the_unit))
    head: Person | None = heads.filter(of_the_unit__gt=0).order_by("-of_the_unit", "id").first()
    return head


def _below(unit: Unit, among: Sequence[Branch]) -> Sequence[Branch]:
    for branch in among:
        if branch.unit == unit:
            return branch.below
        if found := _below(unit, branch.below):
            return found
    return []
