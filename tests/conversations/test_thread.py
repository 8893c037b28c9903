"""A conversation opens where its reader is in it, and every message can be reached."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from terrain.conversations.models import Conversation, Message, Reading
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.conversations.thread import AROUND, WINDOW, Opened, find, window
from tests.cast import Cast

OPENED = Opened(
    **dict.fromkeys(("id", "voice_count", "vanished_count", "version", "space_id", "author_id"), 1),
    **dict.fromkeys(("title", "kind", "space", "openness", "author", "author_title"), ""),
    opened_at=datetime(2026, 3, 1, tzinfo=UTC),
    message_count=1,
    read_up_to=None,
    follows=False,
    own_signs=None,
    is_archived=False,
    is_begun=False,
)


def of(count: int, read: int | None = None) -> Opened:
    """A conversation of so many messages, of which its reader has read so many."""
    return replace(OPENED, message_count=count, read_up_to=read)


def lengthen(cast: Cast, count: int) -> None:
    """Make the conversation in the open space so many messages long."""
    Message.unscoped.bulk_create(
        Message(conversation=cast.in_open, author=cast.loic, number=number, body=f"<p>Numéro {number}.</p>")
        for number in range(3, count + 1)
    )
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(message_count=count, version=2)


def numbers(client: Client, path: str) -> list[int]:
    """The messages that a page shows, in order."""
    return [
        int(each)
        for each in re.findall(r'<article class="message" id="m(\d+)"', client.get(path).content.decode())
    ]


def test_a_short_conversation_is_shown_whole() -> None:
    for count in (1, 2, WINDOW):
        for shown in (window(of(count)), window(of(count, 1)), window(of(count), around=count)):
            assert (shown.first, shown.last, shown.before, shown.after) == (1, count, 0, 0)


@pytest.mark.parametrize(
    ("read", "first", "last", "unread"),
    [
        (None, 1, WINDOW, None),
        (100, 101 - AROUND, 101 - AROUND + WINDOW - 1, 101),
        (2, 1, WINDOW, 3),
        (399, 400 - 2 * AROUND + 1, 400, 400),
        (400, 400 - 2 * AROUND + 1, 400, None),
    ],
)
def test_a_long_one_begins_where_its_reader_is(
    read: int | None, first: int, last: int, unread: int | None
) -> None:
    shown = window(of(400, read))
    assert (shown.first, shown.last, shown.unread) == (first, last, unread)


def test_a_message_asked_for_stands_between_ten_before_and_ten_after() -> None:
    shown = window(of(400), around=200)
    assert (shown.first, shown.last) == (190, 210)
    assert (shown.before, shown.after) == (188, 190)


numbers_asked = st.none() | st.integers(0, 10**9)


@given(
    st.integers(1, 700),
    st.none() | st.integers(1, 700),
    numbers_asked,
    numbers_asked,
    st.booleans(),
    numbers_asked,
)
def test_whatever_is_asked_a_window_lies_within_its_conversation(
    count: int, read: int | None, around: int | None, first: int | None, to_end: bool, since: int | None
) -> None:
    read = min(read, count) if read else None
    shown = window(of(count, read), around, first, to_end, since)
    assert 1 <= shown.first <= shown.last <= count
    assert shown.last - shown.first < (4 * WINDOW if to_end else WINDOW) + 2
    opening = 1 if shown.first > 1 else 0
    assert opening + shown.before + (shown.last - shown.first + 1) + shown.after == count
    if around is not None and around <= count:
        assert shown.first <= max(around, 1) <= shown.last
    if around is None and first is None and shown.unread and not since:
        assert shown.first <= shown.unread <= shown.last


@given(st.integers(1, 700), st.none() | st.integers(1, 700))
def test_from_anywhere_the_links_lead_to_every_message(count: int, read: int | None) -> None:
    """Down by "after", up by "before", as the page writes them."""
    opened = of(count, min(read, count) if read else None)
    here = window(opened)
    seen = {1, *range(here.first, here.last + 1)}
    down = here
    while down.after:
        down = window(opened, first=down.last + 1)
        seen |= {*range(down.first, down.last + 1)}
    up = here
    while up.before:
        up = window(opened, first=max(up.first - WINDOW, 1))
        seen |= {*range(up.first, up.last + 1)}
    assert seen == set(range(1, count + 1))


def test_an_open_page_that_asks_again_keeps_its_beginning_and_grows_at_its_end(cast: Cast) -> None:
    lengthen(cast, 60)
    browser, here = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}"
    read_up_to(cast.in_open, cast.ines, 55)
    page = browser.get(here).content.decode()
    again = re.search(r'data-src="([^"]+)"', page)
    assert again
    before = numbers(browser, here)
    assert before[-1] == 60
    read_up_to(cast.in_open, cast.ines, 60)
    reply(cast.in_open, cast.loic, "<p>Encore.</p>")
    path = again[1].replace("&amp;", "&")
    assert numbers(browser, path) == [*before, 61]
    part = browser.get(path, headers={"Part": "live"}).content.decode()
    assert part.lstrip().startswith('<div id="live"')
    assert "<html" not in part
    assert part.index('id="m55"') < part.index('id="unread"') < part.index('id="m56"')


def test_the_opening_message_is_always_there_and_the_gap_after_it_is_counted(cast: Cast) -> None:
    lengthen(cast, 120)
    browser, here = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}"
    page = browser.get(f"{here}?around=80").content.decode()
    assert numbers(browser, f"{here}?around=80") == [1, *range(70, 91)]
    assert "68 messages before" in page
    assert 'href="?from=20"' in page
    assert "30 messages after" in page
    assert 'href="?from=91"' in page


def test_the_first_unread_is_marked_and_jumped_to(cast: Cast) -> None:
    lengthen(cast, 120)
    read_up_to(cast.in_open, cast.ines, 100)
    page = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert 'href="#m101"' in page
    assert "20 unread messages" in page
    assert page.count('id="unread"') == 1
    assert page.index('id="m100"') < page.index('id="unread"') < page.index('id="m101"')
    from_the_top = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}?from=1").content.decode()
    assert 'href="?around=101#m101"' in from_the_top


def test_the_mark_of_the_unread_is_one_s_own(cast: Cast) -> None:
    read_up_to(cast.in_open, cast.claire, 1)
    here = f"/conversations/{cast.in_open.pk}"
    assert 'id="unread"' in cast.client(cast.claire).get(here).content.decode()
    assert 'id="unread"' not in cast.client(cast.loic).get(here).content.decode()
    assert 'id="unread"' not in cast.client(cast.ines).get(here).content.decode(), (
        "all is new to who has read nothing"
    )


def test_each_message_has_an_address_that_leads_to_it(cast: Cast) -> None:
    lengthen(cast, 120)
    message = Message.unscoped.get(conversation=cast.in_open, number=80)
    answer = cast.client(cast.marek).get(f"/messages/{message.pk}")
    assert answer.headers["Location"] == f"/conversations/{cast.in_open.pk}?around=80#m80"


def test_looking_writes_nothing_down(cast: Cast) -> None:
    cast.client(cast.marek).get(f"/conversations/{cast.in_open.pk}?from=1")
    assert not Reading.of(cast.marek).exists()


def test_a_conversation_is_found_in_its_reader_s_scope_alone(cast: Cast) -> None:
    for conversation, readers in (
        (cast.in_open, {"samira", "loic", "ines", "claire", "marek"}),
        (cast.in_closed, {"samira", "loic", "claire"}),
        (cast.in_secret, {"samira", "loic"}),
    ):
        names = ("samira", "loic", "ines", "claire", "marek")
        assert {name for name in names if find(conversation.pk, getattr(cast, name))} == readers
    assert find(0, cast.samira) is None


def test_an_author_who_is_nobody_any_more_is_said_in_words(cast: Cast) -> None:
    reply(cast.in_open, cast.ines, "<p>Oui.</p>", reply_to=cast.answer(cast.in_open))
    Message.unscoped.filter(author=cast.loic).update(author=None)
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(author=None)
    browser = cast.client(cast.ines)
    french = {"Accept-Language": "fr"}
    page = browser.get(f"/conversations/{cast.in_open.pk}", headers=french).content.decode()
    assert "ouverte par une personne partie depuis" in page
    assert page.count("Une personne partie depuis") == 2, "who wrote, and who is quoted"
    assert "Une personne partie depuis" in browser.get("/", headers=french).content.decode()
    assert "None" not in re.sub(r"<svg.*?</svg>", "", page)
