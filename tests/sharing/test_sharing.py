"""Sharing into another space: one conversation, two audiences, and the narrower wins."""

import pytest

from terrain.conversations.feed import feed, in_space
from terrain.direct.talking import begin
from terrain.people.models import Person
from terrain.sharing.models import Share
from terrain.sharing.share import NotShareable, share
from terrain.spaces.joining import join
from terrain.spaces.models import Openness, Space
from terrain.spaces.opening import open_space
from tests.cast import Cast


def listed(space: Space, person: Person) -> set[int]:
    return {each.id for each in in_space(space.pk, person).listed}


def test_it_shows_in_the_other_space_with_its_word_and_stays_one_conversation(cast: Cast) -> None:
    there = open_space("Qualité", "", Openness.OPEN, cast.loic)
    client = cast.client(cast.loic)
    sent = {"space": there.pk, "words": "Ça concerne aussi nos sondes."}
    assert client.post(f"/conversations/{cast.in_open.pk}/shares", sent).status_code == 302
    page = cast.client(cast.marek).get(f"/spaces/{there.pk}").content.decode()
    assert cast.in_open.title in page
    assert "Ça concerne aussi nos sondes." in page
    assert listed(cast.open, cast.ines) == {cast.in_open.pk}
    page = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert "Loïc Morvan shared it into" in page
    assert "Qualité" in page


def test_it_comes_into_the_feed_of_the_members_there(cast: Cast) -> None:
    there = open_space("Qualité", "", Openness.OPEN, cast.loic)
    join(there, cast.marek)
    assert cast.in_open.pk not in {each.id for each in feed(cast.marek).listed}
    share(cast.in_open, there, cast.loic)
    assert cast.in_open.pk in {each.id for each in feed(cast.marek).listed}


def test_from_a_closed_space_only_its_members_see_it_elsewhere(cast: Cast) -> None:
    share(cast.in_closed, cast.open, cast.loic, "Voyez ceci.")
    assert listed(cast.open, cast.claire) == {cast.in_open.pk, cast.in_closed.pk}
    assert listed(cast.open, cast.ines) == {cast.in_open.pk}
    for path in ("/", f"/spaces/{cast.open.pk}"):
        page = cast.client(cast.ines).get(path).content.decode()
        assert cast.in_closed.title not in page
        assert "Voyez ceci." not in page


def test_where_it_went_is_told_only_to_who_may_read_there(cast: Cast) -> None:
    share(cast.in_open, cast.secret, cast.loic, "Pour Aubépine.")
    for path in ("/", f"/conversations/{cast.in_open.pk}", f"/conversations/{cast.in_open.pk}/shares"):
        assert "Aubépine" not in cast.client(cast.ines).get(path).content.decode()
        assert "Aubépine" in cast.client(cast.samira).get(path).content.decode()


def test_one_shares_only_into_ones_own_spaces_and_the_word_is_kept(cast: Cast) -> None:
    sent = {"space": cast.secret.pk, "words": "Un mot que je garde."}
    answer = cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/shares", sent)
    assert answer.status_code in (200, 422)
    assert "Aubépine" not in answer.content.decode()
    assert not Share.objects.exists()
    answer = cast.client(cast.loic).post(
        f"/conversations/{cast.in_open.pk}/shares", {"space": "", "words": "Un mot que je garde."}
    )
    assert answer.status_code == 422
    assert "Un mot que je garde." in answer.content.decode()
    assert "Choose one of your spaces." in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "sentence"), [("x" * 301, "300 characters at most"), ("PK\x03\x04\x14", "This is not text")]
)
def test_a_word_that_is_none_is_refused_in_a_sentence(cast: Cast, words: str, sentence: str) -> None:
    sent = {"space": cast.closed.pk, "words": words}
    answer = cast.client(cast.loic).post(f"/conversations/{cast.in_open.pk}/shares", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Share.objects.exists()


def test_what_is_said_between_some_people_is_not_shared(cast: Cast) -> None:
    direct = begin(cast.loic, [cast.samira], "<p>Le devis.</p>", title="Le devis")
    with pytest.raises(NotShareable):
        share(direct, cast.open, cast.loic)
    assert cast.client(cast.loic).get(f"/conversations/{direct.pk}/shares").status_code == 404
    with pytest.raises(NotShareable):
        share(cast.in_open, cast.open, cast.loic)


def test_who_shared_it_or_opened_it_takes_it_back_and_nobody_else(cast: Cast) -> None:
    made = share(cast.in_closed, cast.open, cast.loic)
    where = f"/shares/{made.pk}"
    for who in (cast.claire, cast.ines, cast.marek):
        assert cast.client(who).delete(where).status_code == 404
    assert cast.client(cast.samira).delete(where).status_code == 302
    assert listed(cast.open, cast.claire) == {cast.in_open.pk}


def test_shared_twice_is_shared_once(cast: Cast) -> None:
    first = share(cast.in_closed, cast.open, cast.loic, "Le premier mot.")
    assert share(cast.in_closed, cast.open, cast.claire, "Le second.") == first
    assert Share.objects.get().words == "Le premier mot."
