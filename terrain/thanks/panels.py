"""Where thanks show: on the page of who received them, under the message they are for, and in the menus."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.models import Message
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.thanks import contributing, reading
from terrain.web.panels import panel
from terrain.web.rendering import fragment, fragment_once

ON_PROFILE = 5


@panel("profile", order=30)
def received(request: PersonRequest, somebody: Person) -> Markup | str:
    """The latest thanks to somebody."""
    found = reading.received(somebody, request.user, ON_PROFILE)
    if not found:
        return ""
    return fragment("thanks/_received.html", thanks=found, somebody=somebody, person=request.user)


@panel("profile", order=25)
def what_came_of_it(request: PersonRequest, somebody: Person) -> Markup | str:
    """What came of the conversations that somebody opened, in the last twelve months."""
    found = contributing.lately(somebody, request.user)
    return fragment("thanks/_marks.html", marks=found) if found else ""


@panel("person-acts", order=40)
def own_contributions(request: PersonRequest, somebody: Person) -> Markup | str:
    """On one's own page, the way to one's contributions."""
    return fragment("thanks/_contributions.html") if somebody == request.user else ""


@panel("person-acts", order=20)
def thank_person(request: PersonRequest, somebody: Person) -> Markup | str:
    if somebody == request.user or not somebody.is_active:
        return ""
    return fragment("thanks/_thank.html", to="thanks_to", pk=somebody.pk, is_bare=False)


@panel("message-acts", order=30)
def thank_for_message(request: PersonRequest, message: Message) -> Markup | str:
    author = message.author
    if author is None or author == request.user or not (author.is_active and message.body):
        return ""
    return fragment("thanks/_thank.html", to="thanks_for", pk=message.pk, is_bare=True)


@additions.under_messages(order=70, table="thanks_thanks")
def under_messages(messages: Sequence[int]) -> Mapping[int, Markup]:
    found = reading.under(messages)
    return {pk: fragment("thanks/_under.html", thanks=thanks, message=pk) for pk, thanks in found.items()}


@panel("feed-aside", order=30)
def lately(request: PersonRequest, _thing: object) -> Markup | str:
    """What one was thanked for of late."""
    found = reading.lately(request.user, request.organisation.epoch)
    return fragment_once("thanks/_lately.html", thanks=found, pk=request.user.pk) if found else ""
