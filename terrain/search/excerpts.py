"""The few words around what was found, with what was asked marked in them: text goes in, safe HTML comes out."""

import re
from collections.abc import Iterable, Sequence

from django.db import connection
from markupsafe import Markup, escape

from terrain.people.about import folded
from terrain.web import markup

LENGTH = 210
BEFORE = 60
ALIKE = 3
"""Letters that a word shares with what was asked, before PostgreSQL says whether it is the same."""

WORD = re.compile(r"[^\W_]+")
STEM = re.compile(r"'((?:[^']|'')+)'")
MATCHING = "select word from unnest(%s::text[]) as of(word) where search_words(word) @@ %s::tsquery"


class Marker:
    """Marks the words that a compiled query asks for, in texts given beforehand: one question for all of them."""

    def __init__(self, query: str, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        beginnings = tuple({folded(stem)[:ALIKE] for stem in STEM.findall(query)})
        if not beginnings:
            return
        alike = {word for text in texts for word in WORD.findall(text) if folded(word).startswith(beginnings)}
        if alike:
            with connection.cursor() as cursor:
                cursor.execute(MATCHING, [sorted(alike), query])
                self._words = {row[0] for row in cursor.fetchall()}

    def whole(self, text: str) -> Markup:
        """All of a text, with the words marked."""
        return self._marked(text, self._found(text))

    def excerpt(self, text: str) -> Markup:
        """The part of a text that holds most of the words, its beginning where it holds none."""
        found = self._found(text)
        start = self._densest(found)
        begins = 0 if start <= BEFORE else _word_at(text, start - BEFORE)
        shown = text[begins : begins + LENGTH]
        if begins + LENGTH < len(text):
            shown = shown.rsplit(" ", 1)[0] + " …"
        moved = [(at - begins, end - begins) for at, end in found if at >= begins]
        said = self._marked(shown, [(at, end) for at, end in moved if end <= len(shown)])
        return Markup("… ") + said if begins else said

    def _found(self, text: str) -> list[tuple[int, int]]:
        return [found.span() for found in WORD.finditer(text) if found[0] in self._words]

    def _densest(self, found: Sequence[tuple[int, int]]) -> int:
        """Where the part begins that holds the most of what was found."""
        best, where = 0, 0
        for at, _ in found:
            count = sum(1 for other, _ in found if at <= other < at + LENGTH - BEFORE)
            if count > best:
                best, where = count, at
        return where

    def _marked(self, text: str, found: Sequence[tuple[int, int]]) -> Markup:
        pieces, end = [], 0
        for at, until in found:
            pieces += [escape(text[end:at]), Markup("<mark>%s</mark>") % text[at:until]]
            end = until
        return Markup("").join([*pieces, escape(text[end:])])


def on_one_line(html: str) -> str:
    """The words of a message on one line."""
    return markup.on_one_line(markup.to_text(html))


def _word_at(text: str, at: int) -> int:
    """Where the next word begins."""
    space = text.find(" ", at)
    return space + 1 if space >= 0 else at
