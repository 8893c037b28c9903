"""Saved for later: a list of one's own, without what one may no longer read."""

from terrain.conversations.withdrawing import withdraw
from terrain.saving.models import Saved
from terrain.spaces.joining import leave
from tests.cast import Cast


def test_a_message_is_saved_from_its_menu_and_stands_in_the_list(cast: Cast) -> None:
    client, message = cast.client(cast.ines), cast.answer(cast.in_open)
    assert "Save for later" in client.get(f"/messages/{message.pk}/acts").content.decode()
    for _ in range(2):
        assert client.post(f"/messages/{message.pk}/saving").status_code == 302
    page = client.get("/saved").content.decode()
    assert cast.in_open.title in page
    assert "La sonde est décalée." in page
    assert "remove it from my list" in client.get(f"/messages/{message.pk}/acts").content.decode()
    assert cast.in_open.title not in cast.client(cast.loic).get("/saved").content.decode()


def test_what_is_done_with_leaves_the_list(cast: Cast) -> None:
    client, message = cast.client(cast.ines), cast.answer(cast.in_open)
    client.post(f"/messages/{message.pk}/saving")
    client.delete(f"/messages/{message.pk}/saving")
    assert not Saved.objects.exists()


def test_a_conversation_is_saved_by_what_opens_it(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    menu = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}/acts").content.decode()
    assert f"/messages/{first.pk}/saving" in menu


def test_what_one_may_no_longer_read_leaves_the_list(cast: Cast) -> None:
    client, message = cast.client(cast.loic), cast.first(cast.in_secret)
    client.post(f"/messages/{message.pk}/saving")
    assert cast.in_secret.title in client.get("/saved").content.decode()
    leave(cast.secret, cast.loic)
    assert cast.in_secret.title not in client.get("/saved").content.decode()


def test_what_was_withdrawn_leaves_the_list(cast: Cast) -> None:
    client, message = cast.client(cast.ines), cast.answer(cast.in_open)
    client.post(f"/messages/{message.pk}/saving")
    withdraw(message, cast.loic)
    assert cast.in_open.title not in client.get("/saved").content.decode()
