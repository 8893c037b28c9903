"""Polls: asked with a message, answered by a press, counted for all to see; a secret vote has no name."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.withdrawing import withdraw
from terrain.people.models import Person
from terrain.polls.models import Choice, Poll, Vote, Voter
from terrain.polls.poll import ask
from terrain.polls.results import Results, results
from terrain.polls.voting import AlreadyVoted, PollClosed, take_back, vote
from terrain.spaces.models import Space
from tests.cast import Cast


def asked(space: Space, author: Person, *choices: str, **options: Any) -> Poll:
    made: list[Poll] = []
    open_conversation(
        space,
        author,
        "<p>Quel jour pour l’arrêt ?</p>",
        title="L’arrêt de la ligne",
        then=lambda message: made.append(ask(message, choices or ("Mardi", "Jeudi"), **options)),
    )
    return made[0]


def counted(poll: Poll, reader: Person) -> tuple[list[int], int]:
    found = seen(poll, reader)
    return [each.votes for each in found.answers], found.voters


def seen(poll: Poll, reader: Person) -> Results:
    return results([poll.conversation_id], reader)[poll.pk]


def test_it_is_asked_with_a_post_and_answered_by_a_press(cast: Cast) -> None:
    sent = {
        "space": cast.open.pk,
        "body": "Quel jour ?",
        "title": "",
        "poll_choice": ["Mardi", "Jeudi", "", ""],
    }
    assert cast.client(cast.samira).post("/posts/new", sent).status_code == 302
    poll = Poll.objects.get()
    here, [first, second] = f"/conversations/{poll.conversation_id}", list(poll.choices.all())
    client = cast.client(cast.ines)
    assert f"/choices/{first.pk}/votes" in client.get(here).content.decode()
    assert client.post(f"/choices/{first.pk}/votes").status_code == 302
    page = client.get(here).content.decode()
    assert "1 person has voted" in page
    assert 'aria-pressed="true"' in page
    client.post(f"/choices/{second.pk}/votes")
    assert counted(poll, cast.ines) == ([0, 1], 1)
    client.delete(f"/choices/{second.pk}/votes")
    assert counted(poll, cast.ines) == ([0, 0], 0)
    assert "Mardi" in client.get("/").content.decode(), "the card of its conversation shows it too"


def test_an_answer_can_carry_one(cast: Cast) -> None:
    sent = {"body": "Alors ?", "poll_choice": ["Oui", "Non"]}
    cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/messages", sent)
    assert Poll.objects.get().message.number == 3


@pytest.mark.parametrize(
    ("choices", "more", "sentence"),
    [
        (["Mardi", ""], {}, "two choices at least"),
        (["Mardi", "mardi"], {}, "say the same"),
        ([str(n) for n in range(9)], {}, "8 choices at most"),
        (["Mardi", "x" * 121], {}, "120 characters"),
        (["Mardi", "Jeudi"], {"poll_secret": "on", "poll_several": "on"}, "one answer of each person"),
        (["", ""], {"poll_question": "Quel jour ?"}, "two choices at least"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    cast: Cast, choices: list[str], more: dict[str, str], sentence: str
) -> None:
    before = Conversation.unscoped.count()
    sent = {"space": cast.open.pk, "body": "Quel jour pour l’arrêt ?", "poll_choice": choices, **more}
    answer = cast.client(cast.samira).post("/posts/new", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Quel jour pour l’arrêt ?" in page
    assert all(f'value="{each}"' in page for each in choices if each)
    assert Conversation.unscoped.count() == before


def test_several_answers_each_count_one_person_once(cast: Cast) -> None:
    poll = asked(cast.open, cast.samira, "Café", "Thé", "Eau", takes_several=True)
    first, second, _ = poll.choices.all()
    for who, choice in ((cast.ines, first), (cast.ines, second), (cast.ines, second), (cast.loic, first)):
        vote(choice, who)
    assert counted(poll, cast.ines) == ([2, 1, 0], 2)
    assert [each.share for each in seen(poll, cast.ines).answers] == [100, 50, 0]
    assert [each.is_own for each in seen(poll, cast.loic).answers] == [True, False, False]


def test_who_chose_what_is_open_to_who_reads_it(cast: Cast) -> None:
    poll = asked(cast.open, cast.samira)
    vote(poll.choices.all()[0], cast.loic)
    page = cast.client(cast.ines).get(f"/polls/{poll.pk}").content.decode()
    assert cast.loic.name in page


def test_a_secret_vote_is_counted_once_and_nothing_ties_it_to_a_name(cast: Cast) -> None:
    poll = asked(cast.open, cast.samira, is_secret=True)
    first, second = poll.choices.all()
    client = cast.client(cast.ines)
    assert "without your name" in client.get(f"/choices/{first.pk}/votes").content.decode()
    client.post(f"/choices/{first.pk}/votes")
    refused = client.post(f"/choices/{second.pk}/votes")
    assert refused.status_code == 422
    assert "has no name on it" in refused.content.decode()
    with pytest.raises(AlreadyVoted):
        take_back(first, cast.ines)
    assert counted(poll, cast.ines) == ([1, 0], 1)
    assert not Vote.objects.exists()
    assert cast.ines.name not in cast.client(cast.loic).get(f"/polls/{poll.pk}").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("select column_name from information_schema.columns where table_name = 'polls_voter'")
        assert {name for (name,) in cursor.fetchall()} == {"id", "poll_id", "person_id"}
    assert Voter.objects.get().person == cast.ines


def test_one_that_closes_while_somebody_votes_says_so(cast: Cast) -> None:
    poll = asked(cast.open, cast.samira, closes_at=timezone.now() + timedelta(days=1))
    first, _ = poll.choices.all()
    vote(first, cast.loic)
    Poll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    answer = cast.client(cast.ines).post(f"/choices/{first.pk}/votes")
    assert answer.status_code == 422
    assert "is closed" in answer.content.decode()
    with pytest.raises(PollClosed):
        take_back(first, cast.loic)
    page = cast.client(cast.ines).get(f"/conversations/{poll.conversation_id}").content.decode()
    assert "closed" in page
    assert f"/choices/{first.pk}/votes" not in page
    assert counted(poll, cast.ines) == ([1, 0], 1)


def test_nobody_outside_votes_or_reads_it(cast: Cast) -> None:
    poll = asked(cast.secret, cast.samira)
    choice = poll.choices.all()[0]
    for who in (cast.ines, cast.claire, cast.marek):
        client = cast.client(who)
        assert client.get(f"/polls/{poll.pk}").status_code == 404
        assert client.post(f"/choices/{choice.pk}/votes").status_code == 404
    assert counted(poll, cast.samira) == ([0, 0], 0)


def test_a_message_that_is_withdrawn_takes_its_poll_along(cast: Cast) -> None:
    poll = asked(cast.open, cast.samira)
    withdraw(Message.unscoped.get(poll=poll), cast.samira)
    assert not Choice.objects.exists()
