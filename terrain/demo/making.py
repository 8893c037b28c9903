"""Making the demo company up, before it goes into any table: the same for the same moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from terrain.demo.careful import careful_talks
from terrain.demo.company import Company, company
from terrain.demo.composing import composed_talks
from terrain.demo.people import Somebody, people
from terrain.demo.rhythm import Clock
from terrain.demo.spaces import Place, spaces
from terrain.demo.talk import Talk


@dataclass(frozen=True)
class Made:
    """Everybody, everywhere, and everything said so far; `careful` are the conversations written one by one."""

    company: Company
    clock: Clock
    people: Sequence[Somebody]
    places: Sequence[Place]
    careful: Sequence[Talk]
    composed: Sequence[Talk]

    @property
    def talks(self) -> list[Talk]:
        """Every conversation, in the order in which they were opened."""
        return sorted([*self.careful, *self.composed], key=lambda talk: talk.opened_at)


def make(now: datetime) -> Made:
    """The company as it is at that moment."""
    told = company()
    clock = Clock(now, ZoneInfo(told.zone))
    everybody = people(told, clock, Random(f"{told.seed} people"))
    places = spaces(told, everybody, clock, Random(f"{told.seed} spaces"))
    careful = careful_talks(everybody, places, clock, Random(f"{told.seed} careful"))
    composed = list(composed_talks(everybody, places, clock, Random(f"{told.seed} composed")))
    return Made(told, clock, everybody, places, careful, composed)
