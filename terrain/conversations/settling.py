"""The first three days of a conversation: it finds its words, and nobody but who opened it decides anything over it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.web.refusing import Refused
from terrain.web.rendering import fragment_once

SETTLING = timedelta(hours=72)


class StillSettling(Refused):
    """The conversation is in its first three days, and this is not asked by who opened it."""

    sentence = _(
        "This conversation is less than three days old: it is settling in, and only who opened it can do that."
    )


def leave_in_peace(conversation: Conversation, person: Person, at: datetime | None = None) -> None:
    """Raises StillSettling in the first three days of a conversation, for anybody but who opened it."""
    is_settling = (at or timezone.now()) < conversation.opened_at + SETTLING
    if is_settling and conversation.author_id != person.pk:
        raise StillSettling


def badge() -> Callable[[str], bytes]:
    """Says of a conversation that it is settling in, by when it was opened: seconds since 1970, as a slot has it."""
    since = (timezone.now() - SETTLING).timestamp()
    return lambda opened: (
        str(fragment_once("conversations/_settling.html")).encode() if float(opened) > since else b""
    )
