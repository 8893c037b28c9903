"""Where previews show: under the message that links to the page; and in its menu, taking them away."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.models import Message
from terrain.links.models import Preview
from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@additions.under_messages(order=8, table="links_preview")
def under(messages: Sequence[int]) -> Mapping[int, Markup]:
    drawn: dict[int, Markup] = defaultdict(Markup)
    shown = Preview.unscoped.filter(message__in=messages).shown().select_related("file")
    for each in shown.order_by("message", "place", "pk"):
        host = (urlsplit(each.address).hostname or "").removeprefix("www.")
        drawn[each.message_id] += fragment("links/_under.html", preview=each, host=host)
    return drawn


@panel("message-acts", order=60)
def take_away(request: PersonRequest, message: Message) -> Markup | str:
    if message.author_id != request.user.pk or not Preview.unscoped.filter(message=message).shown().exists():
        return ""
    return fragment("links/_take_away.html", pk=message.pk)
