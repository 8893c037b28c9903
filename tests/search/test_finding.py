"""Search: all that one may read is found by its words, and nothing else, in a simple order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terrain.conversations.editing import edit
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.conversations.versions import say_also
from terrain.conversations.withdrawing import withdraw
from terrain.people.about import tell_about
from terrain.people.models import Person
from terrain.search.answering import answer
from terrain.search.models import Said
from terrain.spaces.joining import leave
from tests.cast import Cast


def found(typed: str, reader: Person, sort: str = "") -> list[tuple[str, str]]:
    """What is found: of which sort, and its title."""
    sections = answer(typed, reader, sort).sections
    return [(section.sort, each.title) for section in sections for each in section.found]


def addresses(typed: str, reader: Person, sort: str = "") -> list[str]:
    """Where what is found leads."""
    return [each.address for section in answer(typed, reader, sort).sections for each in section.found]


@pytest.mark.parametrize(
    "words", ["sonde", "SONDES", "la sonde", "décalée", "DECALEES", "sonde decalee", '"sonde est"']
)
def test_a_message_is_found_by_its_words_accents_plurals_and_capitals_aside(cast: Cast, words: str) -> None:
    assert found(words, cast.ines) == [("messages", "La scelleuse chauffe")]


def test_english_words_are_found_by_their_stems(cast: Cast) -> None:
    reply(cast.in_open, cast.loic, "<p>The sealers were <em>overheating</em>, running hot.</p>")
    for words in ("sealer", "sealers overheat", "run", "who runs hot?"):
        assert found(words, cast.ines) == [("messages", "La scelleuse chauffe")]


def test_a_phrase_is_found_in_its_order(cast: Cast) -> None:
    assert found('"la sonde est décalée"', cast.ines)
    assert answer('"décalée sonde"', cast.ines).is_partly
    assert found("«\u202fla sonde\u202f» décalée", cast.ines)


def test_a_conversation_is_found_by_its_title_before_what_is_said(cast: Cast) -> None:
    reply(cast.in_open, cast.loic, "<p>Une scelleuse neuve chauffe moins.</p>")
    assert [sort for sort, _ in found("scelleuse chauffe", cast.ines)] == ["conversations", "messages"]


def test_people_and_spaces_come_first_where_their_name_holds_the_words(cast: Cast) -> None:
    open_conversation(cast.open, cast.ines, "<p>Samira est à l’atelier.</p>", title="Samira")
    sorts = [sort for sort, _ in found("samira", cast.marek)]
    assert sorts == ["people", "conversations"]
    assert found("atelier", cast.marek)[0] == ("spaces", "Vie de l’atelier")
    assert ("people", "Inès Duarte") in found("ines dua", cast.marek)


def test_people_are_found_by_their_trade_and_by_what_they_tell_the_reader(cast: Cast) -> None:
    assert ("trades", "Loïc Morvan") in found("régleur atelier", cast.ines)
    tell_about(cast.claire, {"topics": ("Planning, soudure", "unit")})
    assert found("soudure", cast.samira) == [("trades", "Claire Fontaine")]
    assert found("soudure", cast.ines) == []


def test_nothing_is_found_that_the_reader_may_not_read(cast: Cast) -> None:
    assert found("repreneur", cast.samira) == [("conversations", "Le nom du repreneur")]
    for stranger in (cast.claire, cast.ines, cast.marek):
        assert found("repreneur", stranger) == []
        assert found("aubépine", stranger) == []
    assert found("film", cast.claire)
    assert found("film", cast.ines) == []
    leave(cast.secret, cast.samira)
    assert found("repreneur", cast.samira) == []


def test_what_was_withdrawn_or_edited_away_is_found_no_longer(cast: Cast) -> None:
    edit(cast.answer(cast.in_open), cast.loic, "<p>Le thermocouple est mort.</p>")
    assert found("sonde", cast.ines) == []
    assert found("thermocouple", cast.ines)
    withdraw(cast.answer(cast.in_open), cast.loic)
    assert found("thermocouple", cast.ines) == []
    withdraw(cast.first(cast.in_open), cast.samira)
    assert found("scelleuse", cast.ines) == []
    assert not Said.unscoped.filter(conversation=cast.in_open).exists()


def test_a_title_that_changes_with_a_withdrawal_is_found_as_it_is(cast: Cast) -> None:
    withdraw(cast.first(cast.in_open), cast.samira)
    assert found("scelleuse", cast.ines) == found("182", cast.ines) == []
    conversation = Conversation.unscoped.get(pk=cast.in_open.pk)
    assert conversation.title == "La sonde est décalée."
    assert all("scel" not in row for row in Said.unscoped.values_list("words", flat=True))


def test_a_message_in_two_languages_is_found_in_both(cast: Cast) -> None:
    say_also(cast.answer(cast.in_open), cast.loic, "en", "<p>The gauge is off.</p>")
    assert found("gauges", cast.ines) == found("sonde", cast.ines) == [("messages", "La scelleuse chauffe")]


def test_many_messages_written_at_once_are_found_as_one_is(cast: Cast) -> None:
    Message.unscoped.bulk_create(
        Message(conversation=cast.in_open, author=cast.loic, number=n, body=f"<p>Palettiseur {n}</p>")
        for n in range(3, 6)
    )
    assert addresses("palettiseur", cast.ines) == [
        f"/messages/{pk}"
        for pk in Message.unscoped.filter(number__gte=3)
        .order_by("-written_at", "-pk")
        .values_list("pk", flat=True)
    ]


def test_the_latest_comes_first(cast: Cast) -> None:
    first = reply(cast.in_open, cast.loic, "<p>Le palettiseur bloque.</p>")
    second = reply(cast.in_open, cast.ines, "<p>Un palettiseur, encore.</p>")
    assert addresses("palettiseur", cast.marek) == [f"/messages/{second.pk}", f"/messages/{first.pk}"]
    Message.unscoped.filter(pk=first.pk).update(written_at=timezone.now() + timedelta(days=1))
    assert addresses("palettiseur", cast.marek) == [f"/messages/{first.pk}", f"/messages/{second.pk}"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sonde de:loic", 1),
        ("sonde from:samira", 0),
        ("from:Morvan", 1),
        ('dans:"vie de l’atelier" sonde', 1),
        ("in:atelier scelleuse", 1),
        ("dans:reglages sonde", 0),
        ("genre:message sonde", 1),
        ("kind:post sonde", 1),
        ("genre:annonce sonde", 0),
        ("sonde avant:2020", 0),
        ("sonde before:2100-01-31", 1),
        ("sonde avant:31/01/2100", 1),
    ],
)
def test_operators_narrow_it_in_both_languages(cast: Cast, typed: str, expected: int) -> None:
    sections = answer(typed, cast.claire).sections
    said = [
        each
        for section in sections
        for each in section.found
        if section.sort in ("conversations", "messages")
    ]
    assert min(len(said), 1) == expected


def test_me_is_who_asks(cast: Cast) -> None:
    assert found("de:moi", cast.loic, "messages")
    assert found("from:me", cast.marek, "messages") == []


def test_two_operators_alone_find_what_they_say(cast: Cast) -> None:
    assert found("de:loic dans:atelier", cast.ines) == [("messages", "La scelleuse chauffe")]


def test_where_nothing_holds_all_the_words_what_holds_most_is_shown_and_said_to_be(cast: Cast) -> None:
    here = answer("sonde décalée palettiseur", cast.ines)
    assert here.is_partly
    assert [each.title for each in here.sections[0].found] == ["La scelleuse chauffe"]
    page = cast.client(cast.ines).get("/search", {"q": "sonde décalée palettiseur"}).content.decode()
    assert "Nothing holds all of “sonde décalée palettiseur”" in page


def test_a_word_that_is_being_typed_is_the_beginning_of_one(cast: Cast) -> None:
    assert answer("scell", cast.ines, is_typing=True).sections
    assert answer("la scelleuse chau", cast.ines, is_typing=True).sections
    assert answer("scelleu", cast.ines).sections, "and where nothing else is found, once it was"


def test_the_words_are_marked_and_what_was_written_is_safe(cast: Cast) -> None:
    reply(cast.in_open, cast.loic, "<p>Si x &lt;b&gt; y, la sonde &amp; les sondes.</p>")
    page = cast.client(cast.ines).get("/search", {"q": "sondes"}).content.decode()
    assert "Si x &lt;b&gt; y, la <mark>sonde</mark> &amp; les <mark>sondes</mark>." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mot " * 2500, ""),
        ("x" * 10_000, ""),
        (" ".join(f"mot{n}" for n in range(2000)), "only its first words"),
        ('"la sonde', ""),
        ('""', ""),
        ("« la sonde", ""),
        ("de:", "is followed by"),
        ("dans: genre: avant:", "is followed by"),
        ("de:personnequinestpas", "Nobody here is called “personnequinestpas”."),
        ("dans:nulle-part", "You see no space called “nulle-part”."),
        ("dans:aubepine", "You see no space called “aubepine”."),
        ("genre:licorne", "is no kind of thing here"),
        ("avant:hier", "“hier” is not a date"),
        ("avant:2026-13-45", "is not a date"),
        ("avant:0000", "is not a date"),
        ("sonde & | ! <-> :* \\ ' ( ) ::tsquery", ""),
        ("'; drop table people_person; --", ""),
        ("% _ \\", ""),
        ("🎉 👍", ""),
        ("\0\0", ""),
        ("le la les", ""),
        ("a:b c::d", ""),
        ("ŉ ½ ﬁ ＇ ʼ", ""),
        ("l’l’l’l’", ""),
        ("\ud7ff \u202e \ufeff", ""),
    ],
)
@pytest.mark.parametrize("sort", ["", "people", "spaces", "conversations", "messages", "files"])
def test_whatever_is_typed_is_answered_with_a_sentence_and_never_an_error(
    cast: Cast, typed: str, said: str, sort: str
) -> None:
    for headers in ({}, {"part": "live"}):
        page = cast.client(cast.ines).get("/search", {"q": typed, "sort": sort, "page": "1"}, headers=headers)
        assert page.status_code == 200
        assert said in page.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "٣"])
def test_a_page_that_is_none_is_no_fault(cast: Cast, page: str) -> None:
    assert (
        cast.client(cast.ines).get("/search", {"q": "sonde", "sort": "messages", "page": page}).status_code
        == 200
    )


def test_what_does_not_fit_on_a_page_is_on_the_next(cast: Cast) -> None:
    for n in range(25):
        reply(cast.in_open, cast.loic, f"<p>Palettiseur {n}</p>")
    first, second = (
        [each.title for each in answer("palettiseur", cast.ines, "messages", page).sections[0].found]
        for page in (1, 2)
    )
    assert (len(first), len(second)) == (20, 5)
    page = cast.client(cast.ines).get("/search", {"q": "palettiseur"}).content.decode()
    assert "/search?q=palettiseur&amp;sort=messages" in page


@pytest.mark.parametrize(
    "body", ["ŉ", "a" * 100_000, "é'\\ " * 20_000, " ".join(f"mot{n}é" for n in range(20_000))]
)
def test_whatever_is_written_can_be_written(cast: Cast, body: str) -> None:
    message = reply(cast.in_open, cast.loic, f"<p>{body}</p>")
    assert Said.unscoped.filter(message=message).exists()
