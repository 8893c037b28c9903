"""Where saving shows: in the menus of a message and of a conversation, and on one's own page."""

from markupsafe import Markup

from terrain.conversations.models import Conversation, Message
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.saving.models import Saved
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@panel("message-acts", order=20)
def save_message(request: PersonRequest, message: Message) -> Markup | str:
    return _save(request, message) if message.body else ""


@panel("conversation-acts", order=12)
def save_conversation(request: PersonRequest, conversation: Conversation) -> Markup | str:
    """A conversation is saved by the message that opens it."""
    first = Message.visible_to(request.user).standing().filter(conversation=conversation, number=1).first()
    return _save(request, first) if first else ""


def _save(request: PersonRequest, message: Message) -> Markup:
    is_saved = Saved.objects.filter(person=request.user, message=message).exists()
    return fragment("saving/_save.html", pk=message.pk, is_saved=is_saved)


@panel("person-acts", order=40)
def own_saved(request: PersonRequest, somebody: Person) -> Markup | str:
    """On one's own page, the way to what one saved."""
    return fragment("saving/_own.html") if somebody == request.user else ""
