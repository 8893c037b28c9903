"""One open page, and the few words it can be told: they say that something changed, never what."""

import asyncio
import json
import random
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

Message = dict[str, Any]
Send = Callable[[Message], Coroutine[Any, Any, None]]
Headers = Iterable[tuple[bytes, bytes]]

BEAT = b"event: beat\ndata: {}\n\n"
CATCH_UP = b"event: catch-up\ndata: {}\n\n"

EVENT_STREAM = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # A proxy that gathers an answer before it passes it on would keep everything back.
    (b"x-accel-buffering", b"no"),
)

COMES_BACK = (2000, 6000)
"""Milliseconds after which a page whose stream broke comes back: not all of them at the same moment."""


def hello() -> bytes:
    """What a page is told first: that it is heard, and when to come back should the stream break."""
    return later() + b"event: hello\ndata: {}\n\n"


def later() -> bytes:
    """When to come back."""
    return b"retry: %d\n\n" % random.randint(*COMES_BACK)


def changed(conversation: int, space: int | None) -> bytes:
    """That this conversation changed, of this space, or of none, between those who take part."""
    return (
        b"event: changed\ndata: %s\n\n" % json.dumps({"conversation": conversation, "space": space}).encode()
    )


def start(headers: Headers) -> Message:
    """How an answer begins that is a stream."""
    return {"type": "http.response.start", "status": 200, "headers": [*EVENT_STREAM, *headers]}


def part(words: bytes, *, more: bool = True) -> Message:
    """A part of the answer; the last one where there is no more."""
    return {"type": "http.response.body", "body": words, "more_body": more}


class Stream:
    """One open page: how to write to it, the session that it came with, its person, and the spaces they belong to."""

    __slots__ = ("_catching_up", "_send", "person", "session", "spaces")

    def __init__(self, send: Send, session: str) -> None:
        self._send = send
        self._catching_up: asyncio.Task[None] | None = None
        self.session = session
        self.person = 0
        self.spaces: frozenset[int] = frozenset()

    def open(self, headers: Headers) -> None:
        """Begin the answer, and say hello."""
        self._write(start(headers))
        self._write(part(hello()))

    def tell(self, words: bytes) -> None:
        """Write to the page; one that reads too slowly is told to catch up instead, once it has read the rest."""
        if self._catching_up is None and not self._write(part(words)):
            self._catching_up = asyncio.create_task(self._catch_up())

    def end(self) -> None:
        """Close the stream; the page comes back, and then learns whether it may."""
        if self._catching_up is not None:
            self._catching_up.cancel()
        self._write(part(b"", more=False))

    def _write(self, message: Message) -> bool:
        """Whether it could be written at once.

        uvicorn's `send` waits for nothing but a client that is behind with its reading, so that one step is all it
        takes, without a task for each stream and each word.
        """
        writing = self._send(message)
        try:
            writing.send(None)
        except StopIteration:
            return True
        writing.close()
        return False

    async def _catch_up(self) -> None:
        try:
            await self._send(part(CATCH_UP))
        finally:
            self._catching_up = None
