"""The directory: who is here, found by name, trade or unit; and the units as the chart has them."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.db.models.functions import Lower

from terrain.people.models import About, Person, Unit

PAGE = 60


@dataclass
class Branch:
    """A unit in the chart: how many people belong to it, and the units below it."""

    unit: Unit
    people: int
    below: list["Branch"] = field(default_factory=list)

    @property
    def everybody(self) -> int:
        """Its people and those of every unit below."""
        return self.people + sum(branch.everybody for branch in self.below)


def branches() -> list[Branch]:
    """The chart's units from the top, each with those below it; one question."""
    present = Count("people", filter=Q(people__in=Person.objects.present()))
    units = Unit.objects.annotate(present=present).order_by(Lower("name__unaccent"), "id")
    all_units = [Branch(unit, unit.present) for unit in units]
    by_id = {branch.unit.pk: branch for branch in all_units}
    for branch in all_units:
        if branch.unit.parent_id is not None:
            by_id[branch.unit.parent_id].below.append(branch)
    return [branch for branch in all_units if branch.unit.parent_id is None]


def found(words: str, unit: Unit | None, page: int, reader: Person) -> tuple[list[Person], bool]:
    """A page (from 1) of present people, in this unit if given; and whether there are more.

    They are named like these words, or tell them of themselves to an audience that the reader is of.
    """
    people = Person.objects.present().select_related("unit").in_alphabetical_order()
    for word in words.split():
        telling = About.visible_to(reader).saying(word).values("person")
        people = people.filter(Q(pk__in=Person.objects.named_like(word).values("pk")) | Q(pk__in=telling))
    if unit is not None:
        people = people.filter(unit=unit)
    start = (page - 1) * PAGE
    shown = list(people[start : start + PAGE + 1])
    return shown[:PAGE], len(shown) > PAGE


def path_of(unit: Unit | None) -> list[Unit]:
    """A unit and those it belongs to, the top first."""
    path: list[Unit] = []
    while unit is not None and unit not in path:
        path.insert(0, unit)
        unit = unit.parent
    return path
