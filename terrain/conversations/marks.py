"""Marks of use: what came, for others, of what somebody opened or said. Upper folders say which they know.

A mark is a fact with its place and its day, never a number that grows: nothing here adds them up or compares people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from terrain.people.models import Person


@dataclass(frozen=True)
class Mark:
    """Something that came of a conversation: what (`icon`, `says`), in which words if any, and when."""

    icon: str
    says: str
    conversation_id: int
    title: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Span:
    """What somebody did from a moment until another, as a reader may see it."""

    person: Person
    reader: Person
    since: datetime
    until: datetime


Known = Callable[[Span], Sequence[Mark]]
"""The marks of one sort in a span, as far as its reader may read their conversations; one question."""

_known: list[Known] = []


def marks_of_use(known: Known) -> Known:
    """Register the decorated function, which knows the marks of one sort."""
    _known.append(known)
    return known


def marks(span: Span) -> list[Mark]:
    """Every mark of use in this span, the latest first."""
    return sorted((mark for known in _known for mark in known(span)), key=lambda mark: mark.at, reverse=True)
