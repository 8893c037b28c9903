"""The records of the door."""

from terrain.accounts.links import SignInLink
from terrain.accounts.passwords import Failure

__all__ = ["Failure", "SignInLink"]
