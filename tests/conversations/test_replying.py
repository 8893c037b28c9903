"""Replying: one more message at the end, counted, followed and read by who wrote it."""

import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from terrain.conversations.events import Replied
from terrain.conversations.models import Conversation, Following, Message, Reading
from terrain.conversations.opening import open_conversation
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.web.events import hear
from tests.cast import Cast, gather
from tests.conversations.counting import untrue_counts

T = TypeVar("T")

told: list[Replied] = []


@hear(Replied)
def remember(event: Replied) -> None:
    told.append(event)


def test_a_reply_is_the_next_message_and_makes_its_author_a_voice(cast: Cast) -> None:
    told.clear()
    message = reply(cast.in_open, cast.ines, "<p>J’arrive.</p>")
    assert message.number == 3
    cast.in_open.refresh_from_db()
    assert (cast.in_open.message_count, cast.in_open.voice_count) == (3, 3)
    assert Following.objects.filter(conversation=cast.in_open, person=cast.ines).exists()
    assert Reading.of(cast.ines).get(conversation=cast.in_open).number == 3
    assert told == [Replied(cast.in_open.pk, cast.open.pk, message.pk)]
    assert untrue_counts() == []


def test_who_speaks_twice_is_one_voice(cast: Cast) -> None:
    for _ in range(3):
        reply(cast.in_open, cast.loic, "<p>Encore moi.</p>")
    cast.in_open.refresh_from_db()
    assert (cast.in_open.message_count, cast.in_open.voice_count) == (5, 2)
    assert untrue_counts() == []


def test_a_reply_raises_the_version_that_lists_are_drawn_by(cast: Cast) -> None:
    before = cast.in_open.version
    reply(cast.in_open, cast.ines, "<p>J’arrive.</p>")
    cast.in_open.refresh_from_db()
    assert cast.in_open.version > before


def test_a_reply_goes_to_a_message_of_its_own_conversation(cast: Cast) -> None:
    message = reply(cast.in_open, cast.ines, "<p>Oui.</p>", reply_to=cast.first(cast.in_open))
    assert message.reply_to == cast.first(cast.in_open)
    with pytest.raises(ValueError, match="its own conversation"):
        reply(cast.in_open, cast.loic, "<p>Non.</p>", reply_to=cast.first(cast.in_secret))
    assert untrue_counts() == []


def test_the_same_form_sent_twice_is_one_message(cast: Cast) -> None:
    told.clear()
    key = uuid.uuid4()
    messages = {reply(cast.in_open, cast.ines, body, key=key) for body in ("<p>Oui.</p>", "<p>Oui !</p>")}
    assert [message.body for message in messages] == ["<p>Oui.</p>"]
    assert len(told) == 1
    assert untrue_counts() == []


def test_a_reply_quotes_what_it_answers(cast: Cast) -> None:
    browser, asked = cast.client(cast.ines), cast.first(cast.in_open)
    page = browser.get(f"/conversations/{cast.in_open.pk}?reply_to={asked.pk}").content.decode()
    form = page.split('id="write"')[1]
    assert f'name="reply_to" value="{asked.pk}"' in form
    assert "Elle colle depuis lundi" in form

    sent = {"body": "Depuis mardi, chez nous.", "reply_to": asked.pk}
    answer = browser.post(f"/conversations/{cast.in_open.pk}/messages", sent)
    assert answer.headers["Location"] == f"/conversations/{cast.in_open.pk}?around=3#m3"
    drawn = (
        browser.get(answer.headers["Location"]).content.decode().split('id="m3"')[1].split("</article>")[0]
    )
    quote = re.search(r'<blockquote class="quote"[^>]*>.*?</blockquote>', drawn, re.DOTALL)
    assert quote
    assert "Samira Benali" in quote[0]
    assert "Elle colle depuis lundi, à 182 °C." in quote[0]


def test_a_reply_to_a_message_elsewhere_is_a_reply_to_the_whole(cast: Cast) -> None:
    hidden = cast.first(cast.in_secret)
    browser = cast.client(cast.ines)
    page = browser.get(f"/conversations/{cast.in_open.pk}?reply_to={hidden.pk}").content.decode()
    assert "repreneur" not in page
    assert "jeudi soir" not in page
    sent = {"body": "Oui.", "reply_to": hidden.pk}
    assert browser.post(f"/conversations/{cast.in_open.pk}/messages", sent).status_code == 302
    assert Message.unscoped.get(conversation=cast.in_open, number=3).reply_to is None


def test_the_page_sends_the_same_key_again_when_its_form_is_refused(cast: Cast) -> None:
    browser, path = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}/messages"
    key = str(uuid.uuid4())
    asked = cast.first(cast.in_open).pk
    page = browser.post(path, {"body": " ", "key": key, "reply_to": asked}).content.decode()
    assert f'name="key" value="{key}"' in page
    assert f'name="reply_to" value="{asked}"' in page


@pytest.mark.parametrize("key", ["", "not-a-key", "\0", "9" * 5000])
def test_a_form_whose_key_is_lost_or_spoilt_is_written_all_the_same(cast: Cast, key: str) -> None:
    answer = cast.client(cast.ines).post(
        f"/conversations/{cast.in_open.pk}/messages", {"body": "Oui.", "key": key}
    )
    assert answer.status_code == 302
    assert cast.in_open.messages.count() == 3


def at_once(number: int, act: Callable[[int], T]) -> list[T]:
    """Do it in as many threads, each with its own connection, all starting together."""
    barrier = Barrier(number)

    def one(which: int) -> T:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            return act(which)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_one_message() -> None:
    cast, key = gather(), uuid.uuid4()
    messages = at_once(4, lambda _: reply(cast.in_open, cast.ines, "<p>Oui.</p>", key=key).pk)
    assert len(set(messages)) == 1
    assert cast.in_open.messages.count() == 3
    assert untrue_counts() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_form_opening_a_conversation_twice_at_once_opens_one() -> None:
    cast, key = gather(), uuid.uuid4()
    opened = at_once(4, lambda _: open_conversation(cast.open, cast.ines, "<p>Oui.</p>", key=key).pk)
    assert len(set(opened)) == 1
    assert Conversation.unscoped.filter(space=cast.open).count() == 2
    assert untrue_counts() == []


@pytest.mark.django_db(transaction=True)
def test_replies_at_once_each_have_a_number_of_their_own() -> None:
    cast = gather()
    people = (cast.samira, cast.loic, cast.ines, cast.claire)
    numbers = at_once(8, lambda which: reply(cast.in_open, people[which % 4], f"<p>{which}</p>").number)
    assert sorted(numbers) == list(range(3, 11))
    assert untrue_counts() == []


@pytest.mark.django_db(transaction=True)
def test_who_reads_never_waits_for_who_replies() -> None:
    cast = gather()

    def read(_: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '2s'")
        read_up_to(cast.in_open, cast.marek, 2)

    def meanwhile(_: Message) -> None:
        at_once(1, read)

    # Each waiting for the other would be a deadlock: one of the two would lose what they wrote.
    reply(cast.in_open, cast.ines, "<p>Oui.</p>", key=uuid.uuid4(), then=meanwhile)
    assert Reading.of(cast.marek).get(conversation=cast.in_open).number == 2
