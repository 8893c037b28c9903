"""The records of trust."""

from terrain.trust.entry import Entry
from terrain.trust.guarantees import Looked

__all__ = ["Entry", "Looked"]
