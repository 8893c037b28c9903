"""A real Chromium before a real Terrain: `terrain up --demo`, started once, with the demo company in it."""

import json
import os
import shutil
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from psycopg import sql

from tests.config.installation import Installation, eventually

WIDE = {"viewport": {"width": 1360, "height": 1000}}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
NAMES = ("chromium", "chromium-browser", "google-chrome")
REFUSED = (403, 404, 410, 422)
"""What a page may be answered with, and a browser complains of, though all is as it should be."""


# Two seconds is what is promised; a machine that does much else at once is given time.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium is; without one these tests are skipped, where CI=true they fail."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no Chromium on this machine: none of {', '.join(NAMES)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass
class Site(Installation):
    """The Terrain under test, with what a test may have to know of it beforehand."""

    prepared: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """With an address at which mails come in, so that pages show what depends on it."""
        received = {
            "TERRAIN_MAIL_ADDRESS": "terrain+*@terrain.example",
            "TERRAIN_MAIL_TRUSTED": "mx.terrain.example",
        }
        return super().environment | received

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hosts(self) -> set[str]:
        """The only places that a page may ask: itself, and its live stream."""
        return {f"127.0.0.1:{self.port}", f"127.0.0.1:{self.port + 1}"}

    def told(self, script: str) -> Any:
        """What a script found or did, given the company's records: it leaves it in `answer`."""
        result = self.python(f"{PREAMBLE}\n{script}\nprint(json.dumps(answer))")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def streams(self) -> bool:
        """Whether the live process is there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port + 1}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


PREAMBLE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "terrain.config.settings"
import django
django.setup()
from terrain.people.models import Person
from terrain.spaces.models import Membership, Space
from terrain.conversations.models import Conversation, Message
from terrain.conversations import editing, opening, replying
from terrain.accounts.links import make_link
"""


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`terrain up --demo`, for the whole run."""
    with _database() as database_url:
        installation = Site(tmp_path_factory.mktemp("browser") / "home", database_url=database_url)
        planted = installation.run("demo")
        assert planted.returncode == 0, planted.stderr
        with installation.up("--demo") as process:
            assert process.poll() is None, process.communicate()
            eventually(installation.streams)
            yield installation


@contextmanager
def _database() -> Iterator[str]:
    """A database of its own in the PostgreSQL that DATABASE_URL names; else the one that comes along."""
    named = os.environ.get("DATABASE_URL", "")
    if not named:
        yield ""
        return
    name = f"test_browser_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(named, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(named)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium; closed at the end of each file, for Django refuses to work in a thread that has an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """What no page may do: complain in the console, break, or ask another host."""

    def __init__(self, context: BrowserContext, site: Site, complaints: list[str]) -> None:
        self.complaints = complaints
        self._hosts = site.hosts
        context.on("console", self._said)
        context.on(
            "weberror",
            lambda error: self.complaints.append(f"{error.page and error.page.url}: {error.error}"),
        )
        context.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        is_refusal = any(f"status of {status}" in message.text for status in REFUSED)
        if is_refusal and "/static/" not in message.location["url"]:
            return
        self.complaints.append(f"{message.location['url']}: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc not in self._hosts:
            self.complaints.append(f"asks {request.url}")


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens a page in a browser of its own, as one of the persons of the demo's door, or as nobody.

    At the end of the test no page may have complained, unless the test cuts one off (`is_cut_off`).
    """
    complaints: list[str] = []
    with ExitStack() as stack:

        def visit(who: str = "", *, is_cut_off: bool = False, **options: Any) -> Page:
            return opened(stack, browser, site, who, [] if is_cut_off else complaints, **options)

        yield visit
    assert complaints == []


def opened(
    stack: ExitStack, browser: Browser, site: Site, who: str, complaints: list[str], **options: Any
) -> Page:
    """A page at the door, or, once its person has come in, at the feed; closed with the stack."""
    given = {**WIDE, "locale": "en-GB", "reduced_motion": "reduce", **options}
    context = browser.new_context(base_url=site.address, **given)
    stack.callback(context.close)
    Watch(context, site, complaints)
    page = context.new_page()
    page.goto("/enter")
    if who:
        page.get_by_role("button", name=who).click()
        page.wait_for_url("**/")
    return page


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: into docs/ where TERRAIN_SCREENSHOTS=1, else nowhere lasting."""
    return (
        Path(__file__).parents[2] / "docs/screenshots"
        if os.environ.get("TERRAIN_SCREENSHOTS") == "1"
        else tmp_path
    )
