"""How many open pages one live process keeps, what they cost, and how soon the last of them hears of a commit.

The floor is the same crowd on the same server with an application of a few lines that knows nobody and no database.
"""

import asyncio
import gc
import http.client
import statistics
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

import click
import uvloop
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.utils import timezone

from bench import crowd, databases, serving
from bench.crowd import Crowd, Told
from bench.reporting import Row, report
from bench.serving import HOST, Server
from terrain.conversations.models import Conversation
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.live.asking import Asking
from terrain.people.models import Person, Session
from terrain.people.sessions import SessionStore
from terrain.spaces.models import Membership, Space

SPACES, BELONGS_TO = 40, 12
"""There are as many spaces, and each person belongs to as many of them."""

BETWEEN = 0.4
"""Seconds between two rounds: more than the server waits before it tells the same conversation again."""

MOST_MB = 250
MOST_MS = 1000


@dataclass(frozen=True)
class Found:
    """What one server did with its crowd: memory in MB before and with all pages open, and each round."""

    streams: int
    opened_in: float
    empty: float
    full: float
    rounds: list[Told]

    def median(self, which: str) -> float:
        """The milliseconds of the median round."""
        return float(statistics.median(getattr(each, which) for each in self.rounds))


@click.command("live")
@click.option(
    "--streams", type=click.IntRange(1), default=10_000, show_default=True, help="Pages that are open."
)
@click.option(
    "--rounds", type=click.IntRange(1), default=10, show_default=True, help="Rounds; the median counts."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def live(streams: int, rounds: int, as_json: bool) -> None:
    """Open many pages on one live process, and measure how soon all of them hear of a reply."""
    crowd.allow(streams)
    name = databases.named("live")
    databases.make(name)
    try:
        with databases.using(name):
            sessions, conversation = _fill(streams)
            with serving.server(name, "live", "bench.bare_streams:application") as server:
                floor = _measure(server, sessions, rounds, None)
            with serving.server(name, "live") as server:
                found = _measure(server, sessions, rounds, conversation)
    finally:
        databases.forget(name)
    notes = [
        f"{streams} people with a page each; everybody is told, for the space is open.",
        f"{rounds} rounds, the median one counts, after one that warms up.",
        "From just before the commit of a reply (floor: from just before a bare POST) until a page has read it.",
    ]
    report("live", _rows(found, floor), as_json, notes)


def _rows(found: Found, floor: Found) -> list[Row]:
    size = f"{found.streams} streams"
    return [
        Row(
            "last page told",
            size,
            found.median("last"),
            "ms",
            floor=floor.median("last"),
            median_ms=found.median("median"),
            p99_ms=found.median("p99"),
            first_ms=found.median("first"),
            worst_ms=max(each.last for each in found.rounds),
            aim=f"≤ {MOST_MS}",
        ),
        Row("memory", size, found.full, "MB", floor=floor.full, empty_mb=found.empty, aim=f"< {MOST_MB}"),
        Row(
            "opening",
            size,
            found.streams / found.opened_in,
            "pages/s",
            floor=floor.streams / floor.opened_in,
        ),
    ]


def _fill(streams: int) -> tuple[list[str], Conversation]:
    """A person in some spaces for each stream, and a conversation in an open one: the cookies, the conversation."""
    people = Person.objects.bulk_create(
        (Person(name=f"Person {number}", password="!") for number in range(streams)), batch_size=2000
    )
    spaces = Space.unscoped.bulk_create(Space(name=f"Space {number}") for number in range(SPACES))
    Membership.objects.bulk_create(
        (
            Membership(space=spaces[(number + other) % SPACES], person=person)
            for number, person in enumerate(people)
            for other in range(BELONGS_TO)
        ),
        batch_size=5000,
    )
    ends = timezone.now() + timedelta(days=1)
    sessions = [
        Session(
            session_key=f"bench{number:027}",
            session_data=SessionStore().encode(
                {SESSION_KEY: str(person.pk), HASH_SESSION_KEY: person.get_session_auth_hash()}
            ),
            expire_date=ends,
            person=person,
        )
        for number, person in enumerate(people)
    ]
    Session.objects.bulk_create(sessions, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    cookies = [f"{settings.SESSION_COOKIE_NAME}={each.session_key}" for each in sessions]
    return cookies, open_conversation(spaces[0], people[0], "<p>Who hears this?</p>")


def _measure(server: Server, cookies: list[str], rounds: int, conversation: Conversation | None) -> Found:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_crowd(server, cookies, rounds, conversation))


async def _crowd(server: Server, cookies: list[str], rounds: int, conversation: Conversation | None) -> Found:
    empty = _megabytes(server)
    pages = Crowd(server.port, cookies)
    opened_in = await pages.open()
    asking = Asking()

    async def say() -> float:
        if conversation is None:
            return await asyncio.to_thread(_post, server)
        return await asking.ask(_reply, conversation)

    try:
        gc.collect()
        gc.freeze()
        found = []
        # The first round warms the server up, and does not count.
        for number in range(rounds + 1):
            told = await pages.told(say)
            if number:
                found.append(told)
            await asyncio.sleep(BETWEEN)
        return Found(len(cookies), opened_in, empty, _megabytes(server), found)
    finally:
        pages.close()
        asking.close()


def _reply(conversation: Conversation) -> float:
    assert conversation.author
    with transaction.atomic():
        reply(conversation, conversation.author, "<p>All of you.</p>")
        # The commit itself counts.
        return perf_counter()


def _post(server: Server) -> float:
    line = http.client.HTTPConnection(HOST, server.port, timeout=30)
    line.connect()
    before = perf_counter()
    line.request("POST", "/")
    line.getresponse().read()
    line.close()
    return before


def _megabytes(server: Server) -> float:
    return float(server.process.memory_info().rss) / 1e6
