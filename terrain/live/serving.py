"""The live process: answers each open page with a stream of what changed, as Server-Sent Events.

Started by `terrain up`, as many as wanted: `uvicorn terrain.live.serving:application`.
"""

import asyncio
import logging
import os
import resource
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terrain.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.http.cookie import parse_cookie  # noqa: E402

from terrain.live.asking import Asking  # noqa: E402
from terrain.live.audience import Audience, NobodyThere, NotNow  # noqa: E402
from terrain.live.listening import listen  # noqa: E402
from terrain.live.stream import Headers, Message, Send, later, part, start  # noqa: E402

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[Message]]
Scope = dict[str, Any]

PLAIN = (b"content-type", b"text/plain; charset=utf-8")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Where uvicorn finds us."""
    if scope["type"] == "lifespan":
        await _lifespan(scope, receive, send)
    elif scope["type"] == "http":
        asked = scope["method"], scope["path"]
        if asked == ("GET", "/live"):
            await _live(scope, receive, send)
        elif asked == ("GET", "/health"):
            await _answer(send, 200, b"ok")
        else:
            await _answer(send, 404, b"There is nothing here.")


async def _live(scope: Scope, receive: Receive, send: Send) -> None:
    headers = dict(scope["headers"])
    audience: Audience = scope["state"]["audience"]
    session = parse_cookie(headers.get(b"cookie", b"").decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    shared = _shared_with(headers)
    try:
        if not session:
            raise NobodyThere
        stream = await audience.enter(send, session, shared)
    except NobodyThere:
        # After 204 a browser does not come back by itself; after an error some do, for ever.
        await send({"type": "http.response.start", "status": 204, "headers": [*shared]})
        await send(part(b"", more=False))
        return
    except NotNow:
        # A stream that ends at once brings it back a little later; after an error some browsers give up.
        await send(start(shared))
        await send(part(later(), more=False))
        return
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        audience.leave(stream)


def _shared_with(headers: dict[bytes, bytes]) -> Headers:
    """The headers that let a page of this Terrain read the answer, though it comes from another port; else none."""
    origin = headers.get(b"origin", b"")
    vary = (b"vary", b"origin")
    try:
        name = urlsplit(origin).hostname
        own = {
            urlsplit(b"//" + headers.get(b"host", b"")).hostname,
            urlsplit(settings.SITE_URL.encode()).hostname,
        }
    except ValueError:
        return (vary,)
    if name is None or name not in own:
        return (vary,)
    return (vary, (b"access-control-allow-origin", origin), (b"access-control-allow-credentials", b"true"))


async def _answer(send: Send, status: int, words: bytes) -> None:
    length = (b"content-length", b"%d" % len(words))
    await send({"type": "http.response.start", "status": status, "headers": [PLAIN, length]})
    await send(part(words, more=False))


async def _lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """What runs beside the streams, from the start of the process to its end."""
    await receive()
    _allow_many_streams()
    asking = Asking()
    audience = scope["state"]["audience"] = Audience(asking)
    _end_when_told_to_stop(audience)
    beside = [
        asyncio.create_task(each)
        for each in (listen(audience.hear, audience.miss), audience.rounds(), audience.beats())
    ]
    for task in beside:
        task.add_done_callback(_stop_with)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    asking.close()
    await send({"type": "lifespan.shutdown.complete"})


def _allow_many_streams() -> None:
    """Each stream is an open file, and many systems allow 1,024 unless asked for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _end_when_told_to_stop(audience: Audience) -> None:
    """Close the streams at the signal itself: uvicorn tells us only once all of them are closed."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def stop(number: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(audience.end)
            if callable(before):
                before(number, frame)

        signal.signal(number, stop)


def _stop_with(task: asyncio.Task[None]) -> None:
    """A live process that listens no more must not look alive: it ends, and is started again."""
    if not task.cancelled():
        log.critical("The live process stops, for it fails.", exc_info=task.exception())
        signal.raise_signal(signal.SIGTERM)
