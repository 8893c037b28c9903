"""What can happen in a conversation, as it is told to whoever listens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InConversation:
    """Where it happened: enough to know whom it concerns."""

    conversation_id: int
    space_id: int


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
class Reacted(InConversation):
    message_id: int
