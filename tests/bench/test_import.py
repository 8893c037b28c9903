"""`terrain bench import`: an archive taken in by the command itself, in a database that is gone afterwards."""

import json
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from bench import databases
from terrain.config.trouble import Trouble
from tests.bench.measuring import run

ARCHIVE = [
    {"type": "archive", "version": 1, "name": "Two voices"},
    {"type": "person", "id": "a", "name": "Aïcha"},
    {"type": "person", "id": "b", "name": "Bruno"},
    {"type": "space", "id": "s", "name": "Quai", "openness": "open"},
    {
        "type": "conversation",
        "id": "c",
        "space": "s",
        "kind": "post",
        "title": "La porte",
        "author": "a",
        "at": "2026-01-05T08:00:00Z",
    },
    {
        "type": "message",
        "id": "1",
        "conversation": "c",
        "author": "a",
        "at": "2026-01-05T08:00:00Z",
        "body": "Elle coince.",
    },
    {
        "type": "message",
        "id": "2",
        "conversation": "c",
        "author": "b",
        "at": "2026-01-05T08:04:00Z",
        "body": "J’arrive.",
        "reply_to": "1",
    },
]


def is_there(database: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists(select from pg_database where datname = %s)", [database])
        return bool(cursor.fetchone()[0])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in ARCHIVE))
    return path


@pytest.mark.usefixtures("django_db_setup")
def test_messages_a_second_beside_a_bare_copy(archive: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        done = run("import", str(archive), "--json")
        assert not is_there(databases.named("import"))
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    rows = {row["what"]: row for row in found["rows"]}
    assert rows["import"]["unit"] == "messages/s"
    assert 0 < rows["import"]["value"] < rows["import"]["floor"]
    assert rows["message records"]["value"] == 2
    assert rows["person records"]["value"] == 2


@pytest.mark.django_db
def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no archive"):
        run("import", str(tmp_path / "nowhere.jsonl"))


@pytest.mark.usefixtures("django_db_setup")
def test_a_broken_archive_is_not_measured(archive: Path, django_db_blocker: DjangoDbBlocker) -> None:
    archive.write_text(archive.read_text() + "not a record\n")
    with django_db_blocker.unblock(), pytest.raises(Trouble, match="not taken in whole"):
        run("import", str(archive))
    with django_db_blocker.unblock():
        assert not is_there(databases.named("import"))
