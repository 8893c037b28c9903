"""The kinds of conversation there are, each registered by being written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from terrain.conversations import kinds
from terrain.conversations.kinds import Kind, kind
from terrain.conversations.models import Conversation
from tests.cast import Cast


@contextmanager
def nothing_registered_for_good() -> Iterator[None]:
    """Kinds that are written inside are forgotten."""
    before = dict(kinds._kinds)
    try:
        yield
    finally:
        kinds._kinds.clear()
        kinds._kinds.update(before)


def test_a_kind_is_registered_by_being_written_and_offered_in_order() -> None:
    with nothing_registered_for_good():

        class Riddle(Kind):
            name, label, icon, compose, urls, order = "riddle", "Riddle", "rss", "new_post", "nowhere", 99

        assert kind("riddle") is Riddle
        assert kinds.kinds()[-1] is Riddle
        assert [each.order for each in kinds.kinds()] == sorted(each.order for each in kinds.kinds())
    assert kind("riddle") is None


def test_two_kinds_do_not_bear_the_same_name() -> None:
    with nothing_registered_for_good(), pytest.raises(ValueError, match="two kinds are called post"):

        class Another(Kind):
            name = "post"


def test_every_kind_can_be_written_from_the_feed_and_answered(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    page = browser.get("/").content.decode()
    for each in kinds.kinds():
        Conversation.unscoped.filter(pk=cast.in_open.pk).update(kind=each.name)
        assert str(each.label) in page
        here = browser.get(f"/conversations/{cast.in_open.pk}").content.decode()
        assert f'action="/conversations/{cast.in_open.pk}/messages"' in here


def test_a_conversation_whose_kind_is_no_longer_there_is_still_read_and_answered(cast: Cast) -> None:
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(kind="riddle")
    browser, here = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}"
    assert cast.in_open.title in browser.get("/").content.decode()
    assert cast.in_open.title in browser.get(here).content.decode()
    assert browser.post(f"{here}/messages", {"body": "Oui."}).status_code == 302
