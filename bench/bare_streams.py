"""The floor of the live benchmark: streams that anybody opens and a POST tells, without a person or a database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

STREAM = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
WORDS = b'event: changed\ndata: {"conversation": 1, "space": 1}\n\n'

streams: set[Send] = set()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """GET /live opens a stream, POST tells all of them the same words."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        for number, stream in enumerate(list(streams)):
            await stream({"type": "http.response.body", "body": WORDS, "more_body": True})
            if number % 500 == 0:
                await asyncio.sleep(0)
        return
    await send({"type": "http.response.start", "status": 200, "headers": STREAM})
    if scope["path"] != "/live":
        await send({"type": "http.response.body", "body": b"ok"})
        return
    await send({"type": "http.response.body", "body": b"event: hello\ndata: {}\n\n", "more_body": True})
    streams.add(send)
    while (await receive())["type"] != "http.disconnect":
        pass
    streams.discard(send)
