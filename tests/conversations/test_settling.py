"""The first three days of a conversation: nobody but who opened it decides anything over it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from terrain.conversations.models import Conversation
from terrain.conversations.settling import SETTLING
from terrain.hosting.hosting import volunteer
from terrain.people.models import Person
from tests.cast import Cast, let_settle

WHY = "it is settling in, and only who opened it can do that."
WORDS = "On garde le réglage de mardi, tout le monde a signé."


def acts(cast: Cast, person: Person) -> dict[str, Any]:
    """What somebody can ask that decides over a conversation, and what is answered."""
    client, here = cast.client(person), f"/conversations/{cast.in_open.pk}"
    return {"pin": client.post(f"{here}/pin"), "outcome": client.post(f"{here}/outcomes", {"words": WORDS})}


@pytest.fixture
def hosted(cast: Cast) -> Cast:
    """Loïc looks after the space in which Samira opened a conversation just now."""
    volunteer(cast.open, cast.loic)
    return cast


def test_each_act_of_a_host_is_refused_with_the_reason(hosted: Cast) -> None:
    for name, answer in acts(hosted, hosted.loic).items():
        assert answer.status_code == 422, name
        assert WHY in answer.content.decode(), name


def test_what_was_typed_is_not_lost(hosted: Cast) -> None:
    assert WORDS in acts(hosted, hosted.loic)["outcome"].content.decode()


def test_who_opened_it_may(hosted: Cast) -> None:
    volunteer(hosted.open, hosted.samira)
    assert {answer.status_code for answer in acts(hosted, hosted.samira).values()} == {302}


def test_after_three_days_a_host_may(hosted: Cast) -> None:
    let_settle(hosted.in_open)
    assert {answer.status_code for answer in acts(hosted, hosted.loic).values()} == {302}


def test_its_page_says_so_for_as_long(hosted: Cast) -> None:
    page = hosted.client(hosted.ines).get
    assert "settling in" in page(f"/conversations/{hosted.in_open.pk}").content.decode()
    over = timezone.now() - SETTLING - timedelta(seconds=1)
    Conversation.unscoped.filter(pk=hosted.in_open.pk).update(opened_at=over, version=9)
    assert "settling in" not in page(f"/conversations/{hosted.in_open.pk}").content.decode()
