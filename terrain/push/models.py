"""The records of web push."""

from terrain.push.device import Device
from terrain.push.due import Due

__all__ = ["Device", "Due"]
