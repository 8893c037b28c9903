"""A crowd of open pages for the live benchmark: as light a client as can be, which notes when it was told."""

import asyncio
import resource
import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import cast

from terrain.config.trouble import Trouble

HOST = "127.0.0.1"
AT_ONCE = 200
"""Pages that are being opened at the same time."""

PORTS = 20_000
"""Pages from one address: a machine has some 28,000 ports for connections to one place."""

PATIENCE = 60.0


@dataclass(frozen=True)
class Told:
    """Milliseconds from the moment that something was said until pages heard it."""

    first: float
    median: float
    p99: float
    last: float


class Page(asyncio.Protocol):
    """One open page."""

    __slots__ = ("crowd", "is_open", "request", "transport")

    def __init__(self, crowd: "Crowd", request: bytes) -> None:
        self.crowd, self.request = crowd, request
        self.is_open = False
        self.transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.WriteTransport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.is_open and b"event: hello" in data:
            self.is_open = True
            self.crowd.opened(self)
        if b"event: changed" in data:
            self.crowd.heard.append(perf_counter())
            if len(self.crowd.heard) == len(self.crowd.pages):
                self.crowd.all_heard.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.lost += 1


class Crowd:
    """All the pages, and when they were told."""

    def __init__(self, port: int, cookies: Sequence[str]) -> None:
        self.port, self.cookies = port, cookies
        self.pages: list[Page] = []
        self.heard: list[float] = []
        self.all_heard = asyncio.Event()
        self.lost = 0
        self._free = asyncio.Semaphore(AT_ONCE)
        self._all_open = asyncio.Event()

    async def open(self) -> float:
        """Open every page; returns the seconds that it took."""
        began = perf_counter()
        await self._within(self._open_all())
        return perf_counter() - began

    async def _open_all(self) -> None:
        loop = asyncio.get_running_loop()
        for number, cookie in enumerate(self.cookies):
            await self._free.acquire()
            request = f"GET /live HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nCookie: {cookie}\r\n\r\n".encode()
            # The system finds a port quickly where it may choose the address as well.
            source = (f"127.0.0.{1 + number // PORTS}", 0) if number >= PORTS else None
            await loop.create_connection(partial(Page, self, request), HOST, self.port, local_addr=source)
        await self._all_open.wait()

    def opened(self, page: Page) -> None:
        """A page was welcomed."""
        self.pages.append(page)
        self._free.release()
        if len(self.pages) == len(self.cookies):
            self._all_open.set()

    async def told(self, say: Callable[[], Awaitable[float]]) -> Told:
        """How long after `say`, which returns the moment that counts, each page heard it."""
        self.heard.clear()
        self.all_heard.clear()
        said = await say()
        await self._within(self.all_heard.wait())
        taken = sorted(1000 * (moment - said) for moment in self.heard)
        p99 = taken[int(0.99 * (len(taken) - 1))]
        return Told(taken[0], statistics.median(taken), p99, taken[-1])

    def close(self) -> None:
        """Close every page."""
        for page in self.pages:
            if page.transport:
                page.transport.abort()

    async def _within(self, all_of_them: Awaitable[object]) -> None:
        try:
            await asyncio.wait_for(all_of_them, PATIENCE)
        except TimeoutError:
            raise Trouble(
                f"After {PATIENCE:.0f} seconds {len(self.pages)} of {len(self.cookies)} pages are open, "
                f"{len(self.heard)} were told, and {self.lost} were closed on us."
            ) from None


def allow(streams: int) -> None:
    """Let this process, and those that it starts, have as many connections; raises Trouble where it may not."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < streams + 200:
        raise Trouble(f"{streams} streams need as many open files, and this machine allows {most} a process.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
