"""Catching up: what was not read, by conversation, with its minutes; what is old is folded; and being done with it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from terrain.catchup.listing import catch_up, most_followed
from terrain.conversations.following import follow
from terrain.conversations.models import Conversation, Message
from terrain.conversations.muting import mute
from terrain.conversations.opening import open_conversation
from terrain.conversations.reading import Reading, read_up_to
from terrain.conversations.replying import reply
from terrain.conversations.unread import read_all, unread
from terrain.conversations.withdrawing import withdraw
from terrain.direct.talking import begin as write_to
from terrain.notifications.models import Notification
from terrain.notifications.telling import tell
from terrain.people.models import Person
from terrain.spaces.joining import join
from tests.cast import Cast, person
from tests.house.addresses import said_by
from tests.kept import forget_pages


def titles(who: Person, at: datetime | None = None) -> list[str]:
    """The conversations in which they have something to read."""
    return [each.title for each in unread(who, "en", at)]


def said(cast: Cast, n: int, words: str = "Trois degrés de trop.") -> list[Conversation]:
    """Loïc opens so many conversations in Samira's space."""
    return [open_conversation(cast.open, cast.loic, f"<p>{words}</p>", title=f"Ligne {k}") for k in range(n)]


@pytest.fixture
def caught_up(cast: Cast) -> Cast:
    """Samira has read everything that there is."""
    read_all(cast.samira, timezone.now() + timedelta(seconds=1))
    assert titles(cast.samira) == []
    return cast


def test_what_others_said_since_is_counted_with_its_minutes(caught_up: Cast) -> None:
    cast = caught_up
    (here,) = said(cast, 1, "mot " * 399 + "mot")
    reply(here, cast.claire, "<p>Vu.</p>")
    (found,) = unread(cast.samira, "en")
    assert (found.title, found.messages, found.first_number, found.last_number) == ("Ligne 0", 2, 1, 2)
    assert abs(found.words - 401) <= 2
    assert catch_up(cast.samira, "en", timezone.now()).minutes == 2
    read_up_to(here, cast.samira, 1)
    (found,) = unread(cast.samira, "en")
    assert (found.messages, found.first_number, found.author, found.said) == (
        1,
        2,
        "Claire Fontaine",
        "<p>Vu.</p>",
    )
    reply(here, cast.samira, "<p>Merci.</p>")
    assert titles(cast.samira) == [], "who answers has read"


def test_one_s_own_words_those_withdrawn_and_what_is_muted_wait_for_nobody(caught_up: Cast) -> None:
    cast = caught_up
    open_conversation(cast.open, cast.samira, "<p>De moi.</p>", title="À moi")
    silent, gone = said(cast, 2)
    mute(silent, cast.samira)
    reply(gone, cast.claire, "<p>Oui.</p>")
    read_up_to(gone, cast.samira, 2)
    withdraw(reply(gone, cast.loic, "<p>Pardon.</p>"), cast.loic)
    assert titles(cast.samira) == []


def test_what_is_said_directly_waits_too_and_what_one_may_not_read_never(caught_up: Cast) -> None:
    cast = caught_up
    write_to(cast.loic, [cast.samira], "<p>Tu viens ?</p>")
    (found,) = unread(cast.samira, "en")
    assert (found.title, found.space, found.messages) == ("Loïc Morvan", None, 1)
    assert "Tu viens" not in str(unread(cast.ines, "en"))
    everything = {
        each.conversation_id for who in (cast.samira, cast.ines, cast.loic) for each in unread(who, "en")
    }
    for who in (cast.samira, cast.ines, cast.loic):
        readable = set(Conversation.visible_to(who).values_list("pk", flat=True))
        assert {each.conversation_id for each in unread(who, "en")} <= readable
    assert everything


def test_who_joins_has_not_to_read_all_that_was_ever_said(cast: Cast) -> None:
    (old,) = said(cast, 1)
    newcomer = person("Nora Lefort")
    join(cast.open, newcomer)
    assert titles(newcomer) == []
    reply(old, cast.claire, "<p>Et depuis ?</p>")
    (found,) = [each for each in unread(newcomer, "en") if each.conversation_id == old.pk]
    assert found.messages == 1, "what was said before is not counted"


def test_being_done_up_to_what_the_page_showed(caught_up: Cast) -> None:
    cast = caught_up
    said(cast, 2)
    tell(Message.unscoped.get(conversation__title="Ligne 1").pk)
    client = cast.client(cast.samira)
    page = said_by(client.get("/catch-up"))
    assert "2 conversations · 2 messages · 1 min to read" in page
    shown = timezone.now()
    (late,) = [open_conversation(cast.open, cast.loic, "<p>Tard.</p>", title="Après")]
    assert client.post("/catch-up", query_params={"until": shown.isoformat()}).status_code == 302
    assert titles(cast.samira) == [late.title], "what came while one read the page is not lost"
    assert not Notification.objects.filter(person=cast.samira, conversation__title="Ligne 1").exists()
    for wrong in ("", "hier", "2026-12-01", "9999-12-31T23:59:59+00:00"):
        assert client.post("/catch-up", query_params={"until": wrong}).status_code == 302
    assert titles(cast.samira) == []


def test_keeping_the_five_that_most_people_follow(caught_up: Cast) -> None:
    cast = caught_up
    here = said(cast, 8)
    for each in here[:5]:
        follow(each, cast.claire)
    assert sorted(most_followed(cast.samira, "en", timezone.now())) == [each.pk for each in here[:5]]
    client = cast.client(cast.samira)
    assert "Keep the 5 most followed" in said_by(client.get("/catch-up"))
    client.post("/catch-up", query_params={"until": timezone.now().isoformat(), "keep": "1"})
    assert sorted(titles(cast.samira)) == [f"Ligne {n}" for n in range(5)]
    assert "Keep the 5" not in said_by(client.get("/catch-up"))


def test_what_is_older_than_two_weeks_is_folded(caught_up: Cast) -> None:
    cast = caught_up
    old, new = said(cast, 2)
    long_ago = timezone.now() - timedelta(days=15)
    Message.unscoped.filter(conversation=old).update(written_at=long_ago)
    Conversation.unscoped.filter(pk=old.pk).update(last_activity_at=long_ago)
    join_date = timezone.now() - timedelta(days=400)
    cast.open.memberships.filter(person=cast.samira).update(joined_at=join_date)
    found = catch_up(cast.samira, "en", timezone.now())
    assert [each.title for each in found.lately] == [new.title]
    assert old.title in [each.title for each in found.older]
    client = cast.client(cast.samira)
    page = client.get("/catch-up").content.decode()
    assert page.index('<details class="older">') < page.index(old.title)
    client.post("/catch-up", query_params={"until": (timezone.now() - timedelta(days=14)).isoformat()})
    assert titles(cast.samira) == [new.title]


def test_the_feed_says_the_way(cast: Cast) -> None:
    forget_pages()
    assert 'href="/catch-up"' in cast.client(cast.samira).get("/").content.decode()


def test_nobody_reads_what_another_has_not_read(cast: Cast) -> None:
    """The page asks for oneself alone: no address names anybody else."""
    said(cast, 1)
    mine = cast.client(cast.samira).get("/catch-up", {"person": cast.loic.pk}).content
    assert b"Ligne 0" in mine
    assert not Reading.of(cast.samira).filter(conversation__title="Ligne 0").exists(), "a look is no reading"
