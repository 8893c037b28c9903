"""The records of polls."""

from terrain.polls.poll import Choice, Poll
from terrain.polls.voting import Vote, Voter

__all__ = ["Choice", "Poll", "Vote", "Voter"]
