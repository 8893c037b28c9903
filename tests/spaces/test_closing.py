"""An open space closes after seven days of notice, what was said before stays open; a closed one opens when empty."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terrain.conversations.feed import feed, in_space, opened_by
from terrain.conversations.following import follow
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.spaces.closing import (
    NOTICE,
    HoldsClosedWords,
    NotClosed,
    NotOpen,
    announce_closing,
    close_what_is_due,
    open_up,
)
from terrain.spaces.jobs import close
from terrain.spaces.models import Change, Closing, Openness, Space
from terrain.spaces.opening import open_space
from tests.cast import Cast
from tests.house.test_strangers_walk import SEEN_BY_NAME, walk
from tests.spaces.test_archiving import grown

WHY = "Nous y parlerons de dossiers personnels."


def closed(cast: Cast) -> Conversation:
    """Close the open space; returns a conversation that is begun in it afterwards."""
    announce_closing(cast.open, cast.samira, WHY)
    assert close_what_is_due(timezone.now() + NOTICE) == 1
    cast.open.refresh_from_db()
    assert cast.open.openness == Openness.CLOSED
    return open_conversation(
        cast.open, cast.samira, "<p>Le dossier de Paul.</p>", title="Entre nous désormais"
    )


def test_closing_is_announced_to_all_seven_days_before(cast: Cast) -> None:
    grown(cast.open)
    path = f"/spaces/{cast.open.pk}/openness"
    answer = cast.client(cast.ines).post(path, {"why": WHY})
    assert answer.headers["Location"] == f"/spaces/{cast.open.pk}"
    for person in (cast.marek, cast.loic):
        page = cast.client(person).get(f"/spaces/{cast.open.pk}").content.decode()
        assert all(said in page for said in (WHY, "This space closes on", cast.ines.name))
    announcement = Conversation.unscoped.latest("pk")
    assert (announcement.space, announcement.author) == (cast.open, cast.ines)
    assert WHY in announcement.messages.get().body
    assert feed(cast.loic).listed[0].id == announcement.pk
    closing = Closing.objects.get()
    assert closing.closes_at - closing.announced_at == timedelta(days=7)


def test_it_does_not_close_a_minute_sooner(cast: Cast) -> None:
    closing = announce_closing(cast.open, cast.samira, WHY)
    assert close_what_is_due(closing.closes_at - timedelta(minutes=1)) == 0
    close(0)
    cast.open.refresh_from_db()
    assert cast.open.openness == Openness.OPEN


def test_any_member_calls_it_off(cast: Cast) -> None:
    announce_closing(cast.open, cast.samira, WHY)
    path = f"/spaces/{cast.open.pk}/openness"
    assert cast.client(cast.marek).delete(path).status_code == 404
    assert Closing.objects.exists()
    assert cast.client(cast.loic).delete(path).status_code == 302
    assert close_what_is_due(timezone.now() + NOTICE) == 0
    assert list(Change.objects.values_list("before", "after", "person")) == [
        ("closing", "open", cast.loic.pk),
        ("open", "closing", cast.samira.pk),
    ]


def test_it_takes_a_reason_and_a_space_that_is_open_and_settled(cast: Cast) -> None:
    path = f"/spaces/{cast.open.pk}/openness"
    assert "Say in a sentence why." in cast.client(cast.samira).post(path, {"why": ""}).content.decode()
    answer = cast.client(cast.loic).post(path, {"why": WHY})
    assert answer.status_code == 422
    assert "it is settling in" in answer.content.decode()
    with pytest.raises(NotOpen):
        announce_closing(cast.closed, cast.samira, WHY)
    assert not Closing.objects.exists()


def test_what_was_said_before_stays_open_to_strangers(cast: Cast) -> None:
    new = closed(cast)
    browser = cast.client(cast.marek)
    page = browser.get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert "La sonde est décalée." in page
    assert "it was opened before its space closed" in page
    assert browser.get(f"/messages/{cast.first(cast.in_open).pk}").status_code == 302
    listed = browser.get(f"/spaces/{cast.open.pk}").content.decode()
    assert cast.in_open.title in listed
    assert new.title not in listed
    assert (
        browser.post(f"/conversations/{cast.in_open.pk}/messages", {"body": "Et la mienne ?"}).status_code
        == 302
    )
    assert Message.unscoped.filter(conversation=cast.in_open, author=cast.marek).exists()
    follow(cast.in_open, cast.marek)
    assert [each.id for each in feed(cast.marek).listed] == [cast.in_open.pk]
    before = {each.id for each in opened_by(cast.samira.pk, cast.marek).listed}
    assert cast.in_open.pk in before
    assert new.pk not in before


def test_what_is_said_since_is_for_its_members_alone(cast: Cast) -> None:
    new = closed(cast)
    follow(new, cast.marek)
    for path in (
        f"/conversations/{new.pk}",
        f"/messages/{new.messages.get().pk}",
        f"/spaces/{cast.open.pk}/members",
    ):
        assert cast.client(cast.marek).get(path).status_code == 404
        assert cast.client(cast.ines).get(path).status_code in (200, 302)
    assert new not in Conversation.visible_to(cast.marek)
    assert new in Conversation.visible_to(cast.ines)
    assert new.pk not in {each.id for each in feed(cast.marek).listed}
    assert new.pk not in {each.id for each in in_space(cast.open.pk, cast.marek, readable=False).listed}
    assert new.pk in {each.id for each in in_space(cast.open.pk, cast.ines).listed}


def test_the_stranger_s_walk_finds_nothing_of_what_is_said_since(cast: Cast) -> None:
    """In the closed space of the cast, as if it had been open before, with something kept from then."""
    kept = open_conversation(
        cast.closed, cast.samira, "<p>Bonjour à toutes et tous.</p>", title="Au temps d’avant"
    )
    Conversation.unscoped.filter(pk=kept.pk).update(is_kept_open=True)
    assert kept.title in cast.client(cast.marek).get(f"/spaces/{cast.closed.pk}").content.decode()
    assert walk(cast, cast.marek, cast.closed, but=SEEN_BY_NAME) == []


def test_its_lists_say_that_it_is_closed(cast: Cast) -> None:
    cast.client(cast.loic).get("/spaces")
    closed(cast)
    page = cast.client(cast.loic).get(f"/spaces/{cast.open.pk}").content.decode()
    assert "Closed space" in page
    card = cast.client(cast.loic).get("/spaces").content.decode().split("<main")[1].split(cast.open.name)[1]
    assert "Closed space" in card.split("</h2>")[0]


def test_a_closed_space_that_holds_closed_words_is_not_opened(cast: Cast) -> None:
    answer = cast.client(cast.claire).post(f"/spaces/{cast.closed.pk}/openness")
    assert answer.status_code == 422
    assert "said among members, and stays so" in answer.content.decode()
    closed(cast)
    with pytest.raises(HoldsClosedWords):
        open_up(cast.open, cast.samira)
    cast.open.refresh_from_db()
    assert cast.open.openness == Openness.CLOSED


def test_a_closed_space_where_nothing_was_said_opens_at_once(cast: Cast) -> None:
    empty = open_space("Essais", "", Openness.CLOSED, cast.samira)
    cast.client(cast.samira).post(f"/spaces/{empty.pk}/openness")
    empty.refresh_from_db()
    assert empty.openness == Openness.OPEN


def test_one_that_closed_opens_again_as_long_as_nothing_was_said_since(cast: Cast) -> None:
    closed(cast).delete()
    reply(cast.in_open, cast.loic, "<p>Toujours ouverte.</p>")
    open_up(cast.open, cast.loic)
    cast.in_open.refresh_from_db()
    assert not cast.in_open.is_kept_open
    assert cast.in_open in Conversation.visible_to(cast.marek)
    later = open_conversation(cast.open, cast.samira, "<p>À découvert.</p>")
    assert later in Conversation.visible_to(cast.marek)


def test_a_secret_space_stays_secret(cast: Cast) -> None:
    assert (
        cast.client(cast.samira).post(f"/spaces/{cast.secret.pk}/openness", {"why": WHY}).status_code == 422
    )
    with pytest.raises(NotClosed):
        open_up(cast.secret, cast.samira)
    assert Space.unscoped.get(pk=cast.secret.pk).openness == Openness.SECRET
