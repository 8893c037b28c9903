"""A host's desk: what waits in the spaces that one looks after, and nothing of any other."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terrain.conversations.models import Conversation
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.hosting.desk import desk
from terrain.hosting.hosting import hosted_by, volunteer
from terrain.hosting.summing_up import sum_up
from terrain.people.models import Person
from terrain.spaces.joining import join
from terrain.spaces.models import Membership, Space
from tests.cast import Cast, person

LONG_AGO = timedelta(days=400)


def settled(cast: Cast) -> datetime:
    """Everybody of the cast has been here for long; Inès looks after the open space."""
    now = timezone.now()
    Person.objects.update(joined_at=now - LONG_AGO)
    Membership.objects.update(joined_at=now - LONG_AGO)
    volunteer(cast.open, cast.ines, at=now - timedelta(days=1))
    return now


def test_what_nobody_has_answered_for_48_hours_waits(cast: Cast) -> None:
    now = settled(cast)
    asked = open_conversation(cast.open, cast.loic, "<p>Qui a la clé ?</p>")
    open_conversation(cast.closed, cast.loic, "<p>Et le badge ?</p>")
    assert desk(cast.ines, now).is_clear
    later = now + timedelta(hours=49)
    assert list(desk(cast.ines, later).unanswered) == [asked]
    assert not desk(cast.loic, later).hosted
    reply(asked, cast.samira, "<p>Moi.</p>")
    assert desk(cast.ines, later).is_clear


def test_the_first_words_of_who_has_just_come_wait_for_a_welcome(cast: Cast) -> None:
    now = settled(cast)
    rose = person("Rose Petit")
    join(cast.open, rose)
    (arrived,) = desk(cast.ines, now + timedelta(minutes=1)).arrived
    assert arrived.person == rose
    hello = open_conversation(cast.open, rose, "<p>Bonjour à l’atelier.</p>")
    open_conversation(cast.open, rose, "<p>Encore moi.</p>")
    (first,) = desk(cast.ines, now).first_words
    assert (first.author, first.conversation) == (rose, hello)
    page = cast.client(cast.ines).get(f"/messages/{first.pk}/welcome").content.decode()
    assert "Welcome, Rose!" in page
    assert f'action="/conversations/{hello.pk}/messages"' in page
    assert cast.client(cast.loic).get(f"/messages/{first.pk}/welcome").status_code == 404
    known = cast.first(cast.in_open).pk
    assert cast.client(cast.ines).get(f"/messages/{known}/welcome").status_code == 404
    reply(hello, cast.ines, "<p>Bienvenue, Rose.</p>")
    assert not desk(cast.ines, now).first_words


def test_a_long_conversation_waits_to_be_summed_up_once(cast: Cast) -> None:
    now = settled(cast)
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(message_count=41)
    (long,) = desk(cast.ines, now).long
    assert long == cast.in_open
    cast.in_open.refresh_from_db()
    sum_up(cast.in_open, cast.ines, "La sonde.")
    assert not desk(cast.ines, now).long
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(message_count=82)
    assert desk(cast.ines, now).long


def test_a_space_that_has_been_quiet_for_four_weeks_waits(cast: Cast) -> None:
    now = settled(cast)
    assert not desk(cast.ines, now).quiet
    Space.unscoped.update(last_activity_at=now - timedelta(days=29))
    assert list(desk(cast.ines, now).quiet) == [cast.open]


def test_the_desk_says_when_nothing_waits_and_when_one_looks_after_nothing(cast: Cast) -> None:
    settled(cast)
    assert "Well done" in cast.client(cast.ines).get("/desk").content.decode()
    assert "You look after no space" in cast.client(cast.marek).get("/desk").content.decode()
    assert "/desk" in cast.client(cast.ines).get("/me", follow=True).content.decode()


def test_the_desk_asks_as_much_for_one_thing_as_for_twenty(cast: Cast) -> None:
    now = settled(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            found = desk(cast.ines, now + timedelta(days=3))
        assert not found.is_clear
        return len(questions)

    open_conversation(cast.open, cast.loic, "<p>Qui a la clé ?</p>")
    alone = asked()
    for n in range(20):
        somebody = person(f"Renfort {n}")
        join(cast.open, somebody)
        open_conversation(cast.open, somebody, f"<p>Bonjour {n}</p>")
        open_conversation(cast.open, cast.loic, f"<p>Point {n}</p>")
    assert asked() == alone == 5
    assert hosted_by(cast.ines).count() == 1
