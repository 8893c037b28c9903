"""`terrain mail take`: a mail server hands a mail over through a pipe, and learns whether it may forget it."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.config.installation import TERRAIN, Installation
from tests.mail.letters import ADDRESS, letter

PLANT = """
from terrain.notifications.addresses import to_space
from terrain.people.models import Person
from terrain.spaces.models import Openness
from terrain.spaces.opening import open_space
samira = Person.objects.create(name="Samira Benali", email="samira@rivoire.example", password="!")
print(to_space(samira, open_space("Atelier", "L’atelier.", Openness.OPEN, samira).pk))
"""
SAID = """
from terrain.conversations.models import Message
print([(each.author.name, each.conversation.title, each.body) for each in Message.unscoped.all()])
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A Terrain whose tables are there."""
    made = Installation(tmp_path_factory.mktemp("mail") / "home")
    assert made.run("manage", "migrate", "--verbosity=0").returncode == 0
    return made


def hand_over(
    raw: bytes, recipient: str, to: Installation, **settings: str
) -> subprocess.CompletedProcess[bytes]:
    """As a mail server does it."""
    known = {"TERRAIN_MAIL_ADDRESS": ADDRESS, **settings}
    command = [TERRAIN, "mail", "take", *([recipient] if recipient else [])]
    return subprocess.run(
        command, env=to.environment | known, input=raw, capture_output=True, timeout=60, check=False
    )


def test_a_mail_from_a_pipe_is_published(home: Installation) -> None:
    to = home.run("manage", "shell", "-c", PLANT, TERRAIN_MAIL_ADDRESS=ADDRESS).stdout.split()[-1]
    raw = letter(
        "Samira <samira@rivoire.example>", "list@elsewhere.example", "Bonjour.", "La presse", "", "cp1252"
    )
    for _ in range(2):
        result = hand_over(raw, to, home)
        assert (result.returncode, result.stdout, result.stderr) == (os.EX_OK, b"", b"")
    said = home.run("manage", "shell", "-c", SAID).stdout
    assert said.splitlines()[-1] == "[('Samira Benali', 'La presse', '<p>Bonjour.</p>')]"


@pytest.mark.parametrize(
    "setting",
    [
        {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/terrain"},
        {"DATABASE_URL": "mysql://127.0.0.1/terrain"},
        {"TERRAIN_HOME": "/dev/null/terrain"},
        {"TERRAIN_MAIL_ADDRESS": "terrain@example.org"},
    ],
)
def test_what_cannot_be_taken_now_is_to_be_handed_over_again(tmp_path: Path, setting: dict[str, str]) -> None:
    nowhere = Installation(tmp_path / "home")
    result = hand_over(letter("a@b.example", "terrain+x@terrain.example"), "", nowhere, **setting)
    assert result.returncode == os.EX_TEMPFAIL
    assert result.stderr.count(b"\n") == 1, "and why, in one sentence"


def test_doctor_says_whether_mails_come_in(home: Installation) -> None:
    assert "well  No TERRAIN_MAIL_ADDRESS is set: nobody writes by mail." in home.run("doctor").stdout
    told = home.run("doctor", TERRAIN_MAIL_ADDRESS=ADDRESS).stdout
    assert f"well  People write to {ADDRESS}: they come through `terrain mail take`; the last mail" in told
    mailbox = "imap://terrain:x@127.0.0.1:1/INBOX"
    told = home.run("doctor", TERRAIN_MAIL_ADDRESS=ADDRESS, TERRAIN_MAIL_IN=mailbox).stdout
    assert "its mailbox was not read yet" in told
    result = home.run("doctor", TERRAIN_MAIL_IN=mailbox)
    assert result.returncode == 1
    assert "ILL   TERRAIN_MAIL_IN names a mailbox, but TERRAIN_MAIL_ADDRESS is not set" in result.stdout
    fail = (
        "from django.utils import timezone; from datetime import timedelta; from terrain.mail.receiving import *;"
        "could_not_look(timezone.now() - timedelta(hours=1), 'OSError: no route')"
    )
    assert home.run("manage", "shell", "-c", fail).returncode == 0
    result = home.run("doctor", TERRAIN_MAIL_ADDRESS=ADDRESS, TERRAIN_MAIL_IN=mailbox)
    assert result.returncode == 1
    assert "The mailbox cannot be read since" in result.stdout
    assert "OSError: no route" in result.stdout
