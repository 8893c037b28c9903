"""Acts of power: what few can do, or what touches others; each is told as it is done, and stands in the public log.

Whoever writes such a verb declares its act in the `acts` module of its folder, and tells it in the transaction that
does it.
"""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Power:
    """Something that stewards can do, and the acts by which it stands in the log; all are shown on a page."""

    icon: str
    says: Promise
    acts: Sequence[Act]


_acts: dict[str, Act] = {}
_powers: list[Power] = []


def act(
    key: str,
    icon: str,
    says: Promise,
    *,
    is_by_itself: bool = False,
    reasons: Mapping[str, str | Promise] | None = None,
) -> Act:
    """Declare an act; raises ValueError where its key stands for another one."""
    if key in _acts:
        raise ValueError(f"{key} is an act already")
    return _acts.setdefault(key, Act(key, icon, says, is_by_itself, reasons or {}))


def acts() -> dict[str, Act]:
    """Every act, by its key."""
    return dict(_acts)


def stewards_can(icon: str, says: Promise, *acts: Act) -> None:
    """Declare a power of stewards, by the acts that it shows as in the log."""
    _powers.append(Power(icon, says, acts))


def powers() -> list[Power]:
    """All that stewards can do."""
    return list(_powers)


def done(act: Act, by: Person | None, thing: Thing, thing_id: int | None = None, reason: str = "") -> None:
    """Tell that it was done to a thing; `reason` is public, and never the words of a message."""
    tell(Done(act, by.pk if by else None, thing, thing_id, reason))
