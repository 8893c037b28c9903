"""The records of thanks."""

from terrain.thanks.contributing import Sharing
from terrain.thanks.thanking import Hiding, Thanks

__all__ = ["Hiding", "Sharing", "Thanks"]
