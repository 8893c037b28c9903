"""Small scenes of everyday work, and the grammar in which they are written down.

A scene has a title and what is said: `[who, words]`, or `[who, words, days]` for what is said so many working days
after the opening, once it is done. The first speaker is `by`. Who speaks is a unit, the beginning of a trade, a
name, "opener" (who opened), "other" (another member) or "newcomer" (one of whom nothing is known yet); with "?" the
line is not always said.

In the words, <a|b> is one or the other; {n:40-90} a number, and {n} the same again; {n:200-400*20} one in steps;
{n:2014-2391#} a reference; {x:a/b} one of these. {lot}, {client} and {opener} are filled in, {e} is an e where a
woman speaks; days are as in `days`. `after` keeps a scene for the last so many days, `before` for the time before
them, `months` for some months of the year.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from terrain.demo.company import HERE
from terrain.demo.typography import grouped

CLIENTS = ("Kestrel", "Aquadial", "Pompes Granjon", "Laiteries du Forez", "Ferrovale")

_either = re.compile(r"<([^<>]*\|[^<>]*)>")
_open = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_range = re.compile(r"(\d+)(?:,(\d))?-(\d+)(?:,(\d))?(?:\*(\d+))?(#)?")


@dataclass(frozen=True)
class Line:
    """What is said, who says it and how many working days after the opening; some lines are not always said."""

    who: str
    words: str
    is_optional: bool
    days: int


@dataclass(frozen=True)
class Scene:
    """A conversation that may happen again and again, each time otherwise."""

    by: str
    title: str
    lines: Sequence[Line]
    after: int
    before: int
    months: Sequence[int]

    def fits(self, month: int, days_ago: int) -> bool:
        """Whether it may happen so many days ago, in that month."""
        return month in self.months and self.before < days_ago <= self.after


@dataclass(frozen=True)
class Scenes:
    """The scenes of a space, and how many conversations it sees in a month of today."""

    space: str
    a_month: float
    all: Sequence[Scene]


@dataclass
class Told:
    """The words of a scene, as they are said this time: what was drawn once stays."""

    rng: Random
    drawn: dict[str, str] = field(default_factory=dict)

    def words(self, text: str, gender: str) -> str:
        """The text with everything drawn, but for the days."""
        text = _either.sub(lambda found: self.rng.choice(found[1].split("|")), text)
        return _open.sub(lambda found: self._one(found[1], found[2], gender, found[0]), text)

    def _one(self, name: str, choice: str | None, gender: str, as_it_was: str) -> str:
        if choice is not None:
            self.drawn[name] = self._draw(choice)
        if name in self.drawn:
            return self.drawn[name]
        if name == "e":
            return "e" if gender == "f" else ""
        if name == "lot":
            self.drawn[name] = f"R{self.rng.randint(1, 3)}-{self.rng.randint(100, 1280):04}"
            return self.drawn[name]
        if name == "client":
            self.drawn[name] = self.rng.choice(CLIENTS)
            return self.drawn[name]
        return as_it_was

    def _draw(self, choice: str) -> str:
        if "/" in choice:
            return self.rng.choice(choice.split("/"))
        found = _range.fullmatch(choice)
        if found is None:
            raise ValueError(f"{choice} is neither a range nor a choice")
        low, high = int(found[1]), int(found[3])
        if found[2]:
            tenths = self.rng.randint(low * 10 + int(found[2]), high * 10 + int(found[4]))
            return f"{tenths // 10},{tenths % 10}"
        step = int(found[5] or 1)
        number = low + step * self.rng.randint(0, (high - low) // step)
        return str(number) if found[6] else grouped(number)


def scenes() -> list[Scenes]:
    """The scenes of every space that has some, as they stand in their files."""
    files = sorted((HERE / "situations").glob("*.toml"))
    return [_of_space(tomllib.loads(file.read_text("utf-8"))) for file in files]


def _of_space(told: Mapping[str, Any]) -> Scenes:
    return Scenes(
        space=told["space"],
        a_month=told["a_month"],
        all=[_scene(case) for case in told["case"]],
    )


def _scene(told: Mapping[str, Any]) -> Scene:
    lines = [_line(*line) for line in told["says"]]
    return Scene(
        told["by"],
        told["title"],
        lines,
        told.get("after", 10_000),
        told.get("before", -1),
        told.get("months", range(1, 13)),
    )


def _line(who: str, words: str, days: int = 0) -> Line:
    return Line(who.rstrip("?"), words, who.endswith("?"), days)
