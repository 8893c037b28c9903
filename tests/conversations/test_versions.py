"""A message in two languages: the author's own words in both, and each reader's own first."""

import re

import pytest
from django.urls import reverse

from terrain.conversations.editing import NotTheAuthor
from terrain.conversations.models import Edit, Message, Version
from terrain.conversations.replying import reply
from terrain.conversations.versions import say_also, say_once
from terrain.conversations.withdrawing import withdraw
from terrain.people.models import Person
from tests.cast import Cast

FRENCH, ENGLISH = "<p>La sonde est changée.</p>", "<p>The probe is replaced.</p>"


@pytest.fixture
def said(cast: Cast) -> Message:
    """Samira, who reads French, says something in it, and says it in English too."""
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    Person.objects.filter(pk=cast.ines.pk).update(language="en")
    for each in (cast.samira, cast.ines):
        each.refresh_from_db()
    message = reply(cast.in_open, cast.samira, FRENCH)
    say_also(message, cast.samira, "en", ENGLISH)
    return message


def shown(cast: Cast, who: Person, message: Message) -> str:
    page = cast.client(who).get(reverse("message", args=[message.pk]), follow=True).content.decode()
    return page.split(f'data-id="{message.pk}"')[1].split("</article>")[0]


def test_each_reader_finds_their_own_language_first(cast: Cast, said: Message) -> None:
    for who, language, first, other in (
        (cast.samira, "fr", FRENCH, ENGLISH),
        (cast.ines, "en", ENGLISH, FRENCH),
    ):
        page = shown(cast, who, said)
        words = re.findall(r'<div class="prose" dir="auto" lang="(\w\w)">(.*?)</div>', page)
        assert words == [(language, first), ("en" if language == "fr" else "fr", other)]
    assert "See the original" in shown(cast, cast.ines, said)
    assert "Aussi en anglais" in shown(cast, cast.samira, said)


def test_lists_speak_the_readers_language_too(cast: Cast, said: Message) -> None:
    assert "The probe is replaced." in cast.client(cast.ines).get("/").content.decode()
    page = cast.client(cast.samira).get("/").content.decode()
    assert "La sonde est changée." in page
    assert "The probe is replaced." not in page


def test_it_is_written_on_a_page_and_left_out_again(cast: Cast) -> None:
    mine = cast.first(cast.in_open)
    client, where = cast.client(cast.samira), reverse("version", args=[mine.pk])
    refused = client.post(where, {"language": "en", "body": ""})
    assert refused.status_code == 422
    kept = client.post(where, {"language": "xx", "body": "It sticks."})
    assert kept.status_code == 422
    assert "It sticks." in kept.content.decode()
    assert client.post(where, {"language": "en", "body": "It sticks."}).status_code == 302
    mine.refresh_from_db()
    assert (mine.language, Version.objects.get().body) == ("fr", "<p>It sticks.</p>")
    assert "It sticks." in client.get(where).content.decode()
    client.delete(where)
    assert not Version.objects.exists()
    assert [each.body for each in Edit.objects.filter(message=mine)] == ["<p>It sticks.</p>"]


def test_what_it_said_before_in_the_other_language_stays_readable(cast: Cast, said: Message) -> None:
    say_also(said, cast.samira, "en", "<p>The probe was replaced on Monday.</p>")
    say_also(said, cast.samira, "en", "<p>The probe was replaced on Monday.</p>")
    before = cast.client(cast.ines).get(reverse("edits", args=[said.pk])).content.decode()
    assert before.count("The probe is replaced.") == 1


def test_nobody_says_anothers_words_in_another_language(cast: Cast, said: Message) -> None:
    for who in (cast.loic, cast.claire, cast.ines, cast.marek):
        with pytest.raises(NotTheAuthor):
            say_also(said, who, "en", "<p>Never.</p>")
        with pytest.raises(NotTheAuthor):
            say_once(said, who)
        client, where = cast.client(who), reverse("version", args=[said.pk])
        assert [client.get(where).status_code, client.post(where, {}).status_code] == [404, 404]
    assert Version.objects.get().body == ENGLISH


def test_words_taken_back_are_gone_in_both_languages(cast: Cast, said: Message) -> None:
    withdraw(said, cast.samira)
    assert not Version.objects.exists()


def test_a_passage_of_either_language_is_quoted(cast: Cast, said: Message) -> None:
    answer = reply(cast.in_open, cast.ines, "<p>Thanks.</p>", reply_to=said, passage="probe is replaced")
    assert answer.passage == "probe is replaced"


def test_a_message_is_in_its_authors_language(cast: Cast, said: Message) -> None:
    assert said.language == "fr"
    assert reply(cast.in_open, cast.ines, "<p>Fine.</p>").language == "en"
