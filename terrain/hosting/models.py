"""The records of looking after a space."""

from terrain.hosting.arriving import AtHome
from terrain.hosting.folding import Folding
from terrain.hosting.hosting import Hosting
from terrain.hosting.pinning import Pin
from terrain.hosting.summing_up import Summary

__all__ = ["AtHome", "Folding", "Hosting", "Pin", "Summary"]
