"""What can happen in a conversation, as it is told to whoever listens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InConversation:
    """Where it happened: enough to know whom it concerns."""

    conversation_id: int
    space_id: int | None
    """None where it happened between participants, in no space."""


@dataclass(frozen=True)
class Opened(InConversation):
    message_id: int


@dataclass(frozen=True)
class Replied(InConversation):
    message_id: int


@dataclass(frozen=True)
class Edited(InConversation):
    message_id: int


@dataclass(frozen=True)
class Withdrawn(InConversation):
    message_id: int


@dataclass(frozen=True)
class SetAside(InConversation):
    message_id: int


@dataclass(frozen=True)
class Reacted(InConversation):
    message_id: int


@dataclass(frozen=True)
class Changed(InConversation):
    """Something that an upper folder shows in it is not what it was."""
