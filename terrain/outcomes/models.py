"""The records of what became of conversations."""

from terrain.outcomes.outcome import Outcome, Reopening

__all__ = ["Outcome", "Reopening"]
