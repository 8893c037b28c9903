"""What links do when others speak: what is written is looked at by the worker, what is withdrawn goes."""

from django.conf import settings

from terrain.conversations.events import Edited, Opened, Replied, Withdrawn
from terrain.conversations.models import Message
from terrain.links.jobs import preview_links
from terrain.links.models import Preview
from terrain.links.previewing import let_go, links
from terrain.web.events import hear


@hear(Opened)
@hear(Replied)
def written(event: Opened | Replied) -> None:
    if settings.LINK_PREVIEWS and links(
        Message.unscoped.values_list("body", flat=True).get(pk=event.message_id)
    ):
        preview_links.defer(message_id=event.message_id)


@hear(Edited)
def edited(event: Edited) -> None:
    if Preview.unscoped.filter(message=event.message_id).exists():
        preview_links.defer(message_id=event.message_id)
    else:
        written(Replied(event.conversation_id, event.space_id, event.message_id))


@hear(Withdrawn)
def gone(event: Withdrawn) -> None:
    let_go(event.message_id)
