"""The records of what is said."""

from terrain.conversations.conversation import Conversation
from terrain.conversations.editing import Edit
from terrain.conversations.following import Following
from terrain.conversations.message import Message
from terrain.conversations.reacting import Reaction
from terrain.conversations.reading import Reading

__all__ = ["Conversation", "Edit", "Following", "Message", "Reaction", "Reading"]
