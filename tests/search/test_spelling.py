"""One wrong letter is forgiven, and said to be; and no list of words tells anybody what they may not read."""

import pytest

from terrain.conversations.editing import edit
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.search import jobs, spelling
from terrain.search.answering import answer
from terrain.search.models import Word
from tests.cast import Cast


@pytest.fixture
def words(cast: Cast) -> Cast:
    jobs.learn(timestamp=0)
    return cast


@pytest.mark.parametrize(
    "typed",
    [
        "scelleusse",
        "sceleuse",
        "scellause",
        "cselleuse",
        "SCELLEUZE",
        "scellense chauffe",
        "scelleuse chaufe",
        "de:samira scelleuze",
    ],
)
def test_one_wrong_letter_is_forgiven_and_said_to_be(words: Cast, typed: str) -> None:
    here = answer(typed, words.ines)
    assert "scelleuse" in here.instead or "chauffe" in here.instead or "scelleuse" in here.question.words
    assert any(each.title == "La scelleuse chauffe" for section in here.sections for each in section.found)


def test_the_page_says_what_was_searched_instead(words: Cast) -> None:
    page = words.client(words.ines).get("/search", {"q": "sceleuse"}).content.decode()
    assert "Nothing says “sceleuse”. Searched for <b>scelleuse</b> instead." in page


def test_a_word_found_by_the_stem_of_another_is_asked_about(words: Cast, cast: Cast) -> None:
    open_conversation(cast.open, cast.ines, "<p>La presse est arrêtée.</p>", title="Presse 4")
    open_conversation(cast.open, cast.ines, "<p>C’est tout près.</p>", title="Ailleurs")
    spelling.learn_all()
    here = answer("prese", words.ines)
    assert [each.title for section in here.sections for each in section.found] == ["Ailleurs"]
    assert here.meant == "presse"
    page = words.client(words.ines).get("/search", {"q": "prese"}).content.decode()
    assert "Did you mean “presse”?" in page
    assert answer("presses", words.ines).meant == "", "a plural that nobody wrote is the same word"


def test_a_name_is_forgiven_too(words: Cast) -> None:
    here = answer("Samria Benalli", words.marek)
    assert here.instead == "samira benali"
    assert here.sections[0].found[0].title == "Samira Benali"


def test_two_wrong_letters_are_another_word(words: Cast) -> None:
    assert answer("scallausa", words.ines).is_in_vain


def test_a_word_that_only_stands_where_one_may_not_read_is_never_told(words: Cast) -> None:
    assert answer("repreneurr", words.samira).instead == "repreneur"
    for stranger in (words.claire, words.ines, words.marek):
        here = answer("repreneurr", stranger)
        assert not here.instead
        assert here.is_in_vain


def kept() -> set[str]:
    return set(Word.objects.values_list("word", flat=True))


def test_words_that_were_taken_back_are_kept_nowhere(words: Cast) -> None:
    assert {"sonde", "scelleuse", "chauffe"} <= kept()
    edit(words.answer(words.in_open), words.loic, "<p>Rien de tel.</p>")
    assert "sonde" not in kept()
    withdraw(words.first(words.in_open), words.samira)
    assert not {"scelleuse", "chauffe", "colle"} & kept()


def test_the_words_of_the_last_minutes_are_taken_in_and_a_night_makes_the_list_anew(words: Cast) -> None:
    reply(words.in_open, words.loic, "<p>Le palettiseur.</p>")
    assert "palettiseur" not in kept()
    jobs.learn(timestamp=0)
    assert "palettiseur" in kept()
    Word.objects.create(word="oubliettes", messages=100)
    jobs.learn_all(timestamp=0)
    assert "oubliettes" not in kept()
    assert "palettiseur" in kept()


def test_the_word_that_is_written_most_is_the_nearest(words: Cast, cast: Cast) -> None:
    for n in range(3):
        open_conversation(cast.open, cast.ines, f"<p>La pression {n}.</p>", title="Des bars")
    open_conversation(cast.open, cast.ines, "<p>Une prestion.</p>", title="Coquille")
    spelling.learn_all()
    assert spelling.nearest("presion")[0] == "pression"


@pytest.mark.parametrize("word", ["", "ab", "4032", "x" * 100, "l’été", "naïf", "日本語", "%%%%", "'''''"])
def test_any_word_has_nearest_ones_or_none(words: Cast, word: str) -> None:
    assert isinstance(spelling.nearest(word), list)
