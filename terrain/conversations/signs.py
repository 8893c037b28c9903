"""Reactions as they are shown: a sign, how many made it, and whether the reader did."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """An emoji and how many people put it."""

    emoji: str
    count: int


PRESSED = b'?_method=DELETE" aria-pressed="true'
NOT_PRESSED = b'" aria-pressed="false'


def signs(counts: Sequence[tuple[str, int]] | None) -> list[Sign]:
    """Signs out of the database's pairs, the most frequent first."""
    return [Sign(emoji, count) for emoji, count in counts or ()]


def pressed_in(own: Collection[str]) -> Callable[[str], bytes]:
    """Fills the end of a sign's address and its state: pressing one's own again takes it back."""
    return lambda emoji: PRESSED if emoji in own else NOT_PRESSED
