"""Folding what leads off topic: by hosts, in public, with every word still there."""

import re

import pytest

from terrain.conversations.models import Message
from terrain.conversations.replying import reply
from terrain.conversations.settling import StillSettling
from terrain.hosting.folding import NotTheFirst, fold, unfold
from terrain.hosting.hosting import volunteer
from terrain.hosting.models import Folding
from terrain.people.models import Person
from terrain.trust.models import Entry
from tests.cast import Cast, let_settle

FOLDED = re.compile(r'<details class="body folded">.*?</details>\s*</article>', re.DOTALL)


@pytest.fixture
def aside(cast: Cast) -> Message:
    """What Loïc says beside the point, in a conversation that has settled, which Inès looks after."""
    let_settle(cast.in_open)
    volunteer(cast.open, cast.ines)
    return reply(cast.in_open, cast.loic, "<p>Au fait, qui vend un vélo ?</p>")


def folded(cast: Cast, reader: Person) -> list[str]:
    """The folded messages of the conversation, as this person finds them."""
    return FOLDED.findall(cast.client(reader).get(f"/conversations/{cast.in_open.pk}").content.decode())


def test_a_host_folds_it_for_all_and_anybody_unfolds_it(cast: Cast, aside: Message) -> None:
    client = cast.client(cast.ines)
    assert "Fold: it is off topic" in client.get(f"/messages/{aside.pk}/acts").content.decode()
    for _ in range(2):
        assert client.post(f"/messages/{aside.pk}/folding").status_code == 302
    (shown,) = folded(cast, cast.samira)
    assert "Off topic, says Inès Duarte: unfold" in shown
    assert "qui vend un vélo" in shown, "every word is there, one press away"
    assert client.delete(f"/messages/{aside.pk}/folding").status_code == 302
    assert folded(cast, cast.samira) == []
    assert list(Entry.objects.order_by("number").values_list("act", "thing_id")) == [
        ("host began", cast.open.pk),
        ("message folded", aside.pk),
        ("message unfolded", aside.pk),
    ]
    assert cast.in_open.title in cast.client(cast.loic).get("/log").content.decode()


def test_its_author_unfolds_it_and_nobody_else_who_is_no_host(cast: Cast, aside: Message) -> None:
    fold(aside, cast.ines)
    where = f"/messages/{aside.pk}/folding"
    assert cast.client(cast.samira).delete(where).status_code == 404
    assert cast.client(cast.samira).post(where).status_code == 404
    assert (
        "Unfold for everybody"
        not in cast.client(cast.samira).get(f"/messages/{aside.pk}/acts").content.decode()
    )
    author = cast.client(cast.loic)
    assert "Unfold for everybody" in author.get(f"/messages/{aside.pk}/acts").content.decode()
    assert author.delete(where).status_code == 302
    assert not Folding.objects.exists()
    assert author.post(where).status_code == 404, "one does not fold, without looking after the space"


def test_what_opens_a_conversation_is_not_folded(cast: Cast, aside: Message) -> None:
    with pytest.raises(NotTheFirst):
        fold(cast.first(cast.in_open), cast.ines)
    answer = cast.client(cast.ines).post(f"/messages/{cast.first(cast.in_open).pk}/folding")
    assert (answer.status_code, "it is not folded" in answer.content.decode()) == (422, True)


def test_in_its_first_three_days_a_conversation_is_left_in_peace(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    with pytest.raises(StillSettling):
        fold(cast.answer(cast.in_open), cast.ines)


def test_it_says_what_it_said(cast: Cast, aside: Message) -> None:
    before = Message.unscoped.filter(pk=aside.pk).values().get()
    fold(aside, cast.ines)
    unfold(aside, cast.ines)
    unfold(aside, cast.ines)
    assert Message.unscoped.filter(pk=aside.pk).values().get() == before
    assert Entry.objects.filter(act="message unfolded").count() == 1
