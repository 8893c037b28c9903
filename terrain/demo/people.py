"""The people of the demo company: those with a name and a voice, and everybody else at their side."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from terrain.demo.company import Cast, Company, Names, UnitText
from terrain.demo.rhythm import Clock

ABROAD = {"english": "Europe/London", "polish": "Europe/Warsaw"}
PARTICLES = {"le", "da", "de", "aït"}


@dataclass(eq=False)
class Somebody:
    """A person to be planted; `voice` is how readily they write, from 0; who is told of by name `has_a_story`."""

    name: str
    email: str
    title: str
    gender: str
    unit: str
    shift: str
    joined_at: datetime
    left_on: date | None
    voice: float
    language: str
    zone: str
    has_a_story: bool
    manager: "Somebody | None" = None

    @property
    def first_name(self) -> str:
        """What colleagues call them."""
        return _parted(self.name)[0]

    def is_here(self, moment: datetime) -> bool:
        """Whether they have come by then, and not left."""
        return self.joined_at <= moment and (self.left_on is None or moment.date() < self.left_on)

    def was_here_by(self, moment: datetime) -> None:
        """They wrote then, so they had come before."""
        self.joined_at = min(self.joined_at, moment - timedelta(hours=2))


def people(company: Company, clock: Clock, rng: Random) -> list[Somebody]:
    """Everybody, those with a name first, each with their manager."""
    units = {unit.name: unit for unit in company.units}
    named = [_named(cast, units[cast.unit], company.domain, clock) for cast in company.cast]
    everybody = [*named, *_others(company, named, clock, rng)]
    by_name = {somebody.name: somebody for somebody in everybody}
    for cast, somebody in zip(company.cast, named, strict=True):
        somebody.manager = by_name[cast.manager] if cast.manager else None
    return everybody


def _named(cast: Cast, unit: UnitText, domain: str, clock: Clock) -> Somebody:
    return Somebody(
        name=cast.name,
        email=address(cast.name, domain),
        title=cast.title,
        gender=cast.gender,
        unit=cast.unit,
        shift=cast.shift,
        joined_at=clock.at(clock.days_ago(cast.joined), 9),
        left_on=None if cast.left is None else clock.days_ago(cast.left),
        voice=cast.voice,
        language="" if unit.names == "french" else "en",
        zone=ABROAD.get(unit.names, ""),
        has_a_story=True,
    )


def _others(company: Company, named: Sequence[Somebody], clock: Clock, rng: Random) -> Iterable[Somebody]:
    leads = {somebody.name: somebody for somebody in named}
    taken = set(leads)
    for unit in company.units:
        for trade in unit.trades:
            for _ in range(trade.count):
                gender = rng.choice("fm")
                name = _new_name(company.names[unit.names], gender, taken, rng)
                since = max(unit.invited - int(rng.expovariate(1 / 60)), rng.randrange(20, unit.invited))
                yield Somebody(
                    name=name,
                    email=address(name, company.domain),
                    title=trade.f if gender == "f" else trade.m,
                    gender=gender,
                    unit=unit.name,
                    shift=trade.shift,
                    joined_at=clock.at(clock.days_ago(since), rng.uniform(8, 17)),
                    left_on=None,
                    voice=min(rng.lognormvariate(0.9, 1.1), 18),
                    language="" if unit.names == "french" else "en",
                    zone=ABROAD.get(unit.names, ""),
                    has_a_story=False,
                    manager=leads[trade.lead],
                )


def _new_name(names: Names, gender: str, taken: set[str], rng: Random) -> str:
    """A name that nobody has; a family name comes back only once all have been given."""
    families = Counter(_parted(name)[1] for name in taken)
    while True:
        first = rng.choice(names.f if gender == "f" else names.m)
        last = min(names.last, key=lambda family: (families[family], rng.random()))
        if (name := f"{first} {last}") not in taken:
            taken.add(name)
            return name


def address(name: str, domain: str) -> str:
    """first.last@domain, without accents or signs."""
    return ".".join(_plain(part) for part in _parted(name)) + f"@{domain}"


def _parted(name: str) -> tuple[str, str]:
    """First name and family name: the last word, with the particle before it."""
    words = name.split()
    at = len(words) - (2 if len(words) > 2 and words[-2].lower() in PARTICLES else 1)
    return " ".join(words[:at]), " ".join(words[at:])


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    return re.sub(r"[^a-z-]", "", letters.replace(" ", "-"))
