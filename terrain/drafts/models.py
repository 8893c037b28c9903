"""The records of what is begun and not yet said."""

from terrain.drafts.draft import Draft

__all__ = ["Draft"]
