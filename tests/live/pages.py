"""A live process as `terrain up` starts it, and open pages that listen to it, each over a connection of its own."""

import http.client
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from bench import databases
from terrain.config import processes
from terrain.people.models import Person
from terrain.people.sessions import SessionStore
from tests.config.installation import eventually, free_port

Event = tuple[str, dict[str, int]]


@dataclass
class Live:
    """A live process that answers."""

    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One answer that ends: its status, its headers in small letters, and its body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            line.close()

    def page(self, session: str) -> "Page":
        """A page opened in the browser that has this session; it listens from now on."""
        return Page(self.port, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})

    def page_of(self, person: Person) -> "Page":
        """A page of somebody who has just signed in."""
        return self.page(sign_in(person))


class Page:
    """An open page, as a browser's EventSource reads it."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.line.request("GET", "/live", headers=headers)
        self.answer = self.line.getresponse()
        assert self.answer.status == 200
        self.comes_back = 0
        assert self.next() == ("hello", {})

    def next(self) -> Event | None:
        """What it is told next, signs of life aside; None where the stream ends."""
        name, data = "message", ""
        while line := self.answer.readline().decode():
            field, _, value = line.rstrip("\n").partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                data = value
            elif field == "retry":
                self.comes_back = int(value)
            elif not field and data:
                if name != "beat":
                    return name, json.loads(data)
                name, data = "message", ""
        return None

    def until(self, last: Event) -> list[Event]:
        """All it is told before this."""
        told: list[Event] = []
        while (event := self.next()) != last:
            assert event, f"the stream ended; it told {told}"
            told.append(event)
        return told

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.answer.close()
        self.line.close()


@contextmanager
def live_process() -> Iterator[Live]:
    """A live process that works in the database of the tests."""
    port = free_port()
    command = list(next(each.command for each in processes.processes() if each.name == "live"))
    command[command.index("--port") + 1] = str(port)
    process = subprocess.Popen(
        command,
        env=databases.environment(connection.settings_dict["NAME"]),
        stderr=subprocess.PIPE,
        text=True,
    )
    live = Live(port, process)
    try:
        eventually(lambda: process.poll() is not None or _answers(live))
        assert process.poll() is None, process.communicate()[1]
        yield live
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _answers(live: Live) -> bool:
    try:
        return live.get("/health")[0] == 200
    except OSError:
        return False


def sign_in(person: Person) -> str:
    """What a browser's cookie holds once this person has signed in there."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key
