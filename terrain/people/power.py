"""Acts of power: what few can do, or what touches others; each is told as it is done, and stands in the public log.

Whoever writes such a verb declares its act in the `acts` module of its folder, and tells it in the transaction that
does it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

from terrain.people.person import Person
from terrain.web.events import tell

Thing = Literal["space", "conversation", "message", "person", "terrain"]
"""On what: one of these, or the whole of this Terrain."""


@dataclass(frozen=True)
class Act:
    """One way to use power: its key in the log, for good, its icon, and what it says of who did it."""

    key: str
    icon: str
    says: Promise
    """After a name: "archived a space"."""
    is_stewards: bool = False
    """Whether it is of the powers of stewards, all of which are shown on a page."""
    is_by_itself: bool = False
    """Whether it is done by nobody, when its time has come: what it says is then a whole sentence."""
    reasons: Mapping[str, str | Promise] = field(default_factory=dict)
    """What reasons say that are kept as a key."""


@dataclass(frozen=True)
class Done:
    """Somebody did it; nobody (None) where it came from the command line, or by itself."""

    act: Act
    by: int | None
    thing: Thing
    thing_id: int | None
    reason: str


_acts: dict[str, Act] = {}


def act(
    key: str,
    icon: str,
    says: Promise,
    *,
    is_stewards: bool = False,
    is_by_itself: bool = False,
    reasons: Mapping[str, str | Promise] | None = None,
) -> Act:
    """Declare an act; raises ValueError where its key stands for another one."""
    if key in _acts:
        raise ValueError(f"{key} is an act already")
    return _acts.setdefault(key, Act(key, icon, says, is_stewards, is_by_itself, reasons or {}))


def acts() -> dict[str, Act]:
    """Every act, by its key."""
    return dict(_acts)


def done(act: Act, by: Person | None, thing: Thing, thing_id: int | None = None, reason: str = "") -> None:
    """Tell that it was done to a thing; `reason` is public, and never the words of a message."""
    tell(Done(act, by.pk if by else None, thing, thing_id, reason))
