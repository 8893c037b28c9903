"""Reading positions: how far a person has read, which never goes back, and which they alone see."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from terrain.conversations.models import Conversation, Reading
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.spaces.joining import join
from tests.cast import Cast


def position(cast: Cast) -> int | None:
    """How far Inès has read in the open space."""
    return Reading.of(cast.ines).filter(conversation=cast.in_open).values_list("number", flat=True).first()


def test_a_position_never_goes_back(cast: Cast) -> None:
    for number, expected in ((1, 1), (2, 2), (1, 2), (2, 2)):
        read_up_to(cast.in_open, cast.ines, number)
        assert position(cast) == expected


def test_a_position_is_one_s_own(cast: Cast) -> None:
    read_up_to(cast.in_open, cast.ines, 1)
    assert {each.person for each in Reading.of(cast.ines)} == {cast.ines}
    assert not Reading.of(cast.marek).exists()


def test_the_page_is_read_by_its_own_small_post_and_not_by_looking(cast: Cast) -> None:
    browser, here = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}"
    assert 'data-read="0"' in browser.get(here).content.decode()
    assert position(cast) is None
    assert browser.post(f"{here}/reading", {"number": 2, "quietly": "1"}).status_code == 204
    assert position(cast) == 2
    assert 'data-read="2"' in browser.get(here).content.decode()


def test_without_scripts_a_button_says_how_far_one_has_read(cast: Cast) -> None:
    browser, here = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}"
    button = re.search(
        r'formaction="([^"]+)" name="number" value="(\d+)"', browser.get(here).content.decode()
    )
    assert button
    assert browser.post(button[1], {"number": button[2]}).headers["Location"] == here
    assert position(cast) == 2


@pytest.mark.parametrize("number", ["", "0", "3", "-1", "²", "9" * 30, "one"])
def test_nobody_reads_what_is_not_there(cast: Cast, number: str) -> None:
    answer = cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/reading", {"number": number})
    assert answer.status_code == 422
    assert position(cast) is None


def test_what_is_new_is_marked_until_it_is_read(cast: Cast) -> None:
    browser, card = cast.client(cast.ines), f'class="talk card new" id="c{cast.in_open.pk}"'
    assert card in browser.get("/").content.decode()
    read_up_to(cast.in_open, cast.ines, 2)
    assert card not in browser.get("/").content.decode()
    reply(cast.in_open, cast.loic, "<p>Du nouveau.</p>")
    assert card in browser.get("/").content.decode()
    assert card not in cast.client(cast.loic).get("/").content.decode(), "who wrote has read it"


def test_what_was_said_before_one_joined_is_not_new(cast: Cast) -> None:
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(
        last_activity_at=timezone.now() - timedelta(days=1)
    )
    join(cast.open, cast.marek)
    page = cast.client(cast.marek).get("/").content.decode()
    assert f'class="talk card" id="c{cast.in_open.pk}"' in page
