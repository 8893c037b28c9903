"""The spaces of the demo company, and who belongs to each since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from terrain.demo.company import Company, SpaceText
from terrain.demo.people import Somebody
from terrain.demo.rhythm import Clock


@dataclass(eq=False)
class Place:
    """A space to be planted; `members` says since when each belongs to it."""

    name: str
    about: str
    openness: str
    units: Sequence[str]
    opener: Somebody
    opened_at: datetime
    members: dict[Somebody, datetime] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it."""
        return self.openness == "open"

    def was_open_by(self, moment: datetime) -> None:
        """Something was said there then, so it had been opened before."""
        if moment <= self.opened_at:
            self.opened_at = moment - timedelta(minutes=20)
            self.members[self.opener] = self.opened_at
            self.opener.was_here_by(self.opened_at)

    def belongs(self, somebody: Somebody, since: datetime) -> None:
        """They belong to it since then, or since earlier; never before they came and it was there."""
        since = max(since, self.opened_at, somebody.joined_at)
        self.members[somebody] = min(since, self.members.get(somebody, since))


def spaces(company: Company, everybody: Sequence[Somebody], clock: Clock, rng: Random) -> list[Place]:
    """Every space with its members: its opener, its units, those named, and some of the others."""
    by_name = {somebody.name: somebody for somebody in everybody}
    return [_space(text, everybody, by_name, clock, rng) for text in company.spaces]


def _space(
    text: SpaceText,
    everybody: Sequence[Somebody],
    by_name: Mapping[str, Somebody],
    clock: Clock,
    rng: Random,
) -> Place:
    opener = by_name[text.opener]
    opened_at = max(clock.at(clock.days_ago(text.opened), 10.2), opener.joined_at + timedelta(hours=3))
    place = Place(text.name, text.about, text.openness, text.units, opener, opened_at, {opener: opened_at})
    for somebody in everybody:
        if somebody.unit in text.units or somebody.name in text.members:
            late = timedelta(hours=rng.expovariate(1 / 50))
        elif not somebody.has_a_story and rng.random() < text.draws:
            late = timedelta(days=rng.expovariate(1 / 45))
        else:
            continue
        since = max(opened_at, somebody.joined_at) + late
        if somebody is not opener and since < clock.now:
            place.belongs(somebody, since)
    return place
