"""Those who listen, from inside: slow readers, many changes at once, sessions that end."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from terrain.live.asking import Asking
from terrain.live.audience import Audience, NobodyThere, NotNow
from terrain.live.stream import BEAT, CATCH_UP, Message, Stream, changed
from terrain.people.models import Session
from tests.cast import Cast
from tests.live.pages import sign_in


class Client:
    """The other end of a stream: stands in for the server's `send`, which waits while a client does not read."""

    def __init__(self) -> None:
        self.told: list[bytes] = []
        self.has_ended = False
        self.reads = asyncio.Event()
        self.reads.set()

    async def send(self, message: Message) -> None:
        if not self.reads.is_set():
            await self.reads.wait()
        if message["type"] == "http.response.body":
            self.told.append(message["body"])
            self.has_ended = not message["more_body"]


async def until(client: Client, words: bytes) -> None:
    """Wait until this client has been told this."""
    async with asyncio.timeout(20):
        while words not in client.told:
            await asyncio.sleep(0.01)


def test_a_client_that_does_not_read_is_told_to_catch_up_once_it_does() -> None:
    async def scene() -> None:
        client = Client()
        stream = Stream(client.send, "")
        stream.tell(changed(1, 1))
        client.reads.clear()
        for number in range(2, 1000):
            stream.tell(changed(number, 1))
            await asyncio.sleep(0)
        assert client.told == [changed(1, 1)]
        client.reads.set()
        await until(client, CATCH_UP)
        stream.tell(changed(1000, 1))
        assert client.told == [changed(1, 1), CATCH_UP, changed(1000, 1)]

    asyncio.run(scene())


def test_a_client_that_does_not_read_keeps_no_other_waiting() -> None:
    async def scene() -> None:
        slow, quick = Client(), Client()
        slow.reads.clear()
        for client in (slow, quick):
            Stream(client.send, "").tell(BEAT)
        assert (slow.told, quick.told) == ([], [BEAT])

    asyncio.run(scene())


@contextmanager
def asking() -> Iterator[Asking]:
    """Questions in a thread, its connection given back."""
    asking = Asking()
    try:
        yield asking
    finally:
        asking.close()


def in_rounds(scene: Callable[[Audience], Awaitable[None]]) -> None:
    """Play a scene with an audience whose rounds go on meanwhile."""

    async def play() -> None:
        with asking() as thread:
            audience = Audience(thread)
            rounds = asyncio.create_task(audience.rounds())
            await scene(audience)
            rounds.cancel()
            with suppress(asyncio.CancelledError):
                await rounds

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
def test_what_changes_many_times_at_once_is_told_once(cast: Cast) -> None:
    session = sign_in(cast.marek)

    async def scene(audience: Audience) -> None:
        client = Client()
        await audience.enter(client.send, session, ())
        for _ in range(100):
            audience.hear('{"conversation": 1, "space": 1, "open": true}')
        audience.hear('{"conversation": 2, "space": 1, "open": true}')
        await until(client, changed(1, 1) + changed(2, 1))
        audience.hear('{"conversation": 3, "space": 1, "open": true}')
        await until(client, changed(3, 1))
        assert client.told[1:] == [changed(1, 1) + changed(2, 1), changed(3, 1)]

    in_rounds(scene)


@pytest.mark.django_db(transaction=True)
def test_a_stream_says_hello_and_when_to_come_back_before_anything_else(cast: Cast) -> None:
    session = sign_in(cast.marek)

    async def scene(audience: Audience) -> None:
        client = Client()
        audience.hear('{"conversation": 1, "space": 1, "open": true}')
        await audience.enter(client.send, session, ())
        assert re.fullmatch(rb"retry: \d{4}\n\nevent: hello\ndata: {}\n\n", client.told[0])

    in_rounds(scene)


@pytest.mark.django_db(transaction=True)
def test_whose_session_ends_or_who_leaves_is_seen_out_at_the_next_check(cast: Cast) -> None:
    stays, signs_out = sign_in(cast.loic), sign_in(cast.loic)
    leaves = sign_in(cast.claire)

    async def scene(audience: Audience) -> None:
        clients = {session: Client() for session in (stays, signs_out, leaves)}
        for session, client in clients.items():
            await audience.enter(client.send, session, ())
        await asyncio.to_thread(sign_out)
        for group in audience._groups:
            await audience.check(group)
        assert [client.has_ended for client in clients.values()] == [False, True, True]
        assert [stream.session for stream in audience] == [stays]

    def sign_out() -> None:
        from django.db import connection

        Session.objects.filter(pk=signs_out).delete()
        type(cast.claire).objects.filter(pk=cast.claire.pk).update(left_on="2020-01-01")
        connection.close()

    in_rounds(scene)


@pytest.mark.django_db(transaction=True)
def test_once_it_has_ended_nobody_comes_in(cast: Cast) -> None:
    session = sign_in(cast.loic)

    async def scene(audience: Audience) -> None:
        client = Client()
        await audience.enter(client.send, session, ())
        audience.end()
        assert client.has_ended
        with pytest.raises(NotNow):
            await audience.enter(Client().send, session, ())

    in_rounds(scene)


@pytest.mark.django_db(transaction=True)
def test_nobody_comes_in_with_a_session_that_is_not_there() -> None:
    async def scene(audience: Audience) -> None:
        client = Client()
        with pytest.raises(NobodyThere):
            await audience.enter(client.send, "nobody", ())
        assert client.told == []

    in_rounds(scene)
