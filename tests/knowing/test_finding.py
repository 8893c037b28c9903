"""Who knows: by topics and by answers, as far as the reader reads, and only those who want to be found."""

import pytest

from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.knowing.finding import MOST, opt_in, opt_out, who_knows
from terrain.people.about import tell_about
from terrain.people.models import Person
from terrain.spaces.joining import join, leave
from tests.cast import Cast, person


def names(words: str, reader: Person) -> list[str]:
    """Who is found."""
    return [each.person.name for each in who_knows(words, reader)]


@pytest.mark.parametrize("words", ["sonde", "SONDES", "la sonde", "décalée", "DECALEES"])
def test_who_answered_is_found_by_their_words_accents_and_plurals_aside(cast: Cast, words: str) -> None:
    assert names(words, cast.ines) == ["Loïc Morvan"]


def test_who_answered_is_found_by_the_title_of_what_they_answered(cast: Cast) -> None:
    (found,) = who_knows("scelleuse", cast.marek)
    assert (found.person, found.answered) == (cast.loic, 1)
    page = cast.client(cast.marek).get("/who-knows", {"q": "scelleuse"}).content.decode()
    assert "answered 1 time about “scelleuse”" in page


def test_answers_are_counted_by_conversation_of_somebody_else(cast: Cast) -> None:
    for n in range(3):
        asked = open_conversation(cast.open, cast.ines, "<p>Et la soudure ?</p>", title=f"Soudure {n}")
        for _ in range(2):
            reply(asked, cast.loic, "<p>Baisse la température.</p>")
        reply(asked, cast.ines, "<p>Merci pour la soudure.</p>")
    assert [(each.person, each.answered) for each in who_knows("soudure", cast.claire)] == [(cast.loic, 3)]
    page = cast.client(cast.claire).get("/who-knows", {"q": "soudure"}).content.decode()
    assert "answered 3 times about “soudure”" in page


def test_what_the_reader_may_not_read_makes_nobody_found(cast: Cast) -> None:
    assert names("repreneur", cast.samira) == ["Loïc Morvan"]
    for stranger in (cast.claire, cast.ines, cast.marek):
        assert names("repreneur", stranger) == []
    assert names("film", cast.claire) == ["Loïc Morvan"]
    assert names("film", cast.ines) == []
    leave(cast.secret, cast.samira)
    assert names("repreneur", cast.samira) == []


def test_who_says_that_one_can_ask_them_comes_first_for_those_they_say_it_to(cast: Cast) -> None:
    tell_about(cast.claire, {"topics": ("Étanchéité des scelleuses, planning", "unit")})
    assert names("scelleuse", cast.samira) == ["Claire Fontaine", "Loïc Morvan"]
    assert who_knows("etancheite", cast.samira)[0].topics == ["Étanchéité des scelleuses"]
    assert names("scelleuse", cast.ines) == ["Loïc Morvan"]
    tell_about(cast.claire, {"topics": ("scelleuse", "me")})
    assert names("scelleuse", cast.samira) == ["Loïc Morvan"]


def test_who_opts_out_is_nowhere_in_it_until_they_opt_in(cast: Cast) -> None:
    tell_about(cast.loic, {"topics": ("sonde", "everybody")})
    cast.client(cast.loic).delete("/me/being-found")
    assert names("sonde", cast.ines) == []
    assert "Nobody finds you there" in cast.client(cast.loic).get("/settings").content.decode()
    cast.client(cast.loic).post("/me/being-found")
    assert names("sonde", cast.ines) == ["Loïc Morvan"]
    opt_out(cast.loic)
    opt_out(cast.loic)
    opt_in(cast.loic)
    opt_in(cast.loic)
    assert names("sonde", cast.ines) == ["Loïc Morvan"]


def test_oneself_and_who_has_left_are_not_found(cast: Cast) -> None:
    assert names("sonde", cast.loic) == []
    Person.objects.filter(pk=cast.loic.pk).update(left_on="2020-01-01")
    assert names("sonde", cast.ines) == []


def test_a_withdrawn_answer_is_none(cast: Cast) -> None:
    withdraw(cast.answer(cast.in_open), cast.loic)
    assert names("sonde", cast.ines) == []
    assert names("scelleuse", cast.ines) == []


def test_five_are_found_at_most(cast: Cast) -> None:
    asked = open_conversation(cast.open, cast.ines, "<p>Qui ?</p>", title="Palettiseur")
    for n in range(MOST + 2):
        somebody = person(f"Renfort {n}")
        join(cast.open, somebody)
        reply(asked, somebody, "<p>Moi.</p>")
    assert len(names("palettiseur", cast.claire)) == MOST


@pytest.mark.parametrize("words", ["", "   ", "%", "le", "'", "& | !", "a:b", "\\", "zzz" * 30])
def test_words_that_find_nobody_are_no_fault(cast: Cast, words: str) -> None:
    page = cast.client(cast.ines).get("/who-knows", {"q": words})
    assert page.status_code == 200
    assert "waits-here" not in page.content.decode()
