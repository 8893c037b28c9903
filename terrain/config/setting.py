"""A setting: how one is read from the environment, and its line on the page about settings."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from terrain.config.trouble import Trouble

T = TypeVar("T")


class UnusableSetting(Trouble):
    """A setting holds something that cannot be used; says which, and what is expected."""


@dataclass(frozen=True)
class Setting:
    """One line of the page about settings."""

    name: str
    default: str
    means: str


SETTINGS: list[Setting] = []


def read(name: str, default: str, means: str, parse: Callable[[str], T], *, shown: str = "") -> T:
    """What the environment says of this setting, else its default, by `parse`; raises UnusableSetting.

    `shown` is what the page says in the place of the default.
    """
    SETTINGS.append(Setting(name, shown or default, means))
    given = os.environ.get(name, "").strip() or default
    try:
        return parse(given)
    except ValueError as fault:
        raise UnusableSetting(f"{name} is “{given}”, but {fault}.") from None


def page() -> str:
    """The page about settings, in Markdown."""
    lines = [
        "# Settings",
        "",
        "All come from the environment, and all have a default that works.",
        "",
        "| name | default | what it is |",
        "|---|---|---|",
    ]
    for each in SETTINGS:
        default = each.default if " " in each.default else f"`{each.default}`"
        lines.append(f"| `{each.name}` | {default} | {each.means} |")
    return "\n".join(lines) + "\n"
