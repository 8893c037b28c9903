"""What each page asks the database: as much for one thing as for twenty, and the table below says how much."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from terrain.conversations.editing import edit
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import react
from terrain.conversations.replying import reply
from terrain.people.models import Unit
from terrain.spaces.joining import join
from terrain.spaces.models import Openness, Space
from tests.cast import Cast, person
from tests.kept import forget_pages

QUERIES = {
    # page: how many questions, session and person included: the first time, and once its parts are kept.
    "feed": (7, 2),
    "space": (11, 8),
    "conversation": (9, 2),
    "edits": (4, 3),
    "new_post": (5, 4),
    "people": (4, 3),
    "person": (15, 12),
    "unit": (6, 5),
    "chart": (6, 5),
    "spaces": (4, 3),
    "members": (6, 5),
}
"""Drawn once, the feed may ask 4 and a conversation 6, at most. The first time, each folder that shows something on
cards or with messages asks once for all of them. What changes here is to be seen in review."""

PATHS: dict[str, Callable[[Cast], str]] = {
    "feed": lambda cast: "/",
    "space": lambda cast: f"/spaces/{cast.open.pk}",
    "conversation": lambda cast: f"/conversations/{cast.in_open.pk}",
    "edits": lambda cast: f"/messages/{cast.first(cast.in_open).pk}/edits",
    "new_post": lambda cast: "/posts/new",
    "people": lambda cast: "/people",
    "unit": lambda cast: f"/units/{cast.workshop.pk}",
    "chart": lambda cast: f"/chart/{cast.workshop.pk}",
    "person": lambda cast: f"/people/{cast.samira.pk}",
    "spaces": lambda cast: "/spaces",
    "members": lambda cast: f"/spaces/{cast.open.pk}/members",
}


def twenty_of_everything(cast: Cast) -> None:
    """Twenty more people, units, spaces, conversations, messages, replies to them, and signs on them."""
    first = cast.first(cast.in_open)
    Unit.objects.bulk_create([Unit(name=f"Ligne {n}", parent=cast.workshop) for n in range(20)])
    for n, unit in enumerate(Unit.objects.filter(parent=cast.workshop)):
        somebody = person(f"Renfort {n}", unit, manager=cast.samira)
        join(cast.open, somebody)
        message = reply(cast.in_open, somebody, f"<p>Pareil sur la ligne {n}.</p>", reply_to=first)
        for emoji in ("👍", "🙏"):
            react(first, somebody, emoji)
            react(message, cast.ines, emoji)
        answered = reply(
            open_conversation(cast.open, cast.samira, f"<p>Point {n}</p>"), somebody, "<p>Vu.</p>"
        )
        react(answered.conversation.messages.get(number=1), somebody, "👀")
        edit(first, cast.samira, f"<p>Elle colle depuis {n} jours.</p>")
        space = Space.unscoped.create(name=f"Ligne {n}", openness=Openness.OPEN, opened_by=cast.samira)
        join(space, cast.samira)
        if n % 2:
            join(space, cast.ines)


def asked(cast: Cast, page: str) -> tuple[int, int]:
    """How many questions a page of Inès's asks, the first time and the second."""
    client, path = cast.client(cast.ines), PATHS[page](cast)
    forget_pages()
    with CaptureQueriesContext(connection) as cold:
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as warm:
        assert client.get(path).status_code == 200
    return len(cold), len(warm)


def test_a_page_asks_as_much_for_one_thing_as_for_twenty(cast: Cast) -> None:
    assert {page: asked(cast, page) for page in QUERIES} == QUERIES
    twenty_of_everything(cast)
    assert {page: asked(cast, page) for page in QUERIES} == QUERIES


def test_feed_and_conversation_ask_little() -> None:
    assert QUERIES["feed"][1] <= 4
    assert QUERIES["conversation"][1] <= 6
