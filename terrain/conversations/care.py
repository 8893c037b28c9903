"""Who may say what became of a conversation: who opened it, and whoever looks after its space."""

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.spaces.care import is_looked_after_by


def cares_for(person: Person, conversation: Conversation) -> bool:
    """Whether this person opened the conversation, or looks after its space."""
    if conversation.author_id == person.pk:
        return True
    return conversation.space_id is not None and is_looked_after_by(conversation.space_id, person)
