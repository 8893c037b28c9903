"""Faces: until somebody shows a picture, their initials on a colour of their own."""

import unicodedata
from functools import lru_cache

from markupsafe import Markup, escape

from terrain.web.contours import hue


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """One or two capitals, of the first two words: "Noé Le Goff" is NL, "Jean-Marc Ollier" is JM, "Zoé" is Z."""
    words = unicodedata.normalize("NFC", name).replace("-", " ").split()
    words = [each for each in words if each[0].isalnum()] or words
    return "".join(each[0] for each in words[:2]).upper() or "?"


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
