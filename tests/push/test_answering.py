"""Answering from a notification: as whom it was for, once, and no word is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from terrain.conversations.models import Message
from terrain.conversations.pace import MESSAGES
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.conversations.writing import LONGEST
from terrain.drafts.draft import MOST
from terrain.drafts.models import Draft
from terrain.push.answering import key_for
from terrain.spaces.archiving import archive
from terrain.spaces.joining import leave
from tests.cast import Cast
from tests.house.addresses import said_by

KEY = "0190f3a6-7a6b-7c3e-9f52-0d0f3a1c2b4d"


def answer(client: Client, to: str, words: str, key: str = KEY, **more: str) -> Any:
    return client.post("/push/answers", {"to": to, "words": words, "key": key, **more})


def test_it_is_published_under_the_message_that_it_answers(cast: Cast) -> None:
    message = cast.answer(cast.in_open)
    given = answer(
        cast.client(cast.samira), key_for(cast.samira, message.pk), "Bien vu.\n\n2 < 3 & <b>non</b>"
    )
    assert given.status_code == 204
    said = Message.unscoped.latest("pk")
    assert (said.author, said.reply_to, said.conversation) == (cast.samira, message, cast.in_open)
    assert said.body == "<p>Bien vu.</p><p>2 &lt; 3 &amp; &lt;b&gt;non&lt;/b&gt;</p>", "what is typed is text"
    answer(cast.client(cast.samira), key_for(cast.samira, message.pk), "<b>non</b>", key=str(uuid4()))
    assert Message.unscoped.latest("pk").body == "<p>&lt;b&gt;non&lt;/b&gt;</p>"


def test_sent_twice_it_is_published_once(cast: Cast) -> None:
    client, to = cast.client(cast.samira), key_for(cast.samira, cast.answer(cast.in_open).pk)
    for _ in range(3):
        assert answer(client, to, "Bien vu.").status_code == 204
    assert answer(client, to, "Bien vu.", keep="1").status_code == 204, "nor is it kept once it is published"
    assert Message.unscoped.filter(conversation=cast.in_open).count() == 3
    assert not Draft.objects.exists()


def test_nobody_answers_by_what_another_was_given(cast: Cast) -> None:
    """A notification may still stand there when somebody else has signed in at that browser."""
    to = key_for(cast.samira, cast.answer(cast.in_open).pk)
    assert answer(cast.client(cast.loic), to, "Moi ?").status_code == 404
    assert answer(cast.client(cast.loic), to, "Moi ?", keep="1").status_code == 404
    assert answer(cast.client(), to, "Moi ?").status_code == 302
    assert Message.unscoped.filter(conversation=cast.in_open).count() == 2
    assert not Draft.objects.exists()


@pytest.mark.parametrize("to", ["", "x", "1/2", "1/2:x", "\0", "é" * 300])
def test_a_key_that_was_made_up_opens_nothing(cast: Cast, to: str) -> None:
    assert answer(cast.client(cast.samira), to, "Moi ?").status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "left"])
def test_what_can_no_longer_be_read_is_not_answered(cast: Cast, how: str) -> None:
    message = cast.answer(cast.in_closed)
    if how == "withdrawn":
        withdraw(message, cast.loic)
    else:
        leave(cast.closed, cast.samira)
    given = answer(cast.client(cast.samira), key_for(cast.samira, message.pk), "Trop tard")
    assert given.status_code == 404


def test_without_its_token_it_is_forged(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.samira)
    to = key_for(cast.samira, cast.answer(cast.in_open).pk)
    assert answer(client, to, "Bien vu.").status_code == 403
    token = client.get("/push/token").content.decode()
    sent = {"to": to, "words": "Bien vu.", "key": KEY}
    assert client.post("/push/answers", sent, headers={"X-CSRFToken": token}).status_code == 204
    elsewhere = {"X-CSRFToken": token, "Origin": "https://elsewhere.example"}
    assert client.post("/push/answers", {**sent, "key": str(uuid4())}, headers=elsewhere).status_code == 403


def refused(client: Client, cast: Cast, words: str) -> Any:
    """What is said of an answer that is not published, and the page to which it leads."""
    given = answer(client, key_for(cast.samira, cast.answer(cast.in_open).pk), words)
    assert given.status_code == 422
    said = given.json()
    return said["says"], client.get(said["url"])


def test_what_is_refused_says_why_and_its_words_wait_in_the_reply_box(cast: Cast) -> None:
    client = cast.client(cast.samira)
    for _ in range(MESSAGES):
        reply(cast.in_open, cast.samira, "<p>Encore.</p>")
    says, page = refused(client, cast, "Et un de plus.")
    assert says.startswith("You have published twenty messages within a minute.")
    form = said_by(page).split('id="write"')[1].split("</form>")[0]
    assert ">Et un de plus.</textarea>" in form
    assert f'name="reply_to" value="{cast.answer(cast.in_open).pk}"' in form
    assert Draft.objects.get().person == cast.samira


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("x" * (LONGEST + 1), "This message has 50,001 characters"),
        (" \u200b ", "There is nothing to read yet"),
        ("a\0b", "This is not text"),
    ],
)
def test_what_is_no_message_is_kept_with_the_reason(cast: Cast, words: str, says: str) -> None:
    client = cast.client(cast.samira)
    given = answer(client, key_for(cast.samira, cast.answer(cast.in_open).pk), words)
    assert (given.status_code, given.json()["says"][: len(says)]) == (422, says)


def test_in_an_archived_space_the_words_are_kept(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    given = answer(
        cast.client(cast.samira), key_for(cast.samira, cast.answer(cast.in_open).pk), "Trop tard ?"
    )
    assert given.status_code == 422
    assert Draft.objects.get().fields["body"] == ["Trop tard ?"]


def test_what_could_not_be_sent_is_kept_to_go_on_with(cast: Cast) -> None:
    client, to = cast.client(cast.samira), key_for(cast.samira, cast.answer(cast.in_open).pk)
    kept = answer(client, to, "Dans le tunnel.", keep="1")
    assert kept.status_code == 200
    page = said_by(client.get(kept.json()["url"]))
    assert ">Dans le tunnel.</textarea>" in page
    assert answer(client, to, "Dans le tunnel.").status_code == 204, "or it is sent in the end"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("how", ["too many", "too long"])
def test_what_cannot_be_kept_either_stays_where_it_was_written(cast: Cast, how: str) -> None:
    client, to = cast.client(cast.samira), key_for(cast.samira, cast.answer(cast.in_open).pk)
    if how == "too many":
        drafts = [Draft(person=cast.samira, key=uuid4(), fields={}) for _ in range(MOST)]
        Draft.objects.bulk_create(drafts)
    given = answer(client, to, "x" * (600_000 if how == "too long" else LONGEST + 1))
    assert given.status_code == 409
    assert given.json()["says"].startswith(
        {"too many": "Two hundred drafts are kept", "too long": "This is too long to be kept"}[how]
    )
