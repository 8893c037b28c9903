"""The records of mail that comes in."""

from terrain.mail.answers import Answer
from terrain.mail.receiving import Receiving
from terrain.mail.taken import Taken

__all__ = ["Answer", "Receiving", "Taken"]
