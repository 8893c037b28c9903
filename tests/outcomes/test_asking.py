"""Asking what became of a conversation: by anybody, in their name, until it is said."""

import re

import pytest

from terrain.conversations.settling import StillSettling
from terrain.outcomes.asking import ask, asked
from terrain.outcomes.models import Asking
from terrain.outcomes.outcome import conclude, reopen
from terrain.people.models import Person
from tests.cast import Cast, let_settle
from tests.house.addresses import between_two

WORDS = "La sonde a été changée mercredi, plus rien ne colle."


def page(cast: Cast, reader: Person) -> str:
    """The conversation in the open space, as this person sees it."""
    return cast.client(reader).get(f"/conversations/{cast.in_open.pk}").content.decode()


def top(cast: Cast, reader: Person) -> str:
    """What stands on top of it of somebody's asking; "" where nobody asks."""
    found = re.search(r'<section class="asked card".*?</section>', page(cast, reader), re.DOTALL)
    return found[0] if found else ""


def test_anybody_who_reads_it_asks_in_their_name_and_who_opened_it_sees_the_way_to_answer(cast: Cast) -> None:
    let_settle(cast.in_open)
    where = f"/conversations/{cast.in_open.pk}/outcomes/asking"
    assert (
        "Ask what became of it"
        in cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}/acts").content.decode()
    )
    assert cast.client(cast.ines).post(where).status_code == 302
    assert "Inès Duarte" in top(cast, cast.samira)
    assert f'href="/conversations/{cast.in_open.pk}/outcomes"' in top(cast, cast.samira)
    assert "Say what became of it" not in top(cast, cast.ines)
    assert "Ask no more" in top(cast, cast.ines)
    assert "button" not in top(cast, cast.loic)
    cast.client(cast.loic).post(where)
    assert asked(cast.in_open.pk).person == cast.ines, "asked once, for all"
    menu = cast.client(cast.loic).get(f"/conversations/{cast.in_open.pk}/acts").content.decode()
    assert "Ask what became of it" not in menu


def test_once_it_is_said_nobody_asks(cast: Cast) -> None:
    let_settle(cast.in_open)
    ask(cast.in_open, cast.ines)
    conclude(cast.in_open, cast.samira, WORDS)
    assert top(cast, cast.samira) == ""
    ask(cast.in_open, cast.loic)
    assert Asking.objects.get().person == cast.ines, "of what is said, nobody asks"
    reopen(cast.in_open, cast.loic)
    assert top(cast, cast.samira) == "", "that was answered"
    ask(cast.in_open, cast.loic)
    assert "Loïc Morvan" in top(cast, cast.samira)


def test_what_was_asked_is_taken_back_by_who_asked_alone(cast: Cast) -> None:
    let_settle(cast.in_open)
    ask(cast.in_open, cast.ines)
    where = f"/conversations/{cast.in_open.pk}/outcomes/asking"
    cast.client(cast.loic).delete(where)
    assert asked(cast.in_open.pk)
    cast.client(cast.ines).delete(where)
    assert asked(cast.in_open.pk) is None
    assert top(cast, cast.samira) == ""


def test_in_its_first_three_days_a_conversation_is_left_in_peace(cast: Cast) -> None:
    with pytest.raises(StillSettling):
        ask(cast.in_open, cast.ines)
    answer = cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/outcomes/asking")
    assert (answer.status_code, "less than three days old" in answer.content.decode()) == (422, True)


def test_what_is_said_directly_owes_no_outcome(cast: Cast) -> None:
    here = between_two(cast)
    client = cast.client(cast.loic)
    assert "Ask what became of it" not in client.get(f"/conversations/{here.pk}/acts").content.decode()
    assert client.post(f"/conversations/{here.pk}/outcomes/asking").status_code == 404
