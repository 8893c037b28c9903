"""Who may decide about a message that goes too far: who looks after its space, and stewards who read it anyway."""

from typing import Literal

from django.utils.translation import gettext_lazy as _

from terrain.conversations.models import Message
from terrain.people.models import Person
from terrain.people.steward import is_steward
from terrain.spaces.care import is_looked_after_by
from terrain.web.refusing import Refused

Role = Literal["host", "steward"]


class NotAlone(Refused):
    """It takes somebody else."""

    sentence = _("It takes somebody else: whoever began this does not decide it alone.")


def role_of(person: Person, message: Message) -> Role | None:
    """As what this person, who reads the message, may decide about it; None where they may not.

    Nobody decides about their own words, and what is said between a few people is nobody else's.
    """
    space = message.conversation.space_id
    if space is None or message.author_id == person.pk:
        return None
    if is_looked_after_by(space, person):
        return "host"
    return "steward" if is_steward(person) else None
