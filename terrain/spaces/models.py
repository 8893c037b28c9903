"""The records of where people talk."""

from terrain.spaces.joining import JoinRequest
from terrain.spaces.space import Membership, Openness, Space

__all__ = ["JoinRequest", "Membership", "Openness", "Space"]
