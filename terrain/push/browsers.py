"""What a browser is called, and its system: so that people tell their devices apart. Nothing depends on it."""

import re
from typing import NamedTuple

BROWSERS = [
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Vivaldi", r"\bVivaldi/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
]
SYSTEMS = [
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
]
"""Names, and what in User-Agent says so: the first that is there, for most say that they are others too."""


class Called(NamedTuple):
    """The names of a browser and of its system; "" where they are not known."""

    browser: str
    system: str


def called(agent: str) -> Called:
    """What the browser of this User-Agent is called."""
    return Called(_first(BROWSERS, agent), _first(SYSTEMS, agent))


def _first(names: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, agent)), "")
