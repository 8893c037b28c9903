"""Where reports show: in the menu of a message, in place of what is set aside, on a host's desk, on one's own page."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.models import Message
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.reports.deciding import Decision
from terrain.reports.handling import role_of
from terrain.reports.reasons import Reason
from terrain.reports.waiting import matters
from terrain.spaces.care import looked_after_by
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@panel("message-acts", order=80)
def goes_too_far(request: PersonRequest, message: Message) -> Markup | str:
    """For anybody but its author: reporting it, in one press of six; for who may, deciding about it."""
    if message.conversation.space_id is None or message.author_id == request.user.pk:
        return ""
    is_standing = bool(message.body)
    may_decide = role_of(request.user, message) is not None
    if not (is_standing or may_decide):
        return ""
    reasons = Reason.choices if is_standing else []
    return fragment("reports/_acts.html", pk=message.pk, reasons=reasons, may_decide=may_decide)


@additions.in_place
def in_place(messages: Sequence[int]) -> Mapping[int, Markup]:
    """Why a message is set aside, by which role, and until when."""
    found = Decision.objects.filter(message__in=messages, ended_at=None).select_related("message")
    return {
        each.message_id: fragment("reports/_in_place.html", decision=each, slot=slot)
        for each in found
        if each.message_id
    }


@additions.filler("aside_of")
def fill(person: Person, _conversations: object) -> Callable[[str], bytes]:
    """For the author of what is set aside, the way to their words."""
    own = f"{person.pk} "

    def way(argument: str) -> bytes:
        if not argument.startswith(own):
            return b""
        return fragment("reports/_own_words.html", pk=int(argument[len(own) :])).encode()

    return way


@panel("desk", order=10)
def on_the_desk(request: PersonRequest, _thing: object) -> Markup | str:
    """What waits of it in the spaces that somebody looks after."""
    found = matters(request.user, looked_after_by(request.user))
    return fragment("reports/_matters.html", matters=found, person=request.user) if found else ""


@panel("person-acts", order=85)
def own_reports(request: PersonRequest, somebody: Person) -> Markup | str:
    return fragment("reports/_own.html") if somebody == request.user else ""
