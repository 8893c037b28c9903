"""Who listens: all the open pages of this process, and which of them is told what."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from django.db import Error

from terrain.live.asking import Asking, people_at, spaces_of
from terrain.live.stream import BEAT, CATCH_UP, Headers, Send, Stream, changed

log = logging.getLogger(__name__)

CALM = 0.2
"""Seconds between two rounds of telling: what changes several times meanwhile is told once."""

MOST = 50
"""Changes told one by one in a round; where there are more, a page is told to catch up instead."""

BEAT_EVERY = 20
"""Seconds between two signs of life on a stream; a page that hears none for 35 takes it for broken."""

NEWS = 0
"""Stands for a conversation where something waits for somebody, wherever it is: no conversation has this id."""

CHECK_EVERY = 6
"""As many beats later it is looked again whether somebody is still signed in: every two minutes."""


class NobodyThere(Exception):
    """Nobody is signed in with this session."""


class NotNow(Exception):
    """The database is away, or this process stops: to be tried again."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A page that asks to listen, and waits to learn whether it may."""

    stream: Stream
    headers: Headers
    let_in: asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class Change:
    """A conversation changed, in a space that was open to everybody then, or was not; or between some people."""

    space: int | None
    is_open: bool
    words: bytes
    people: frozenset[int] = frozenset()


