"""What is said in the demo company, on its way to the tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from terrain.demo.people import Somebody
from terrain.demo.spaces import Place


@dataclass(eq=False)
class Said:
    """A message: `reply_to` is the number of the one it answers; `signs` who put which emoji when."""

    author: Somebody
    at: datetime
    body: str
    reply_to: int | None = None
    signs: list[tuple[Somebody, str, datetime]] = field(default_factory=list)


@dataclass(eq=False)
class Talk:
    """A conversation in a space, its messages in their order."""

    place: Place
    title: str
    said: Sequence[Said]

    @property
    def opened_at(self) -> datetime:
        """The moment of its first message."""
        return self.said[0].at

    @property
    def moved_at(self) -> datetime:
        """The moment of its last message."""
        return self.said[-1].at

    @property
    def voices(self) -> list[Somebody]:
        """Who wrote in it, each once, in the order in which they came."""
        return list(dict.fromkeys(said.author for said in self.said))
