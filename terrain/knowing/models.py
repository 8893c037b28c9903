"""The records of who does not want to be found."""

from terrain.knowing.finding import OptOut

__all__ = ["OptOut"]
