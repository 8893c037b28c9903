"""The database stops while people write: a page says so and gives back what was written, and nothing is half there."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from terrain.conversations.models import Conversation, Message
from tests.cast import Cast, gather
from tests.config.installation import eventually

pytestmark = pytest.mark.django_db(transaction=True)

FRENCH, ENGLISH = {"Accept-Language": "fr"}, {"Accept-Language": "en"}
WRITTEN = "Le four s’est arrêté à 4 h,\n& personne n’a été <prévenu>."


@pytest.fixture
def cast() -> Cast:
    """The cast, in the database for good: connections come and go here."""
    return gather()


def browser(cast: Cast) -> Client:
    """Loïc's browser, which shows a page where something broke."""
    client = cast.client(cast.loic)
    client.raise_request_exception = False
    return client


@contextmanager
def elsewhere() -> Iterator["psycopg.Cursor[tuple[object, ...]]"]:
    """Another connection to the same server, to another database."""
    with psycopg.connect(**server() | {"dbname": "postgres"}, autocommit=True) as connected:
        yield connected.cursor()


def server() -> dict[str, Any]:
    """How the database is reached."""
    return {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}


@contextmanager
def database_refusing() -> Iterator[None]:
    """The server runs, and lets nobody into this database any more."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with elsewhere() as another:
        another.execute(f'alter database "{name}" allow_connections false')
        try:
            yield
        finally:
            another.execute(f'alter database "{name}" allow_connections true')


def given_back(page: str) -> dict[str, str]:
    """What the form of a page would send again."""
    body = re.search(r'<textarea name="body"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {"body": unescape(body[1])} | hidden if body else hidden


def test_what_was_written_is_given_back_and_arrives_once_when_sent_again(cast: Cast) -> None:
    client, path = browser(cast), f"/conversations/{cast.in_open.pk}/messages"
    with database_refusing():
        answer = client.post(path, {"body": WRITTEN, "key": str(uuid.uuid4())}, headers=FRENCH)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "La base de données ne répond pas pour l’instant." in page
    sent_again = given_back(page)
    assert sent_again["body"] == WRITTEN
    assert f'action="{path}"' in page
    for _ in range(2):
        assert client.post(path, sent_again).status_code == 302
    assert cast.in_open.messages.count() == 3
    assert cast.in_open.messages.get(number=3).body.startswith("<p>Le four s’est arrêté à 4 h,<br>&amp;")


def test_a_page_that_is_only_read_says_so_too_and_works_again_afterwards(cast: Cast) -> None:
    client = browser(cast)
    with database_refusing():
        answer = client.get("/people?q=samira", headers=ENGLISH)
    assert answer.status_code == 503
    assert "Terrain is out of breath" in answer.content.decode()
    assert 'href="/people?q=samira"' in answer.content.decode()
    assert "Samira Benali" in client.get("/people?q=samira").content.decode()


def test_a_connection_that_was_ended_is_forgotten(cast: Cast) -> None:
    client, path = browser(cast), f"/conversations/{cast.in_open.pk}/messages"
    client.get("/")
    with elsewhere() as another:
        another.execute("select pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    answer = client.post(path, {"body": WRITTEN}, headers=ENGLISH)
    assert answer.status_code == 503
    assert given_back(answer.content.decode())["body"] == WRITTEN
    assert client.post(path, {"body": WRITTEN}).status_code == 302


def test_the_language_chosen_in_the_settings_is_spoken_even_then(cast: Cast) -> None:
    client = browser(cast)
    client.post("/settings", {"language": "fr", "theme": ""}, headers=ENGLISH)
    with database_refusing():
        answer = client.get("/", headers=ENGLISH)
    assert '<html lang="fr">' in answer.content.decode()
    assert "Terrain est à bout de souffle" in answer.content.decode()


def test_a_message_cut_off_in_the_middle_leaves_nothing_behind(cast: Cast) -> None:
    """The database hangs up while the reply waits to be written, once it is known who writes."""
    cast.loic.language = "fr"
    cast.loic.save()
    client, path = browser(cast), f"/conversations/{cast.in_open.pk}/messages"
    client.get("/")
    writer = connection.connection.info.backend_pid
    before = Conversation.unscoped.values().get(pk=cast.in_open.pk)
    with psycopg.connect(**server()) as other, elsewhere() as another:
        other.execute("select from conversations_conversation where id = %s for update", [cast.in_open.pk])

        def waits() -> bool:
            another.execute("select wait_event_type = 'Lock' from pg_stat_activity where pid = %s", [writer])
            return another.fetchone() == (True,)

        def hang_up() -> None:
            eventually(waits)
            another.execute("select pg_terminate_backend(%s, 5000)", [writer])

        hanging_up = Thread(target=hang_up)
        hanging_up.start()
        answer = client.post(path, {"body": WRITTEN}, headers=ENGLISH)
        hanging_up.join()
    assert answer.status_code == 503
    assert "Ce que vous avez envoyé n’a pas été publié." in answer.content.decode()
    assert Message.unscoped.filter(conversation=cast.in_open).count() == 2
    assert Conversation.unscoped.values().get(pk=cast.in_open.pk) == before
