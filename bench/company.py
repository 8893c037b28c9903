"""Who is in the benchmarks' organisations, and where they talk: drawn, the same for the same seed."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bench import phrases
from bench.copying import NULL, copy
from bench.sizes import Size

LEAST_SPACES, MOST_SPACES = 5, 30
UNUSABLE_PASSWORD = "!filled-for-a-benchmark"


@dataclass
class Space:
    """A space as it is being filled.

    `weight` says how lively it is, `shares` sums up how much its members write.
    """

    id: int
    openness: str
    language: str
    weight: float
    members: list[int]
    shares: list[float]
    conversations: int = 0
    first: float = 0.0
    last: float = 0.0


class Company:
    """People, units and spaces; ids count from 1."""

    def __init__(self, size: Size, chance: random.Random, until: datetime) -> None:
        self.size, self.chance = size, chance
        self.until = until.timestamp()
        self.since = (until - timedelta(days=size.months * 30.4)).timestamp()
        self.names: list[str] = []
        """Of everybody, in the order of their ids, once they are written."""
        self.talks = [min(chance.paretovariate(1.4), 40) for _ in range(size.people)]
        self.spaces = [self._space(number) for number in range(size.spaces)]
        self.memberships = self._join()

    def _space(self, number: int) -> Space:
        """A tenth of the spaces are closed or secret."""
        openness = "closed" if number % 15 == 4 else "secret" if number % 30 == 12 else "open"
        language = "en" if self.chance.random() < 0.25 else "fr"
        # As with words: the second is half as lively as the first, the third a third.
        return Space(number + 1, openness, language, 1 / (number + 3), [], [])

    def _join(self) -> list[tuple[float, int, int]]:
        """Each person belongs to 5 to 30 spaces, lively ones more often: (when, space, person), in order."""
        joined = []
        for person in range(1, self.size.people + 1):
            wanted = LEAST_SPACES + int(self.chance.expovariate(1 / 6))
            wanted = min(wanted, MOST_SPACES, self.size.spaces)
            # The smallest of exponential draws: as many spaces, without one twice, by their weight.
            drawn = sorted((self.chance.expovariate(each.weight**0.6), each.id) for each in self.spaces)
            for _, space in drawn[:wanted]:
                at = self.since + (self.until - self.since) * self.chance.random() ** 2
                joined.append((at, space, person))
                self.spaces[space - 1].members.append(person)
        for each in self.spaces:
            each.members = each.members or [1 + each.id % self.size.people]
            each.shares = list(accumulate(self.talks[person - 1] for person in each.members))
        present = {(space, person) for _, space, person in joined}
        joined += [
            (self.since, each.id, person)
            for each in self.spaces
            for person in each.members
            if (each.id, person) not in present
        ]
        return sorted(joined)

    def write(self) -> None:
        """Bring in everything but what is said."""
        self._write_units()
        self._write_people()
        columns = ("id", "space_id", "person_id", "joined_at")
        copy(
            "spaces_membership",
            columns,
            (
                f"{i}\t{space}\t{person}\t{moment(at)}"
                for i, (at, space, person) in enumerate(self.memberships, 1)
            ),
        )

    def _write_units(self) -> None:
        """A tree of units, six below one."""
        lines = (
            f"{i}\t{uid(self.chance)}\t{phrases.TOPICS[i % 20]} {i}\t{(i + 4) // 6 if i > 1 else NULL}"
            for i in range(1, self.size.units + 1)
        )
        copy("people_unit", ("id", "uid", "name", "parent_id"), lines)

    def _write_people(self) -> None:
        """People, each with a line, seven at most below one."""
        columns = "id uid name email title unit_id manager_id joined_at language theme zone password".split()
        copy("people_person", columns, (self._person(i) for i in range(1, self.size.people + 1)))

    def _person(self, i: int) -> str:
        chance = self.chance
        name = f"{chance.choice(phrases.FIRST_NAMES)} {chance.choice(phrases.LAST_NAMES)}"
        self.names.append(name)
        values = (
            str(i),
            uid(chance),
            name,
            f"p{i}@bench.example",
            chance.choice(phrases.TRADES),
            str(1 + i % self.size.units),
            str((i + 5) // 7) if i > 1 else NULL,
            moment(self.since),
            "en" if chance.random() < 0.2 else "fr",
            *("", ""),
            UNUSABLE_PASSWORD,
        )
        return "\t".join(values)

    def write_spaces(self) -> None:
        """Bring in the spaces, once it is known what was said in them."""
        columns = "id uid name about openness opened_by_id opened_at member_count conversation_count"
        copy("spaces_space", [*columns.split(), "last_activity_at"], map(self._space_line, self.spaces))

    def _space_line(self, space: Space) -> str:
        topic, place = phrases.TOPICS[space.id % 20], phrases.PLACES[space.id // 20 % 20]
        words = phrases.FRENCH if space.language == "fr" else phrases.ENGLISH
        opened_at = (space.first or self.since) - 3600
        values = (
            str(space.id),
            uid(self.chance),
            f"{topic} · {place}",
            words.about.format(topic=topic.lower(), place=place),
            space.openness,
            str(space.members[0]),
            moment(opened_at),
            str(len(space.members)),
            str(space.conversations),
            moment(space.last or opened_at),
        )
        return "\t".join(values)


def uid(chance: random.Random) -> str:
    """A random identifier, as COPY takes it."""
    return f"{chance.getrandbits(128):032x}"


def moment(seconds: float) -> str:
    """A moment, as COPY takes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
