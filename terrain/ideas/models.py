"""The records of ideas."""

from terrain.ideas.answer import Answer
from terrain.ideas.debt import Debt, Decider, Extension, Handing
from terrain.ideas.idea import Idea, Support

__all__ = ["Answer", "Debt", "Decider", "Extension", "Handing", "Idea", "Support"]
