"""The records of what became of conversations."""

from terrain.outcomes.asking import Asking
from terrain.outcomes.outcome import Outcome, Reopening

__all__ = ["Asking", "Outcome", "Reopening"]
