"""Faces: until somebody shows a picture, their initials on a colour of their own."""

import unicodedata
from functools import lru_cache

from markupsafe import Markup, escape

from terrain.web.contours import hue

SMALL_WORDS = {"de", "du", "des", "la", "le", "les", "d", "l", "von", "van", "der", "of", "the"}


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """One or two capitals: the first of the first word and of the last. "Noé Le Goff" is NG, "Zoé" is Z."""
    words = name.replace("’", " ").replace("'", " ").replace("-", " ").split()
    words = [each for each in words if each[0].isalnum()] or words
    if not words:
        return "?"
    last = next((each for each in reversed(words[1:]) if each.lower() not in SMALL_WORDS), "")
    return unicodedata.normalize("NFC", words[0][0] + last[:1]).upper()


@lru_cache(maxsize=8192)
def face(name: str | None, size: str = "") -> Markup:
    """Somebody's face, for the eye alone (their name stands beside it); `size` is "s", "" or "l".

    Without a name it is the face of somebody who has left.
    """
    if not name:
        return Markup('<span class="face gone{}" aria-hidden="true"></span>').format(
            f" {size}" if size else ""
        )
    classes = f"face {size} h{hue(name)}" if size else f"face h{hue(name)}"
    return Markup(f'<span class="{classes}" aria-hidden="true">{escape(initials(name))}</span>')
