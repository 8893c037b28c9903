"""The records of trust."""

from terrain.trust.entry import Entry

__all__ = ["Entry"]
