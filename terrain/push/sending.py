"""Sending to push services: over HTTPS to the public Internet alone, one connection for many, none waited for long.

Addresses come from browsers, so from anybody: they are reached as the links that people write are.
"""

import http.client
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from terrain.links.fetching import Fetcher, Unreachable, checked
from terrain.push import vapid
from terrain.push.encryption import seal
from terrain.push.saying import LASTS, Push

SECONDS = 5.0
"""How long one push may take."""
IN_ALL = 20.0
"""How long all of them may: what was not begun five seconds before is left for the next time."""
LANES, LANES_OF_ONE = 8, 4
"""How many connections at once; and how many to one service."""
MANY = 25
"""Pushes that are worth a connection more."""
SILENT = 2
"""How often in a row a service may not answer before it is left alone."""
MOST_SAID = 2000


@dataclass(frozen=True)
class Outcome:
    """What became of a push: the status of the answer, 0 where none came; what was said; how long to be patient."""

    status: int
    said: str = ""
    after: timedelta = timedelta(0)

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether this address takes nothing any more, for good."""
        return self.status in (404, 410)

    @property
    def is_too_large(self) -> bool:
        return self.status == 413


class Sender:
    """Sends; tests put in a network of their own."""

    def __init__(self, fetcher: Fetcher | None = None) -> None:
        fetcher = fetcher or Fetcher()
        connect = fetcher.connect
        self._fetcher = replace(
            fetcher, connect=lambda address, port, left: connect(address, port, min(left, SECONDS))
        )

    def send(
        self, pushes: Sequence[Push], at: datetime, within: float = IN_ALL
    ) -> list[tuple[Push, Outcome]]:
        """Send these within so many seconds, and what became of each that was tried."""
        until = time.monotonic() + within
        lanes = list(_lanes(pushes))
        if not lanes:
            return []
        with ThreadPoolExecutor(min(LANES, len(lanes))) as pool:
            done = pool.map(lambda lane: list(self._lane(lane, at, until)), lanes)
            return [each for lane in done for each in lane]

    def _lane(self, lane: Sequence[Push], at: datetime, until: float) -> Iterator[tuple[Push, Outcome]]:
        """One push after the other, all to the same service."""
        waiting, silent = deque(lane), 0
        while waiting and time.monotonic() < until - SECONDS:
            is_fresh = True
            try:
                with self._connection(waiting[0], until) as connection:
                    while waiting and time.monotonic() < until - SECONDS:
                        push = waiting[0]
                        outcome = _post(connection, push, at)
                        is_fresh, silent = False, 0
                        if outcome.is_too_large and push.words != push.brief:
                            waiting[0] = replace(push, words=push.brief)
                        else:
                            yield waiting.popleft(), outcome
            except (OSError, http.client.HTTPException, Unreachable, ValueError) as fault:
                # A connection that was used before may have been closed meanwhile: a new one is asked the same.
                if not is_fresh:
                    continue
                silent += 1
                yield waiting.popleft(), Outcome(0, f"{type(fault).__name__}: {fault}")
                if silent == SILENT:
                    yield from ((each, Outcome(0, "It does not answer.")) for each in waiting)
                    return

    @contextmanager
    def _connection(self, push: Push, until: float) -> Iterator[http.client.HTTPConnection]:
        parts, port = checked(push.device.endpoint)
        if parts.scheme != "https" or port != 443:
            raise Unreachable("it is not HTTPS")
        with self._fetcher.connection(parts.hostname or "", port, True, until) as connection:
            # By itself it would connect anew by the name, to an address that nobody has checked.
            connection.auto_open = 0
            yield connection


def origin_of(endpoint: str) -> str:
    """Which service takes messages at this address: `https://push.example`; raises Unreachable."""
    parts, _ = checked(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def _lanes(pushes: Sequence[Push]) -> Iterator[Sequence[Push]]:
    by_service = defaultdict[str, list[Push]](list)
    for each in pushes:
        by_service[each.device.endpoint.split("/")[2]].append(each)
    for theirs in by_service.values():
        count = min(LANES_OF_ONE, -(-len(theirs) // MANY))
        yield from (theirs[n::count] for n in range(count))


def _post(connection: http.client.HTTPConnection, push: Push, at: datetime) -> Outcome:
    parts, _ = checked(push.device.endpoint)
    connection.request(
        "POST",
        (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        body=seal(push.words, push.device.p256dh, push.device.auth),
        headers={
            "Authorization": vapid.authorization(origin_of(push.device.endpoint), at),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(LASTS.total_seconds())),
            "Urgency": "high" if push.is_pressing else "normal",
            "Topic": push.topic,
            "User-Agent": "Terrain (web push)",
        },
    )
    answer = connection.getresponse()
    said = answer.read(MOST_SAID).decode(errors="replace")
    if not answer.isclosed():
        connection.close()  # It says more than is read: the next push gets a connection of its own.
    told = " ".join(f"{answer.status} {said}".replace("\0", " ").split())[:300]
    return Outcome(answer.status, told, _patience(answer.getheader("Retry-After"), at))


def _patience(asked: str | None, at: datetime) -> timedelta:
    """What Retry-After asks for: seconds or a date, a day at most."""
    try:
        if asked is None:
            return timedelta(0)
        wait = timedelta(seconds=int(asked)) if asked.isdigit() else parsedate_to_datetime(asked) - at
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    return min(max(wait, timedelta(0)), timedelta(days=1))
