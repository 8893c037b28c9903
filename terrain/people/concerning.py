"""Things that concern somebody and are no messages: whoever makes one tells so, and says it in words.

A folder registers the words of its things in its module `concerns`, and tells `Concerns` where it makes one; whoever
tells people hears it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise

from terrain.people.models import Person


@dataclass(frozen=True)
class Concerns:
    """This thing concerns somebody now."""

    person_id: int
    about: str
    thing: int


@dataclass(frozen=True)
class NoLonger:
    """This thing is gone, or was looked at where it stands by `person_id`, None for everybody."""

    about: str
    thing: int
    person_id: int | None = None


@dataclass(frozen=True)
class Words:
    """What is said of a thing: who does what, in a sentence; a few words of it, and where it is."""

    says: str
    said: str
    address: str
    author: str | None = None


Say = Callable[[Person, Collection[int]], Mapping[int, Words]]
SayT = TypeVar("SayT", bound=Say)


@dataclass(frozen=True)
class Sort:
    """A sort of things: what they are called together, and how each is said, in the language spoken now."""

    label: str | Promise
    say: Say


_sorts: dict[str, Sort] = {}


def said_by(about: str, label: str | Promise) -> Callable[[SayT], SayT]:
    """Register how things of this sort are said to somebody; what it leaves out is not shown to them any more."""

    def register(say: SayT) -> SayT:
        _sorts[about] = Sort(label, say)
        return say

    return register


def sort(about: str) -> Sort | None:
    """The sort of this name; None for one whose folder is no longer there."""
    return _sorts.get(about)
