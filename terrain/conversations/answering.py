"""The form at the foot of a conversation, where one answers it."""

import uuid

from django.utils import translation
from markupsafe import Markup

from terrain.conversations.forms import MessageForm
from terrain.conversations.thread import Quoted
from terrain.web.fragments import Drawn, Kept, constant, slot
from terrain.web.rendering import fragment

_kept = Kept()


def empty(action: str, csrf: str) -> Drawn:
    """The form as nobody has written in it yet: the same for everybody, but for where it goes and its own key."""
    drawn = _kept.one(
        translation.get_language(),
        lambda: fragment(
            "conversations/_answering.html",
            action=slot("action"),
            csrf=slot("csrf"),
            key=slot("key"),
            form=MessageForm(),
            replied=None,
        ),
    )
    values = {"action": action, "csrf": csrf, "key": str(uuid.uuid4())}
    return Drawn.of(drawn.fill({name: constant(value) for name, value in values.items()}))


def begun(action: str, csrf: str, form: MessageForm, replied: Quoted | None) -> Markup:
    """The form with what was written in it, and the message that it answers."""
    key = form.written("key") or uuid.uuid4()
    return fragment(
        "conversations/_answering.html", action=action, csrf=csrf, key=key, form=form, replied=replied
    )
