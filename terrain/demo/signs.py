"""Who reacts to what: readers of the space more than others, soon rather than late, each sign once."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from terrain.demo.people import Somebody
from terrain.demo.rhythm import Clock
from terrain.demo.spaces import Place
from terrain.demo.talk import Said, Talk

LATE = timedelta(minutes=20)


def put(
    emoji: str, count: int, said: Said, place: Place, among: Iterable[Somebody], clock: Clock, rng: Random
) -> None:
    """As many of these people as `count` says put the sign on the message, as far as they may read it."""
    draws = [
        (rng.random() ** (1 / _readiness(somebody, place)), somebody)
        for somebody in among
        if somebody is not said.author
        and somebody.is_here(said.at)
        and (place.is_open or place.members.get(somebody, clock.now) <= said.at)
    ]
    draws.sort(key=lambda draw: draw[0], reverse=True)
    said.signs += [(somebody, emoji, _moment(said.at, clock, rng)) for _, somebody in draws[:count]]


def sprinkle(talk: Talk, clock: Clock, rng: Random) -> None:
    """A few signs on a composed conversation, after what is said in it and by its own readers."""
    readers = [somebody for somebody in talk.place.members if talk.place.members[somebody] <= talk.opened_at]
    for index, said in enumerate(talk.said):
        likely = 2.2 if index in (0, len(talk.said) - 1) else 0.9
        count = min(int(rng.expovariate(1 / likely)), len(readers) // 3)
        if count:
            emoji = _fitting(said.body, index, rng)
            put(emoji, count, said, talk.place, _some(readers, count * 4, rng), clock, rng)


def _some(readers: Sequence[Somebody], count: int, rng: Random) -> list[Somebody]:
    return rng.sample(readers, min(count, len(readers)))


def _fitting(body: str, index: int, rng: Random) -> str:
    if "Merci" in body or "Thank" in body:
        return rng.choice(("❤️", "🙏", "👍"))
    if body.endswith("?</p>"):
        return rng.choice(("👀", "👀", "👍"))
    return rng.choice(
        ("👍", "👍", "👍", "👀", "💡", "🙏") if index == 0 else ("👍", "👍", "👍", "😄", "🎉", "❤️")
    )


def _readiness(somebody: Somebody, place: Place) -> float:
    return (0.6 + math.sqrt(somebody.voice)) * (4 if somebody in place.members else 1)


def _moment(after: datetime, clock: Clock, rng: Random) -> datetime:
    left = clock.now - after
    late = timedelta(seconds=rng.lognormvariate(0, 1.6) * LATE.total_seconds())
    return after + (late if late < left else left * rng.uniform(0.05, 0.95))