class Audience:
    """Every open page, in as many groups as there are seconds between two beats.

    It all happens in rounds, one after the other: newcomers are let in, memberships that changed are asked for anew,
    and only then changes are told. So nobody hears of a space after leaving it, and who joins one misses nothing.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._groups: list[set[Stream]] = [set() for _ in range(BEAT_EVERY)]
        self._newcomers: list[Newcomer] = []
        self._moved: set[int] = set()
        self._changes: dict[int, Change] = {}
        self._has_missed = False
        self._has_ended = False
        self._news = asyncio.Event()

    def __iter__(self) -> Iterator[Stream]:
        return chain.from_iterable(self._groups)

    async def enter(self, send: Send, session: str, headers: Headers) -> Stream:
        """The stream of a page that came with this session, open from now on; raises NobodyThere or NotNow."""
        if self._has_ended:
            raise NotNow
        newcomer = Newcomer(Stream(send, session), headers, asyncio.get_running_loop().create_future())
        self._newcomers.append(newcomer)
        self._news.set()
        await newcomer.let_in
        return newcomer.stream

    def leave(self, stream: Stream) -> None:
        """A page was closed."""
        for group in self._groups:
            group.discard(stream)

    def hear(self, payload: str) -> None:
        """Take what a listener said through PostgreSQL, for the next round."""
        match json.loads(payload):
            case {"membership": int(person)}:
                self._moved.add(person)
            case {"conversation": int(conversation), "space": int(space), "open": bool(is_open)}:
                self._changes[conversation] = Change(space, is_open, changed(conversation, space))
            case {"conversation": int(conversation), "people": list(people)}:
                words = changed(conversation, None)
                self._changes[conversation] = Change(None, False, words, frozenset(people))
            case {"news": list(people)}:
                waiting = self._changes.get(NEWS)
                everybody = frozenset(people) | (waiting.people if waiting else frozenset())
                self._changes[NEWS] = Change(None, False, changed(NEWS, None), everybody)
            case {"conversation": int(), "people": None}:
                pass  # Everybody has left it.
            case _:
                # Another version of Terrain, perhaps, while one takes the place of the other.
                log.warning("Nobody was told of “%s”, which is not understood.", payload)
        self._news.set()

    def miss(self) -> None:
        """Something may have been said that was not heard: everybody is told to catch up in the next round."""
        self._has_missed = True
        self._news.set()

    def end(self) -> None:
        """Close every stream; nobody else is let in."""
        self._has_ended = True
        for newcomer in self._newcomers:
            _refuse(newcomer, NotNow())
        for stream in self:
            stream.end()
        for group in self._groups:
            group.clear()

    async def rounds(self) -> None:
        """Let people in and tell what changed, for ever."""
        while True:
            await self._news.wait()
            self._news.clear()
            await self._let_in()
            try:
                await self._ask_for_spaces()
            except Error as fault:
                # Nothing is told by memberships that may be out of date; the next round asks again.
                log.warning("Memberships could not be asked for: %s", fault)
                self._news.set()
                await asyncio.sleep(1)
                continue
            if self._changes or self._has_missed:
                await self._tell()
                await asyncio.sleep(CALM)

    async def beats(self) -> None:
        """Give each group its sign of life, one group a second, and see out who is signed in no more, for ever."""
        for second in count():
            await asyncio.sleep(1)
            turn, number = divmod(second, BEAT_EVERY)
            for stream in self._groups[number]:
                stream.tell(BEAT)
            if turn % CHECK_EVERY == CHECK_EVERY - 1:
                await self.check(self._groups[number])

    async def check(self, group: set[Stream]) -> None:
        """Close the streams of this group whose session has ended, or whose person has left."""
        streams = list(group)
        try:
            people = await self._asking.ask(people_at, {stream.session for stream in streams})
        except Error:
            return  # The next check will tell.
        for stream in streams:
            if stream in group and stream.session not in people:
                group.remove(stream)
                stream.end()

    async def _let_in(self) -> None:
        newcomers, self._newcomers = self._newcomers, []
        if not newcomers:
            return
        try:
            people = await self._asking.ask(people_at, {each.stream.session for each in newcomers})
            spaces = await self._asking.ask(spaces_of, set(people.values()))
        except Error as fault:
            log.warning("It could not be asked who is there: %s", fault)
            for newcomer in newcomers:
                _refuse(newcomer, NotNow())
            return
        for newcomer in newcomers:
            stream = newcomer.stream
            if self._has_ended:
                _refuse(newcomer, NotNow())
            elif stream.session not in people:
                _refuse(newcomer, NobodyThere())
            elif not newcomer.let_in.done():
                stream.person = people[stream.session]
                stream.spaces = spaces.get(stream.person, frozenset())
                # Nothing can come between what was asked, the welcome, and a place among those who are told.
                stream.open(newcomer.headers)
                min(self._groups, key=len).add(stream)
                newcomer.let_in.set_result(None)

    async def _ask_for_spaces(self) -> None:
        if not self._moved and not self._has_missed:
            return
        moved = {stream.person for stream in self if self._has_missed or stream.person in self._moved}
        missed_before, self._moved = self._moved, set()
        try:
            spaces = await self._asking.ask(spaces_of, moved) if moved else {}
        except Error:
            self._moved |= missed_before
            raise
        for stream in self:
            if stream.person in moved:
                stream.spaces = spaces.get(stream.person, frozenset())

    async def _tell(self) -> None:
        changes, self._changes = self._changes, {}
        to_all, to_members, to_people = _apart(list(changes.values()))
        missed, self._has_missed = self._has_missed, False
        for_everybody = _words(to_all)
        for group in self._groups:
            for stream in group:
                if missed:
                    stream.tell(CATCH_UP)
                elif stream.person in to_people or not stream.spaces.isdisjoint(to_members):
                    theirs = [each for space in stream.spaces for each in to_members.get(space, ())]
                    theirs += to_people.get(stream.person, ())
                    stream.tell(_words([*to_all, *theirs]))
                elif for_everybody:
                    stream.tell(for_everybody)
            # What was written to one group leaves before the next one's turn.
            await asyncio.sleep(0)


def _apart(
    changes: Sequence[Change],
) -> tuple[list[Change], dict[int, list[Change]], dict[int, list[Change]]]:
    """What everybody is told, what only the members of a space are, and what only some people are."""
    to_members: defaultdict[int, list[Change]] = defaultdict(list)
    to_people: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.space is not None and not change.is_open:
            to_members[change.space].append(change)
        for person in change.people:
            to_people[person].append(change)
    return [change for change in changes if change.is_open], to_members, to_people


def _words(changes: Sequence[Change]) -> bytes:
    return CATCH_UP if len(changes) > MOST else b"".join(change.words for change in changes)


def _refuse(newcomer: Newcomer, why: Exception) -> None:
    if not newcomer.let_in.done():
        newcomer.let_in.set_exception(why)
