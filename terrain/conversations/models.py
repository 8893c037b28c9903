"""The records of what is said."""

from terrain.conversations.conversation import Conversation, Participation
from terrain.conversations.editing import Edit
from terrain.conversations.following import Following, PersonFollowing
from terrain.conversations.mentioning import Mention
from terrain.conversations.message import Message
from terrain.conversations.muting import Muting
from terrain.conversations.reacting import Reaction
from terrain.conversations.reading import Reading
from terrain.conversations.setting_aside import SettingAside
from terrain.conversations.tagging import Tag, Topic, TopicFollowing
from terrain.conversations.versions import Version
from terrain.conversations.withdrawing import Withdrawal

__all__ = [
    "Conversation",
    "Edit",
    "Following",
    "Mention",
    "Message",
    "Muting",
    "Participation",
    "PersonFollowing",
    "Reaction",
    "Reading",
    "SettingAside",
    "Tag",
    "Topic",
    "TopicFollowing",
    "Version",
    "Withdrawal",
]
