"""The conversations that were written one by one."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from terrain.conversations.reacting import OFFERED
from terrain.demo.careful import careful_texts
from terrain.demo.making import Made, make
from tests.demo.moment import PARIS

MOMENTS = [
    datetime(2026, 11, 23, 6, 5, tzinfo=PARIS),
    datetime(2026, 11, 29, 3, 0, tzinfo=PARIS),
    datetime(2027, 1, 2, 23, 59, tzinfo=PARIS),
    datetime(2027, 2, 1, 0, 1, tzinfo=PARIS),
    datetime(2027, 8, 16, 11, 0, tzinfo=PARIS),
    datetime(2028, 2, 29, 12, 0, tzinfo=PARIS),
]


def test_there_are_more_than_forty(made: Made) -> None:
    assert len(made.careful) == len(careful_texts()) > 44


def test_they_keep_who_said_what_and_to_whom(made: Made) -> None:
    for told, talk in zip(careful_texts(), made.careful, strict=True):
        assert [said.author.name for said in talk.said] == [message["by"] for message in told["message"]]
        assert [said.reply_to for said in talk.said] == [
            message.get("reply_to") for message in told["message"]
        ]


def test_a_reply_answers_a_message_before_it(made: Made) -> None:
    for talk in made.talks:
        for number, said in enumerate(talk.said, 1):
            assert said.reply_to is None or 1 <= said.reply_to < number


def test_signs_are_those_that_a_page_offers_once_each_and_not_ones_own(made: Made) -> None:
    for talk in made.talks:
        for said in talk.said:
            assert len({(somebody, emoji) for somebody, emoji, _ in said.signs}) == len(said.signs)
            for somebody, emoji, at in said.signs:
                assert emoji in OFFERED
                assert somebody is not said.author
                assert said.at < at < made.clock.now


def test_the_last_hour_is_alive(made: Made) -> None:
    moved = sorted((talk.moved_at for talk in made.talks), reverse=True)
    assert made.clock.now - moved[0] < timedelta(minutes=10)
    assert made.clock.now - moved[4] < timedelta(hours=1)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_whenever_it_is_planted_messages_stand_in_their_order_and_none_in_the_future(now: datetime) -> None:
    made = make(now)
    for talk in made.talks:
        moments = [*(said.at for said in talk.said), now]
        assert all(one < next_ for one, next_ in pairwise(moments)), talk.title
    assert made.clock.now - max(talk.moved_at for talk in made.talks) < timedelta(minutes=10)
