"""Icons: line drawings from Lucide, put into the page as they are, so that they take the colour of the text."""

import json
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape


@lru_cache(maxsize=1)
def drawings() -> dict[str, str]:
    """Each icon's name and the inside of its SVG, on a square of 24."""
    drawn: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text())
    return drawn


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> Markup:
    """An icon as SVG; with a label it speaks to who cannot see it, else it is left out for them.

    Raises KeyError for an icon that was not vendored.
    """
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" {said}>{drawings()[name]}</svg>')
