"""Where direct conversations are found: beside every page, on top of the feed where one waits, on a profile."""

from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations.models import Conversation
from terrain.conversations.thread import Opened
from terrain.direct.listing import talks
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web import shell
from terrain.web.panels import panel
from terrain.web.rendering import fragment

BESIDE = 5

shell.add(
    shell.Place("direct", pgettext_lazy("place", "Direct"), "messages-square", "direct", 40, on_phone=False)
)


@panel("rail", order=30)
def latest(request: PersonRequest, _thing: object) -> Markup | str:
    own = talks(request.user, request.organisation.epoch)
    return fragment("direct/_rail.html", talks=own[:BESIDE], name=request.user.name) if own else ""


@panel("feed-top", order=10)
def waiting(request: PersonRequest, _thing: object) -> Markup | str:
    """What was said to this person alone, or to a few, and is not read yet."""
    new = [talk for talk in talks(request.user, request.organisation.epoch) if talk.is_new]
    return fragment("direct/_waiting.html", talks=new[:3], more=len(new) - 3) if new else ""


@panel("person-acts", order=20)
def write_to(request: PersonRequest, somebody: Person) -> Markup | str:
    if somebody == request.user or not somebody.is_active:
        return ""
    return fragment("direct/_write_to.html", somebody=somebody)


@panel("conversation-aside", order=10)
def taking_part(_request: PersonRequest, opened: Opened) -> Markup | str:
    return fragment("direct/_taking_part.html", pk=opened.id) if opened.space_id is None else ""


@panel("conversation-acts", order=90)
def leave(_request: PersonRequest, conversation: Conversation) -> Markup | str:
    return fragment("direct/_leave.html", pk=conversation.pk) if conversation.space_id is None else ""
