"""Reacting: a sign on a message, one of each from a person, taken back as easily."""

import re
from html import unescape

import pytest
from django.test import Client

from terrain.conversations.events import Reacted
from terrain.conversations.models import Reaction
from terrain.conversations.reacting import react, take_back
from terrain.web.events import hear
from tests.cast import Cast

told: list[Reacted] = []


@hear(Reacted)
def remember(event: Reacted) -> None:
    told.append(event)


def shown(client: Client, path: str, pk: int) -> dict[str, tuple[int, bool]]:
    """The signs that a page shows under a message: how many, and whether one of them is the reader's."""
    button = re.compile(
        r'<button[^>]*class="react"[^>]*value="([^"]+)" formaction="/messages/(\d+)/reactions([^>]*)>.*?'
        r'<span class="num">(\d+)</span>'
    )
    found = {}
    for emoji, message, state, count in button.findall(unescape(client.get(path).content.decode())):
        if int(message) == pk:
            pressed = 'aria-pressed="true"' in state
            assert ("_method=DELETE" in state) == pressed, "pressing one's own again takes it back"
            found[emoji] = (int(count), pressed)
    return found


def test_the_same_sign_twice_is_one(cast: Cast) -> None:
    message = cast.first(cast.in_open)
    told.clear()
    assert react(message, cast.loic, "👍") == react(message, cast.loic, "👍")
    assert Reaction.objects.filter(message=message).count() == 1
    assert told == [Reacted(cast.in_open.pk, cast.open.pk, message.pk)]


def test_a_sign_is_taken_back_by_who_put_it_alone(cast: Cast) -> None:
    message = cast.first(cast.in_open)
    react(message, cast.loic, "👍")
    told.clear()
    take_back(message, cast.ines, "👍")
    take_back(message, cast.loic, "🎉")
    assert Reaction.objects.filter(message=message).count() == 1
    assert told == []
    take_back(message, cast.loic, "👍")
    assert not Reaction.objects.exists()
    assert len(told) == 1


def test_signs_are_counted_for_all_and_pressed_for_who_put_them(cast: Cast) -> None:
    message = cast.answer(cast.in_open)
    path = f"/conversations/{cast.in_open.pk}"
    for person, emoji in ((cast.loic, "👍"), (cast.ines, "👍"), (cast.ines, "❤️"), (cast.claire, "👍")):
        react(message, person, emoji)
    assert shown(cast.client(cast.ines), path, message.pk) == {"👍": (3, True), "❤️": (1, True)}
    assert shown(cast.client(cast.loic), path, message.pk) == {"👍": (3, True), "❤️": (1, False)}
    assert shown(cast.client(cast.marek), path, message.pk) == {"👍": (3, False), "❤️": (1, False)}


@pytest.mark.parametrize("path", ["/", "/spaces/{space}"])
def test_a_list_shows_the_signs_of_the_first_message(cast: Cast, path: str) -> None:
    message, path = cast.first(cast.in_open), path.format(space=cast.open.pk)
    for person in (cast.loic, cast.ines):
        react(message, person, "💡")
    react(cast.answer(cast.in_open), cast.ines, "🎉")
    assert shown(cast.client(cast.ines), path, message.pk) == {"💡": (2, True)}
    assert shown(cast.client(cast.claire), path, message.pk) == {"💡": (2, False)}
    take_back(message, cast.ines, "💡")
    assert shown(cast.client(cast.ines), path, message.pk) == {"💡": (1, False)}


def test_a_plain_form_puts_a_sign_and_takes_it_back(cast: Cast) -> None:
    browser, message = cast.client(cast.ines), cast.first(cast.in_open)
    path = f"/messages/{message.pk}/reactions"
    page = f"/conversations/{cast.in_open.pk}"
    answer = browser.post(path, {"emoji": "👀"}, headers={"referer": f"http://testserver{page}"})
    assert answer.headers["Location"] == f"http://testserver{page}"
    assert shown(browser, page, message.pk) == {"👀": (1, True)}
    browser.post(f"{path}?_method=DELETE", {"emoji": "👀"})
    assert shown(browser, page, message.pk) == {}


def test_a_gesture_never_leads_to_another_site(cast: Cast) -> None:
    message = cast.first(cast.in_open)
    for elsewhere in ("https://elsewhere.example/", "http://testserver.elsewhere.example/"):
        answer = cast.client(cast.ines).post(
            f"/messages/{message.pk}/reactions", {"emoji": "👀"}, headers={"referer": elsewhere}
        )
        assert answer.headers["Location"] == f"/conversations/{cast.in_open.pk}?around=1#m1"


def test_a_page_that_makes_the_gesture_by_itself_is_only_told_that_it_is_done(cast: Cast) -> None:
    message = cast.first(cast.in_open)
    answer = cast.client(cast.ines).post(
        f"/messages/{message.pk}/reactions", {"emoji": "👀"}, headers={"Part": "live"}
    )
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("emoji", ["", "👍👍", "<b>", "x"])
def test_only_an_emoji_can_be_put(cast: Cast, emoji: str) -> None:
    message = cast.first(cast.in_open)
    answer = cast.client(cast.ines).post(f"/messages/{message.pk}/reactions", {"emoji": emoji})
    assert answer.status_code == 422
    assert not Reaction.objects.exists()
