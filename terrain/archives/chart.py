"""Who of an archive's people, units and spaces comes in: each once, with an address and a manager that are true."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar

from terrain.archives.ids import Ids
from terrain.archives.records import Path, Person, Space, Unit
from terrain.archives.refusing import missing


class HasUid(Protocol):
    line: int
    uid: str


One = TypeVar("One", bound=HasUid)


class Ground:
    """What there are few enough of to be kept in memory, by id; and what was left out: the line, and why."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.spaces: dict[str, Space] = {}
        self.units: dict[Path, Unit] = {}
        self.skipped: dict[int, str] = {}
        self.left_out: dict[str, dict[str, int]] = {"person": {}, "space": {}}
        """Per type, the ids that did not come in, and their lines."""
        self._people: list[Person] = []
        self._spaces: list[Space] = []
        self._units: list[Unit] = []

    def add(self, one: Person | Space | Unit) -> None:
        """One more line that is well by itself."""
        if isinstance(one, Person):
            self._people.append(one)
        elif isinstance(one, Space):
            self._spaces.append(one)
        else:
            self._units.append(one)

    def refuse(self, kind: str, line: int, named: object, why: str) -> None:
        """A line that is not well by itself."""
        self.skipped[line] = why
        if kind in self.left_out and isinstance(named, str):
            self.left_out[kind].setdefault(named, line)

    def check(self, ids: Ids) -> None:
        """Find out who comes in, now that all lines are read; units that only people name come in too."""
        self._check_people()
        for space in self._once("space", self._spaces):
            opener = space.opened_by
            if opener is not None and opener not in self.people:
                why = missing("opened_by", opener, self.left_out["person"].get(opener))
                self.refuse("space", space.line, space.id, why)
            else:
                self.spaces[space.id] = space
        self._check_units(ids)

    def _check_units(self, ids: Ids) -> None:
        for unit in self._once("unit", self._units):
            first = self.units.setdefault(unit.path, unit)
            if first is not unit:
                self.refuse(
                    "unit", unit.line, None, f"a unit of this path stands on line {first.line} already"
                )
        for path in [*self.units, *(person.unit for person in self.people.values())]:
            for depth in range(1, len(path) + 1):
                part = path[:depth]
                if part not in self.units:
                    uid = ids.uid("unit", json.dumps(part))
                    self.units[part] = Unit(0, uid, part, None)

    def _check_people(self) -> None:
        addresses: dict[str, Person] = {}
        for person in self._once("person", self._people):
            first = addresses.setdefault(person.email or person.uid, person)
            if first is not person:
                why = f"the person of line {first.line} has its address, {person.email}, already"
                self.refuse("person", person.line, person.id, why)
            else:
                self.people[person.id] = person
        lost = []
        for person in list(self.people.values()):
            manager = person.manager
            if manager is not None and manager not in self.people:
                self._leave_out(person, missing("manager", manager, self.left_out["person"].get(manager)))
                lost.append(person)
        for circle in _circles(self.people):
            for person in circle:
                self._leave_out(person, f"it is in a circle of managers: {_told(circle)}")
                lost.append(person)
        self._leave_out_those_below(lost)

    def _leave_out_those_below(self, lost: list[Person]) -> None:
        below = defaultdict(list)
        for person in self.people.values():
            if person.manager is not None:
                below[person.manager].append(person)
        while lost:
            manager = lost.pop()
            for person in below[manager.id]:
                self._leave_out(person, missing("manager", manager.id, manager.line))
                lost.append(person)

    def _leave_out(self, person: Person, why: str) -> None:
        del self.people[person.id]
        self.refuse("person", person.line, person.id, why)

    def _once(self, kind: str, records: Iterable[One]) -> Iterable[One]:
        first: dict[str, int] = {}
        for one in records:
            if one.uid in first:
                self.skipped[one.line] = f"a {kind} of this id stands on line {first[one.uid]} already"
            else:
                first[one.uid] = one.line
                yield one


def _told(circle: list[Person]) -> str:
    names = [f"“{person.id}”" for person in [*circle, circle[0]]]
    return " → ".join(names if len(names) <= 10 else [*names[:8], "…", names[-1]])


def _circles(people: dict[str, Person]) -> list[list[Person]]:
    """The circles of managers, each from its first line on."""
    found: list[list[Person]] = []
    done: set[str] = set()
    for person in people.values():
        way: dict[str, Person] = {}
        here: Person | None = person
        while here is not None and here.id not in done and here.id not in way:
            way[here.id] = here
            here = people.get(here.manager) if here.manager is not None else None
        if here is not None and here.id in way:
            ids = list(way)
            found.append([way[each] for each in ids[ids.index(here.id) :]])
        done.update(way)
    return found
