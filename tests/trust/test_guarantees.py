"""The guarantees: ten, short, kept here; and each turns red where what it promises is broken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.utils import translation

from terrain.conversations.models import Conversation
from terrain.direct.talking import begin
from terrain.people.models import Session
from terrain.people.sessions import SessionStore
from terrain.spaces.archiving import archive
from terrain.trust import jobs, looking
from terrain.trust.guarantees import GUARANTEES, Looked, last_looked, look
from tests.cast import Cast, person

ROOT = Path(__file__).parent.parent.parent

Patch = pytest.MonkeyPatch


def sql(statement: str) -> Callable[[Cast, Patch], None]:
    """Breaks it by this statement."""

    def broken(cast: Cast, patch: Patch) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(statement)

    return broken


def a_session_of_two(cast: Cast, patch: Patch) -> None:
    store = SessionStore()
    store[SESSION_KEY] = str(cast.ines.pk)
    store.create()
    Session.objects.filter(session_key=store.session_key).update(person=cast.loic)


def everything_to_everybody(cast: Cast, patch: Patch) -> None:
    patch.setattr(Conversation, "visible_to", classmethod(lambda cls, reader: cls.unscoped.all()))


def nobody_leaves(cast: Cast, patch: Patch) -> None:
    patch.setattr(looking, "leave", lambda space, person: None)


BROKEN: dict[str, Callable[[Cast, Patch], None]] = {
    "published": sql("alter table conversations_message add column is_approved boolean"),
    "words": sql("alter table conversations_edit add column editor_id bigint references people_person (id)"),
    "name": a_session_of_two,
    "direct": everything_to_everybody,
    "spaces": everything_to_everybody,
    "reading": sql("alter table people_person add column last_seen timestamptz"),
    "leaving": nobody_leaves,
    "points": sql("alter table thanks_thanks add column points integer"),
    "power": sql(
        "alter table trust_entry disable trigger all; update trust_entry set reason = 'Q';"
        " alter table trust_entry enable trigger all"
    ),
    "for good": sql("alter table trust_entry disable trigger trust_entry_for_good"),
}


@pytest.fixture
def told(cast: Cast) -> Cast:
    """The cast, with a direct conversation, somebody signed in, and a line in the log."""
    begin(cast.loic, [person("Odile Perrin")], "<p>Le devis est dans le tiroir.</p>")
    cast.client(cast.samira).get("/")
    archive(cast.closed, cast.samira)
    return cast


def broken() -> set[str]:
    """The promises that a look finds broken."""
    return {guarantee.key for guarantee, looked in look() if not looked.is_kept}


def test_there_are_ten_in_250_words_each_with_a_test_that_is_there() -> None:
    assert len({each.key for each in GUARANTEES}) == 10
    for language in ("en", "fr"):
        with translation.override(language):
            assert sum(len(str(each.says).split()) for each in GUARANTEES) <= 250
    assert [each.test for each in GUARANTEES if not (ROOT / each.test).is_file()] == []


def test_all_are_kept_and_a_look_changes_nothing(told: Cast) -> None:
    members = told.open.memberships.count()
    assert broken() == set()
    assert told.open.memberships.count() == members, "those who were let go to try are still there"


@pytest.mark.parametrize("key", [each.key for each in GUARANTEES])
def test_each_turns_red_when_what_it_promises_is_broken(told: Cast, monkeypatch: Patch, key: str) -> None:
    BROKEN[key](told, monkeypatch)
    assert key in broken()
    monkeypatch.undo()
    page = told.client(told.ines).get("/guarantees").content.decode()
    assert "Broken here" in page.split(f'id="{key.replace(" ", "-")}"')[1].split("</li>")[0]


def test_the_page_says_when_each_was_looked_at(told: Cast) -> None:
    client = told.client(told.ines)
    assert client.get("/guarantees").content.decode().count("Not looked at here yet") == 10
    jobs.look(0)
    page = client.get("/guarantees").content.decode()
    assert page.count("just now") == page.count("Kept") == 10
    assert Looked.objects.count() == len(last_looked()) == 10
