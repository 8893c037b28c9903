"""What notifications tell to those above, in the transaction that made it true."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Told:
    """These people, by their ids, were told at this moment of a message, or of a thing of some sort.

    None of them had been told of it before, and it rings for each: who wants it in a digest alone is not among them.
    """

    people: tuple[int, ...]
    at: datetime
    message: int | None = None
    about: str = ""
    thing: int | None = None
