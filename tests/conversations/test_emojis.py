"""Any emoji is a reaction, whatever its number of code points, and is found by its name in the reader's language."""

import pytest
from django.urls import reverse

from terrain.conversations import emojis
from terrain.conversations.models import Reaction
from terrain.conversations.reacting import OFFERED, react
from tests.cast import Cast

FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize("sign", ["👍", "❤️", FAMILY, "🇫🇷", "1️⃣", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", *OFFERED, *emojis.COMMON])
def test_one_emoji_is_one(sign: str) -> None:
    assert emojis.is_emoji(sign)
    assert len(sign) <= 16


@pytest.mark.parametrize("text", ["", "👍👍", "a", "1", "👍 ", "<b>", "🇫", ":+1:", "\u200d", "👩‍"])
def test_anything_else_is_none(text: str) -> None:
    assert not emojis.is_emoji(text)


def test_they_are_found_by_their_names_in_either_language() -> None:
    for words in ("café", "CAFE", "hot bev", "boisson chaude", "coffee"):
        assert "☕" in emojis.found(words)
    assert "🇫🇷" in emojis.found("france")
    assert "🙏" in emojis.found("merci")
    assert emojis.found("xyzzy") == []
    assert emojis.found("  ") == list(emojis.COMMON)
    assert len(emojis.found("f")) == emojis.MOST


def test_words_used_at_work_are_those_of_real_emoji() -> None:
    for sign, words in emojis.USED_AT_WORK.items():
        assert sign in emojis.found(words.split()[0])


def test_an_emoji_of_many_code_points_is_put_counted_and_taken_back(cast: Cast) -> None:
    first, client = cast.first(cast.in_open), cast.client(cast.ines)
    where = reverse("reactions", args=[first.pk])
    client.post(where, {"emoji": FAMILY})
    react(first, cast.loic, FAMILY)
    page = client.get(where).content.decode()
    assert f'{FAMILY} <span class="num">2</span>' in page
    assert page.index(cast.ines.name) < page.index(cast.loic.name)
    assert (
        f'{FAMILY} <span class="num">2</span>'
        in client.get(f"/conversations/{cast.in_open.pk}").content.decode()
    )
    client.delete(where + f"?emoji={FAMILY}")
    assert [each.person for each in Reaction.objects.filter(emoji=FAMILY)] == [cast.loic]


def test_what_is_no_emoji_is_refused(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    for text in ("👍👍", "+1", "", "x" * 17):
        answer = cast.client(cast.ines).post(reverse("reactions", args=[first.pk]), {"emoji": text})
        assert answer.status_code == 422
    assert not Reaction.objects.filter(person=cast.ines).exists()


def test_who_reacted_is_for_who_reads_the_message(cast: Cast) -> None:
    closed = cast.first(cast.in_closed)
    react(closed, cast.loic, "👍")
    assert cast.client(cast.ines).get(reverse("reactions", args=[closed.pk])).status_code == 404


def test_they_are_offered_while_one_writes_in_ones_own_language(cast: Cast) -> None:
    asked = cast.client(cast.loic)
    english = asked.get("/suggestions/emojis?q=wren", headers={"accept-language": "en"}).content.decode()
    assert 'data-words="🔧"' in english
    assert "wrench" in english
    french = asked.get("/suggestions/emojis?q=fusee", headers={"accept-language": "fr"}).content.decode()
    assert 'data-words="🚀"' in french
    assert "fusée" in french
    assert asked.get("/suggestions/emojis?q=xyzzy").content.decode().strip() == ""
    assert asked.get("/suggestions/emojis").content.decode().count("<li") == 24
