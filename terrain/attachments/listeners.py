"""What attachments do when others speak: they go with a withdrawn message, and show a PDF's first page once drawn."""

from terrain.attachments.attaching import let_go
from terrain.attachments.models import Attachment
from terrain.conversations.additions import changed
from terrain.conversations.events import Withdrawn
from terrain.files.events import Previewed
from terrain.web.events import hear


@hear(Withdrawn)
def gone(event: Withdrawn) -> None:
    let_go(event.message_id)


@hear(Previewed)
def drawn_anew(event: Previewed) -> None:
    for each in Attachment.unscoped.filter(file=event.file_id).select_related("message__conversation"):
        changed(each.message.conversation_id, each.message.conversation.space_id)
