"""The company as it is written down in company.toml: its units, trades, named people and spaces."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Trade:
    """A trade in both genders, how many more people have it, when they work, and whom they report to."""

    m: str
    f: str
    count: int
    shift: str
    lead: str


@dataclass(frozen=True)
class UnitText:
    """A unit; `invited` is how many days ago its people began to come."""

    name: str
    parent: str | None
    invited: int
    trades: Sequence[Trade]
    names: str


@dataclass(frozen=True)
class Cast:
    """Somebody with a name and a voice; `joined` and `left` are days ago, `voice` how much they write."""

    name: str
    title: str
    unit: str
    manager: str | None
    gender: str
    shift: str
    joined: int
    left: int | None
    voice: float


@dataclass(frozen=True)
class SpaceText:
    """A space: whose units belong to it whole, who else by name, and which share of all the others."""

    name: str
    about: str
    opener: str
    opened: int
    openness: str
    units: Sequence[str]
    draws: float
    members: Sequence[str]


@dataclass(frozen=True)
class Names:
    """What to name people with: first names of women and of men, family names."""

    f: Sequence[str]
    m: Sequence[str]
    last: Sequence[str]


@dataclass(frozen=True)
class Company:
    """All of it."""

    name: str
    domain: str
    seed: int
    months: int
    zone: str
    units: Sequence[UnitText]
    cast: Sequence[Cast]
    spaces: Sequence[SpaceText]
    names: Mapping[str, Names]


def company() -> Company:
    """The demo company, read from its file."""
    told = tomllib.loads((HERE / "company.toml").read_text("utf-8"))
    return Company(
        name=told["name"],
        domain=told["domain"],
        seed=told["seed"],
        months=told["months"],
        zone=told["zone"],
        units=[_unit(unit) for unit in told["units"]],
        cast=[_cast(somebody) for somebody in told["cast"]],
        spaces=[_space(space) for space in told["spaces"]],
        names={language: Names(**lists) for language, lists in told["names"].items()},
    )


def _unit(told: Mapping[str, Any]) -> UnitText:
    trades = [Trade(**trade) for trade in told["trades"]]
    return UnitText(told["name"], told.get("parent"), told["invited"], trades, told.get("names", "french"))


def _cast(told: Mapping[str, Any]) -> Cast:
    return Cast(
        name=told["name"],
        title=told["title"],
        unit=told["unit"],
        manager=told.get("manager"),
        gender=told["g"],
        shift=told["shift"],
        joined=told["joined"],
        left=told.get("left"),
        voice=told["voice"],
    )


def _space(told: Mapping[str, Any]) -> SpaceText:
    return SpaceText(
        name=told["name"],
        about=told["about"],
        opener=told["opener"],
        opened=told["opened"],
        openness=told.get("openness", "open"),
        units=told["units"],
        draws=told["draws"],
        members=told["with"],
    )
