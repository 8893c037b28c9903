"""Parts of pages are drawn once, kept while they are asked for, and finished for each reader."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from terrain.web.fragments import Fragment, Kept, constant, slot


class Artist:
    """Draws, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def draw(self, keys: list[int]) -> Mapping[int, str]:
        self.asked.append(keys)
        return {key: f"<p>{key}</p>" for key in keys if key >= 0}


def test_a_slot_is_filled_for_each_reader() -> None:
    fragment = Fragment(f"<li>{slot('ago', 12)}, {slot('name')}</li>")
    assert (
        fragment.fill({"ago": lambda at: f"{at} min".encode(), "name": constant("Inès")}).decode()
        == "<li>12 min, Inès</li>"
    )
    assert (
        fragment.fill({"ago": constant("hier"), "name": constant("Loïc")}).decode() == "<li>hier, Loïc</li>"
    )


def test_a_fragment_without_a_slot_is_as_it_was_drawn() -> None:
    assert Fragment("<p>a</p>").fill({}) == b"<p>a</p>"


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\x02\x03", codec="utf-8"), max_size=8),
        min_size=1,
        max_size=6,
    )
)
def test_what_stands_between_slots_reads_the_same(pieces: list[str]) -> None:
    fragment = Fragment(str(slot("x")).join(pieces))
    assert fragment.fill({"x": constant("|")}).decode() == "|".join(pieces)


def test_what_is_kept_is_not_drawn_again() -> None:
    artist, kept = Artist(), Kept()
    kept.get([1, 2], artist.draw)
    found = kept.get([1, 2, 3], artist.draw)
    assert artist.asked == [[1, 2], [3]]
    assert [fragment.fill({}) for fragment in found.values()] == [b"<p>1</p>", b"<p>2</p>", b"<p>3</p>"]


def test_all_that_is_missing_is_drawn_at_once_and_in_order() -> None:
    artist = Artist()
    Kept().get([3, 1, 2], artist.draw)
    assert artist.asked == [[3, 1, 2]]


def test_what_cannot_be_drawn_is_left_out() -> None:
    artist, kept = Artist(), Kept()
    assert list(kept.get([-1, 1], artist.draw)) == [1]
    kept.get([-1], artist.draw)
    assert artist.asked == [[-1, 1], [-1]]


def test_the_ones_not_asked_for_the_longest_go_first() -> None:
    artist, kept = Artist(), Kept(most=3)
    for key in (1, 2, 3, 1, 4):
        kept.get([key], artist.draw)
    artist.asked.clear()
    assert list(kept.get([1, 3, 4], artist.draw)) == [1, 3, 4]
    assert artist.asked == []
    kept.get([2], artist.draw)
    assert artist.asked == [[2]]


def test_more_at_once_than_are_kept_are_still_all_given() -> None:
    artist, kept = Artist(), Kept(most=2)
    assert list(kept.get(range(5), artist.draw)) == [0, 1, 2, 3, 4]
    kept.get([0], artist.draw)
    assert artist.asked[-1] == [0]
