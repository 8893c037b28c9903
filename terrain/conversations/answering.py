"""The form at the foot of a conversation, where one answers it."""

import uuid

from django.utils import translation
from markupsafe import Markup

from terrain.conversations import parts, resuming
from terrain.conversations.forms import MessageForm
from terrain.conversations.parts import Carried
from terrain.conversations.thread import Opened, Quoted
from terrain.web.fragments import Drawn, Kept, constant, slot
from terrain.web.rendering import fragment

_kept = Kept()


def empty(action: str, csrf: str, people: str) -> Drawn:
    """The form as nobody has written in it yet: the same for everybody, but for where it goes and its own key."""
    drawn = _kept.one(
        translation.get_language(),
        lambda: fragment(
            "conversations/_answering.html",
            action=slot("action"),
            csrf=slot("csrf"),
            people=slot("people"),
            key=slot("key"),
            form=MessageForm(),
            replied=None,
            parts=parts.drawn(replying=True),
            kept=resuming.nothing().note,
        ),
    )
    values = {"action": action, "csrf": csrf, "people": people, "key": str(uuid.uuid4())}
    return Drawn.of(drawn.fill({name: constant(value) for name, value in values.items()}))


def archived(opened: Opened) -> Markup:
    """What stands in its place in an archived space."""
    return fragment("conversations/_archived.html", opened=opened)


def begun(
    action: str,
    csrf: str,
    form: MessageForm,
    replied: Quoted | None,
    carried: Carried | None,
    kept: Markup,
    people: str,
) -> Markup:
    """The form with what was written in it, what says that it is kept, and the message that it answers."""
    key = form.written("key") or uuid.uuid4()
    return fragment(
        "conversations/_answering.html",
        action=action,
        csrf=csrf,
        key=key,
        form=form,
        replied=replied,
        parts=parts.drawn(carried, replying=True),
        kept=kept,
        people=people,
    )
