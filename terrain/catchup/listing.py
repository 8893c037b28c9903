"""What is to be caught up with: the last two weeks, and below them, folded, what is older."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from terrain.conversations.excerpts import recalled
from terrain.conversations.unread import Unread, minutes, unread
from terrain.people.models import Person

OLD = timedelta(days=14)
"""How long what was not read stays unfolded."""
KEPT = 5
"""The conversations that stay where one keeps those that most people follow."""


@dataclass(frozen=True)
class Line:
    """A conversation with something to read."""

    conversation_id: int
    title: str
    space: str | None
    author: str | None
    said: str
    """The first words of the first message that was not read."""
    last_number: int
    messages: int
    minutes: int


@dataclass(frozen=True)
class CatchUp:
    """What one person has to read; `minutes` are of what is of late."""

    lately: Sequence[Line]
    older: Sequence[Line]
    messages: int
    minutes: int


def catch_up(person: Person, language: str, at: datetime) -> CatchUp:
    """What this person has not read at this moment, each the latest moved first; one question."""
    found = unread(person, language, at)
    lately = [each for each in found if each.moved_at >= at - OLD]
    return CatchUp(
        [_line(each) for each in lately],
        [_line(each) for each in found if each.moved_at < at - OLD],
        sum(each.messages for each in lately),
        minutes(sum(each.words for each in lately)),
    )


def most_followed(person: Person, language: str, at: datetime) -> Sequence[int]:
    """The five of late that most people follow, the latest moved first where it is the same."""
    lately = [each for each in unread(person, language, at) if each.moved_at >= at - OLD]
    first = sorted(lately, key=lambda each: each.followers, reverse=True)[:KEPT]
    return [each.conversation_id for each in first]


def _line(each: Unread) -> Line:
    return Line(
        each.conversation_id,
        each.title,
        each.space,
        each.author,
        recalled(each.said),
        each.last_number,
        each.messages,
        minutes(each.words),
    )
