"""A real Terrain whose PostgreSQL is killed while somebody writes: every message that was acknowledged is there."""

import os
import re
import signal
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Thread

import pytest

from tests.config.installation import Installation, eventually

SETTLE = """
import django
django.setup()
from terrain.conversations.opening import open_conversation
from terrain.people.models import Person
from terrain.spaces.models import Openness
from terrain.spaces.opening import open_space
loic = Person.objects.create(name="Loïc Morvan", email="loic.morvan@rivoire.example", language="fr", password="!")
space = open_space("Vie de l’atelier", "", Openness.OPEN, loic)
print(open_conversation(space, loic, "<p>La scelleuse chauffe.</p>").pk)
"""
WITH_DATABASE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "terrain.config.settings"
from terrain.config import postgres
with postgres.running():
"""
KEPT = """
import django
django.setup()
from terrain.conversations.models import Message
print(*Message.unscoped.filter(key__isnull=False).values_list("key", flat=True).order_by("number"))
"""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer is looked at as it came."""

    def redirect_request(self, *_: object) -> None:
        """Go nowhere."""


class Browser:
    """A browser without scripts: cookies, and forms with their token."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        proxies = urllib.request.ProxyHandler({})
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(proxies, cookies, NoRedirect())

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page."""
        sent = None if form is None else urllib.parse.urlencode(form).encode()
        asked = urllib.request.Request(self.site + path, sent, {"Accept-Language": "fr"})
        try:
            with self._opener.open(asked, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def token(self, path: str) -> str:
        """The token of the forms of a page."""
        status, page = self.ask(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert status == 200
        assert found
        return found[1]


def with_database(installation: Installation, script: str) -> str:
    """What a script says, beside whatever runs."""
    indented = "".join(f"    {line}\n" for line in script.strip().splitlines())
    result = installation.python(WITH_DATABASE + indented)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """A Terrain of its own, with one person and one conversation."""
    made = Installation(tmp_path / "home")
    result = made.run("manage", "migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    return made


def test_no_acknowledged_message_is_lost_when_the_database_is_killed(installation: Installation) -> None:
    conversation = with_database(installation, SETTLE)
    path = f"/conversations/{conversation}/messages"
    with installation.up() as terrain:
        # It tells a lot about an outage, and would wait for somebody to listen.
        Thread(target=deque, args=(terrain.stdout, 0), daemon=True).start()
        link = installation.run("link", "loic.morvan@rivoire.example").stdout.strip()
        browser = Browser(installation.port)
        door = urllib.parse.urlsplit(link).path
        assert browser.ask(door, {"csrfmiddlewaretoken": browser.token(door)})[0] == 302
        token = browser.token(f"/conversations/{conversation}")

        def write(key: uuid.UUID) -> tuple[uuid.UUID, int, str]:
            form = {"csrfmiddlewaretoken": token, "key": str(key), "body": f"Message {key}"}
            return key, *browser.ask(path, form)

        # Two write without a pause, no more than one person may in a minute; the server is killed under their
        # hands, and nobody may start it again.
        with ThreadPoolExecutor(2) as writers:
            first = [writers.submit(write, uuid.uuid4()) for _ in range(18)]
            eventually(first[8].done)
            os.kill(terrain.pid, signal.SIGSTOP)
            try:
                postmaster = installation.postmaster()
                assert postmaster
                postmaster.kill()
                postmaster.wait(10)
                answers = [each.result() for each in first]
                away = write(uuid.uuid4())
            finally:
                os.kill(terrain.pid, signal.SIGCONT)
        acknowledged = {key for key, status, _ in answers if status == 302}
        refused = [*(each for each in answers if each[1] != 302), away]
        assert len(acknowledged) >= 8
        for key, status, page in refused:
            assert status == 503
            assert "La base de données ne répond pas pour l’instant." in page
            assert f"Message {key}</textarea>" in page

        # Terrain starts it again by itself; what was given back is sent again, and arrives once.
        eventually(lambda: browser.ask("/health")[0] == 200)
        for key, _, _ in refused * 2:
            assert write(key)[1] == 302
        kept = with_database(installation, KEPT).split()
    assert len(kept) == len(set(kept)) == 19
    assert {str(key) for key in acknowledged} <= set(kept)
