"""The feed: what moves in one's own spaces and in what one follows, the latest first, exactly."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrain.conversations.feed import FAR, PAGE, Page, feed, in_space, opened_by, position
from terrain.conversations.following import follow
from terrain.conversations.models import Conversation
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.spaces.joining import join, leave
from terrain.spaces.models import Openness, Space
from terrain.spaces.opening import open_space
from tests.cast import Cast

BEGAN = datetime(2026, 3, 1, 8, tzinfo=UTC)


def filled(cast: Cast, space: Space, many: int) -> list[Conversation]:
    """So many conversations in a space, moved at times of which several are the same to the microsecond."""
    chance = random.Random(4)
    return Conversation.unscoped.bulk_create(
        Conversation(
            space=space,
            kind="post",
            title=f"Conversation {number}",
            author=cast.samira,
            last_activity_at=BEGAN + timedelta(microseconds=chance.randrange(0, 10**6) // 100_000 * 99_991),
        )
        for number in range(many)
    )


def walk(ask: Callable[[str], Page]) -> list[list[int]]:
    """Every page of a list to its end."""
    pages, before = [], ""
    while True:
        page = ask(before)
        pages.append([each.id for each in page.listed])
        if page.after is None:
            return pages
        before = page.after


def exactly(conversations: list[Conversation]) -> list[int]:
    """Their ids in the order in which they moved, the latest first."""
    return [
        each.pk
        for each in sorted(conversations, key=lambda each: (each.last_activity_at, each.pk), reverse=True)
    ]


def test_the_latest_moved_is_first_and_every_page_goes_on_where_the_last_one_ended(cast: Cast) -> None:
    Conversation.unscoped.all().delete()
    there = [*filled(cast, cast.open, 40), *filled(cast, cast.closed, 2 * PAGE + 5)]
    pages = walk(lambda before: feed(cast.claire, before))
    assert [len(page) for page in pages] == [PAGE] * 4 + [5]
    assert [pk for page in pages for pk in page] == exactly(there)


def test_a_list_that_ends_with_a_page_has_no_page_after_it(cast: Cast) -> None:
    Conversation.unscoped.all().delete()
    filled(cast, cast.open, PAGE)
    assert feed(cast.ines).after is None
    filled(cast, cast.open, 1)
    assert feed(cast.ines).after is not None


def test_what_moves_while_one_reads_on_takes_nobody_s_place(cast: Cast) -> None:
    """Each page is asked a moment later; what has not moved meanwhile is seen once, and only once."""
    there = filled(cast, cast.open, 3 * PAGE)
    moved: set[int] = {cast.in_open.pk}
    seen: list[int] = []
    before = ""
    while True:
        page = feed(cast.ines, before)
        seen += [each.id for each in page.listed]
        if page.after is None:
            break
        before = page.after
        not_seen = [each for each in there if each.pk not in seen]
        for conversation in not_seen[:2]:
            reply(conversation, cast.loic, "<p>Ça bouge.</p>")
            moved.add(conversation.pk)
    assert len(seen) == len(set(seen))
    assert set(seen) - moved == {each.pk for each in there} - moved
    assert feed(cast.ines).listed[0].id in moved


def test_a_reply_brings_its_conversation_to_the_top(cast: Cast) -> None:
    assert feed(cast.samira).listed[0].id == cast.in_secret.pk
    reply(cast.in_open, cast.ines, "<p>J’arrive.</p>")
    assert feed(cast.samira).listed[0].id == cast.in_open.pk


def test_a_feed_holds_one_s_own_spaces_and_what_one_follows(cast: Cast) -> None:
    def ids(person: object) -> set[int]:
        return {each.id for each in feed(person).listed}  # type: ignore[arg-type]

    assert ids(cast.samira) == {cast.in_open.pk, cast.in_closed.pk, cast.in_secret.pk}
    assert ids(cast.claire) == {cast.in_open.pk, cast.in_closed.pk}
    assert ids(cast.marek) == set()
    follow(cast.in_open, cast.marek)
    assert ids(cast.marek) == {cast.in_open.pk}


def test_who_has_left_a_space_keeps_what_they_follow_only_where_it_is_open(cast: Cast) -> None:
    for space in (cast.open, cast.closed, cast.secret):
        leave(space, cast.loic)
    assert [each.id for each in feed(cast.loic).listed] == [cast.in_open.pk]
    page = cast.client(cast.loic).get("/").content.decode()
    assert cast.in_closed.title not in page
    assert cast.in_secret.title not in page


def test_following_what_one_may_not_read_shows_nothing(cast: Cast) -> None:
    for conversation in (cast.in_closed, cast.in_secret):
        follow(conversation, cast.marek)
    assert feed(cast.marek).listed == []


def test_what_is_one_s_own_twice_is_listed_once(cast: Cast) -> None:
    """Loïc belongs to the space and follows the conversation."""
    assert [each.id for each in feed(cast.loic).listed].count(cast.in_open.pk) == 1


def test_a_space_that_is_quiet_does_not_hide_behind_a_lively_one(cast: Cast) -> None:
    quiet = open_space("Poésie", "", Openness.OPEN, cast.ines)
    filled(cast, cast.open, 2 * PAGE)
    alone = filled(cast, quiet, 1)[0]
    assert alone.pk in [pk for page in walk(lambda before: feed(cast.ines, before)) for pk in page]


def test_a_space_lists_its_own_in_the_same_order(cast: Cast) -> None:
    Conversation.unscoped.all().delete()
    there = filled(cast, cast.open, PAGE + 3)
    filled(cast, cast.closed, 3)
    pages = walk(lambda before: in_space(cast.open.pk, cast.marek, before))
    assert [pk for page in pages for pk in page] == exactly(there)


def test_a_person_s_conversations_are_listed_as_far_as_the_reader_may_read(cast: Cast) -> None:
    def ids(reader: object) -> set[int]:
        return {each.id for each in opened_by(cast.samira.pk, reader).listed}  # type: ignore[arg-type]

    assert ids(cast.loic) == {cast.in_open.pk, cast.in_closed.pk, cast.in_secret.pk}
    assert ids(cast.marek) == {cast.in_open.pk}
    join(cast.closed, cast.marek)
    assert ids(cast.marek) == {cast.in_open.pk}, "having asked is not belonging"


def test_the_pages_lead_from_one_to_the_next(cast: Cast) -> None:
    Conversation.unscoped.all().delete()
    browser = cast.client(cast.ines)
    assert "Nothing has been said yet in your spaces." in browser.get("/").content.decode()
    for number in range(PAGE + 1):
        open_conversation(cast.open, cast.samira, f"<p>Sujet numéro {number:02}.</p>")
    first = browser.get("/").content.decode()
    after = feed(cast.ines).after
    assert f'href="?before={after}"' in first
    assert "Sujet numéro 00." not in first
    second = browser.get(f"/?before={after}").content.decode()
    assert "Sujet numéro 00." in second
    assert "Sujet numéro 01." not in second
    assert "?before=" not in second


@given(st.integers(0, 2**52), st.integers(1, 2**62))
def test_a_position_is_exact_to_the_microsecond(microseconds: int, pk: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert position(f"{moment.timestamp():.6f}-{pk}") == (moment, pk)


@pytest.mark.parametrize("before", ["", "x", "-", "1", "nan-1", "inf-1", "1e300-1", "1-x"])
def test_a_position_that_makes_no_sense_is_the_top(before: str) -> None:
    assert position(before) == (FAR, 0)
