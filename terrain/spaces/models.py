"""The records of where people talk."""

from terrain.spaces.archiving import Archiving
from terrain.spaces.changes import Change
from terrain.spaces.closing import Closing
from terrain.spaces.departing import Departure, UnitSpace
from terrain.spaces.handing_over import HandOver
from terrain.spaces.joining import JoinRequest
from terrain.spaces.space import Membership, Openness, Space

__all__ = [
    "Archiving",
    "Change",
    "Closing",
    "Departure",
    "HandOver",
    "JoinRequest",
    "Membership",
    "Openness",
    "Space",
    "UnitSpace",
]
