"""Pinning: three conversations at most on top of a space, by who looks after it."""

import pytest

from terrain.conversations.opening import open_conversation
from terrain.hosting.hosting import step_down, volunteer
from terrain.hosting.models import Pin
from terrain.hosting.pinning import TooManyPins, pin, unpin
from tests.cast import Cast, let_settle


def test_a_pin_stands_on_top_of_the_space_until_it_is_taken_off(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    let_settle(cast.in_open)
    browser, path = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}/pin"
    assert browser.post(path).headers["Location"] == f"/spaces/{cast.open.pk}"
    browser.post(path)
    assert Pin.objects.count() == 1
    page = cast.client(cast.marek).get(f"/spaces/{cast.open.pk}").content.decode()
    assert 'class="pins"' in page
    assert "pin-off" not in page
    browser.delete(path)
    assert 'class="pins"' not in browser.get(f"/spaces/{cast.open.pk}").content.decode()


def test_a_fourth_is_refused_with_a_sentence(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    let_settle(cast.in_open)
    for n in range(3):
        pinned = open_conversation(cast.open, cast.loic, f"<p>Point {n}</p>")
        let_settle(pinned)
        pin(pinned, cast.ines)
    with pytest.raises(TooManyPins):
        pin(cast.in_open, cast.ines)
    answer = cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/pin")
    assert answer.status_code == 422
    assert "unpin one first" in answer.content.decode()
    unpin(pinned, cast.samira)
    assert pin(cast.in_open, cast.ines).place == 3


def test_only_who_looks_after_the_space_pins(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    path = f"/conversations/{cast.in_open.pk}/pin"
    assert cast.client(cast.samira).post(path).status_code == 404
    step_down(cast.open, cast.ines)
    assert cast.client(cast.ines).post(path).status_code == 404
    assert not Pin.objects.exists()
