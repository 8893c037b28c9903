"""Parts of pages that look the same to everybody, drawn once and kept; what is personal is put in at the end.

A fragment is kept in this process by what it shows (id, version, language): a new version is a new fragment, so
nothing has to be forgotten in time. In its HTML, `slot(name, argument)` marks the few places that depend on who
reads and when.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import count
from typing import Self, TypeVar

from markupsafe import Markup

K = TypeVar("K", bound=Hashable)

KEPT = 20_000
# Nobody can write a slot into a message: they do not know this process's own mark.
_mark = f"\x02{secrets.token_hex(6)}:"
_slot = re.compile(f"{_mark}(\\w+):([^\x03]*)\x03")
_numbers = count()


def slot(name: str, argument: object = "") -> Markup:
    """A place in a fragment that is filled for each reader."""
    return Markup(f"{_mark}{name}:{argument}\x03")


def constant(html: str | bytes) -> Callable[[str], bytes]:
    """Fills a slot with the same HTML, whatever its argument."""
    encoded = html if isinstance(html, bytes) else html.encode()
    return lambda _: encoded


class Drawn(Markup):
    """HTML in bytes, as it is sent. In a template it stands for its place alone, and joins the page at the end.

    Text of a page is joined and encoded several times on its way; most of it was drawn and encoded long before.
    """

    html: bytes
    number: str

    @classmethod
    def of(cls, html: bytes) -> Self:
        """These bytes; no bytes are nothing, in a template too."""
        number = str(next(_numbers))
        drawn = cls(slot("drawn", number) if html else "")
        drawn.number = number
        drawn.html = html
        return drawn

    @property
    def shown(self) -> Markup:
        """The HTML itself, for a template that is no page."""
        return Markup(self.html.decode())


def joined(text: str, context: Mapping[str, object]) -> bytes:
    """A text that was drawn with this context, in bytes, with what was drawn before put in its place."""
    before = {value.number: value.html for value in context.values() if isinstance(value, Drawn)}
    return Fragment(text).fill({"drawn": before.__getitem__})


class Fragment:
    """HTML cut at its slots, in bytes."""

    __slots__ = ("names", "pieces", "slots")

    def __init__(self, html: str) -> None:
        parts = _slot.split(html)
        self.pieces = [piece.encode() for piece in parts[0::3]]
        self.slots = list(zip(parts[1::3], parts[2::3], self.pieces[1:], strict=True))
        self.names = frozenset(parts[1::3])

    def fill(self, fillers: Mapping[str, Callable[[str], bytes]]) -> bytes:
        """The HTML with each slot filled by the filler of its name, called with the slot's argument."""
        return self.pieces[0] + b"".join(
            [fillers[name](argument) + piece for name, argument, piece in self.slots]
        )


class Kept:
    """The fragments of one sort; the ones not asked for the longest go first when there are too many."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Fragment] = OrderedDict()

    def get(self, keys: Iterable[K], draw: Callable[[list[K]], Mapping[K, str]]) -> dict[K, Fragment]:
        """The fragments of these keys; `draw` makes the HTML of those that are not kept, all at once.

        A key that `draw` has nothing for is left out.
        """
        found: dict[K, Fragment] = {}
        wanted: list[K] = []
        for key in keys:
            try:
                self._kept.move_to_end(key)
                found[key] = self._kept[key]
            except KeyError:
                wanted.append(key)
        if wanted:
            for key, html in draw(wanted).items():
                found[key] = self._kept[key] = Fragment(html)
            while len(self._kept) > self._most:
                try:
                    self._kept.popitem(last=False)
                except KeyError:
                    break
        return found

    def one(self, key: Hashable, draw: Callable[[], str]) -> Fragment:
        """The fragment of one key, drawn if it is not kept."""
        return self.get([key], lambda keys: {keys[0]: draw()})[key]

    def forget(self) -> None:
        """Empty it, as a new process starts."""
        self._kept.clear()
