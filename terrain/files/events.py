"""What can happen to a file, as it is told to whoever listens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """It is there, whole."""

    file_id: int


@dataclass(frozen=True)
class Previewed:
    """Its first page can be looked at."""

    file_id: int
