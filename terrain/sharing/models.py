"""The record of what is shared."""

from terrain.sharing.share import Share

__all__ = ["Share"]
