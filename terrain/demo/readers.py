"""How far everybody has read, and what they follow: most read most of their spaces, up to when they last came."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from terrain.demo.people import Somebody
from terrain.demo.rhythm import Clock
from terrain.demo.talk import Talk

Reading = tuple[Somebody, Talk, int, datetime]
Following = tuple[Somebody, Talk, datetime]


def readings(
    everybody: Sequence[Somebody], talks: Sequence[Talk], clock: Clock, rng: Random
) -> Iterator[Reading]:
    """Reading positions: how many messages of a conversation somebody has read, and when they read the last."""
    last_visits = {somebody: _last_visit(somebody, clock, rng) for somebody in everybody}
    care = {somebody: rng.betavariate(6, 1.3) for somebody in everybody}
    for talk in talks:
        own = {said.author: number for number, said in enumerate(talk.said, 1)}
        for somebody, since in talk.place.members.items():
            if somebody in own or (talk.moved_at > since and rng.random() < care[somebody]):
                visit = last_visits[somebody]
                seen = (
                    sum(said.at <= visit for said in talk.said) if talk.moved_at > visit else len(talk.said)
                )
                if number := max(seen, own.get(somebody, 0)):
                    yield somebody, talk, number, _read_at(talk.said[number - 1].at, visit, rng)
        for somebody, number in own.items():
            if somebody not in talk.place.members:
                yield somebody, talk, number, talk.said[number - 1].at


def followings(talks: Iterable[Talk], rng: Random) -> Iterator[Following]:
    """Who writes in a conversation follows it; so do some of those who put a sign on it."""
    for talk in talks:
        since: dict[Somebody, datetime] = {}
        for said in talk.said:
            since.setdefault(said.author, said.at)
            for somebody, _, at in said.signs:
                if rng.random() < 0.12:
                    since.setdefault(somebody, at)
        for somebody, at in since.items():
            yield somebody, talk, at


def _last_visit(somebody: Somebody, clock: Clock, rng: Random) -> datetime:
    """Hours ago for who writes often, days ago for others."""
    usual, longest = (3, 8) if somebody.voice >= 5 else (30, 24 * 12)
    return clock.now - timedelta(hours=1.5 + min(rng.expovariate(1 / usual), longest))


def _read_at(written_at: datetime, visit: datetime, rng: Random) -> datetime:
    if visit <= written_at:
        return written_at
    return written_at + min(timedelta(hours=rng.expovariate(1 / 9)), visit - written_at)
