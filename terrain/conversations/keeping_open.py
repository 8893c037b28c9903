"""When an open space closes, what was said in it before stays open to all; what is said from then on is not."""

from django.db.models import F
from django.utils.translation import gettext as _

from terrain.conversations.conversation import Conversation
from terrain.conversations.opening import open_conversation
from terrain.people.models import Person
from terrain.spaces.closing import ClosingAnnounced, keeps_closed
from terrain.spaces.models import Space
from terrain.web import markup
from terrain.web.moments import day


def keep_open(space_id: int) -> None:
    """Let everybody go on reading what is in this space, which has just closed."""
    here = Conversation.unscoped.filter(space=space_id, is_kept_open=False)
    here.update(is_kept_open=True, version=F("version") + 1)


def open_with_its_space(space_id: int) -> None:
    """What is in a space that is open needs no mark of its own."""
    here = Conversation.unscoped.filter(space=space_id, is_kept_open=True)
    here.update(is_kept_open=False, version=F("version") + 1)


@keeps_closed
def holds_closed_words(space_id: int) -> bool:
    """Whether a conversation of this closed space is for its members alone."""
    return Conversation.unscoped.filter(space=space_id, is_kept_open=False).exists()


def announce(event: ClosingAnnounced) -> None:
    """Say in the space that it closes, when and why, as a conversation that can be answered."""
    space, person = Space.unscoped.get(pk=event.space_id), Person.objects.get(pk=event.person_id)
    when = day(event.closes_at, person.zone)
    said = _(
        "This space closes on %(when)s: from then on, only its members read what is begun in it. What was said before "
        "stays open to all. Until then, any member can call it off."
    ) % {"when": when}
    open_conversation(
        space, person, markup.from_text(f"{event.why}\n\n{said}"), title=_("This space is going to close")
    )
