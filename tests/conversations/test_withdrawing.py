"""Taking one's own words back: their text is gone at once; what answers them keeps a place to stand on."""

import pytest
from django.db import connection
from django.urls import reverse

from terrain.conversations.editing import NotTheAuthor, edit
from terrain.conversations.models import Conversation, Edit, Message, Withdrawal
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import react
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from tests.cast import Cast


def whole_database() -> str:
    """Every text of every message, title and earlier version that is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(t, ' ') from (select body t from conversations_message union all"
            " select title from conversations_conversation union all select body from conversations_edit) x"
        )
        return str(cursor.fetchone()[0])


def test_nobody_takes_anothers_words_back(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    for who in (cast.loic, cast.claire, cast.ines, cast.marek):
        with pytest.raises(NotTheAuthor):
            withdraw(first, who)
        assert cast.client(who).get(reverse("withdrawal", args=[first.pk])).status_code == 404
        assert cast.client(who).post(reverse("withdrawal", args=[first.pk])).status_code == 404
    assert not Withdrawal.objects.exists()


def test_what_was_answered_leaves_a_trace_and_no_text(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    edit(first, cast.samira, "<p>Elle colle depuis mardi, à 182 °C.</p>")
    react(first, cast.ines, "👍")
    here = withdraw(first, cast.samira)
    assert here is not None
    assert here.title == "La sonde est décalée."
    assert "182" not in whole_database()
    assert not Edit.objects.filter(message=first).exists()
    page = cast.client(cast.loic).get(reverse("conversation", args=[here.pk])).content.decode()
    assert "Message withdrawn by its author" in page
    assert "La sonde est décalée." in page
    assert "182" not in page


def test_what_nobody_answered_disappears(cast: Cast) -> None:
    message = reply(cast.in_open, cast.ines, "<p>Je me suis trompée de fil.</p>")
    reply(cast.in_open, cast.loic, "<p>On regarde demain.</p>")
    withdraw(message, cast.ines)
    client = cast.client(cast.samira)
    page = client.get(reverse("conversation", args=[cast.in_open.pk])).content.decode()
    assert "trompée" not in page
    assert "withdrawn" not in page
    assert "3 messages, 2 people" in page
    assert "3 messages, 2 people" in client.get("/").content.decode()


def test_the_last_words_of_a_card_are_those_that_are_left(cast: Cast) -> None:
    message = reply(cast.in_open, cast.ines, "<p>Je me suis trompée de fil.</p>")
    assert "trompée" in cast.client(cast.samira).get("/").content.decode()
    withdraw(message, cast.ines)
    page = cast.client(cast.samira).get("/").content.decode()
    assert "trompée" not in page
    assert "La sonde est décalée." in page


def test_what_quotes_it_no_longer_says_it(cast: Cast) -> None:
    answer = cast.answer(cast.in_open)
    reply(cast.in_open, cast.samira, "<p>Merci !</p>", reply_to=answer)
    withdraw(answer, cast.loic)
    page = cast.client(cast.ines).get(reverse("conversation", args=[cast.in_open.pk])).content.decode()
    assert "sonde" not in page
    assert page.count("Message withdrawn by its author") == 2


def test_a_conversation_that_nobody_answered_goes_with_its_only_message(cast: Cast) -> None:
    alone = open_conversation(cast.open, cast.samira, "<p>Oubliez ça.</p>")
    cast.open.refresh_from_db()
    before = cast.open.conversation_count
    first = Message.unscoped.get(conversation=alone)
    answer = cast.client(cast.samira).post(reverse("withdrawal", args=[first.pk]))
    assert answer["Location"] == "/"
    assert not Conversation.unscoped.filter(pk=alone.pk).exists()
    cast.open.refresh_from_db()
    assert cast.open.conversation_count == before - 1


def test_withdrawing_twice_is_withdrawing_once(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    withdraw(first, cast.samira)
    first.refresh_from_db()
    withdraw(first, cast.samira)
    assert Withdrawal.objects.count() == 1
    assert cast.client(cast.samira).get(reverse("edit", args=[first.pk])).status_code == 404
