"""Quoting: the words of a message to which a reply goes, a passage that it really holds, or the few that recall it."""

import re

from terrain.conversations.excerpts import recalled
from terrain.web import markup

LONGEST = 600
"""Characters of a passage: a longer one ends at a word, with an ellipsis."""


def passage_in(body: str, words: str) -> str:
    """The passage of a message that has these words, spaces and lines aside; "" where it does not say them.

    Nobody is made to say what they did not. What ends with an ellipsis is also found without it.
    """
    text = markup.to_text(body)
    if found := _found(text, words):
        return _within(found)
    begins = _found(text, words.removesuffix("…")) if words.endswith("…") else ""
    return f"{begins[: LONGEST - 1]}…" if begins else ""


def passages(body: str) -> list[str]:
    """The lines of a message, each of which may be quoted."""
    lines = (markup.on_one_line(each) for each in markup.to_text(body).split("\n"))
    return [_within(each) for each in lines if not markup.is_empty(each)]


def said(passage: str, body: str) -> str:
    """What recalls a message where it is answered."""
    return passage or recalled(body)


def _found(text: str, words: str) -> str:
    wanted = r"\s+".join(map(re.escape, words.split()))
    found = re.search(wanted, text) if wanted else None
    return markup.on_one_line(found[0]) if found else ""


def _within(passage: str) -> str:
    return passage if len(passage) <= LONGEST else passage[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
