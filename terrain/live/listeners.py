"""Says through PostgreSQL that a conversation or a membership changed; it leaves if and when the transaction does."""

import json

from django.db import connection

from terrain.conversations.events import Edited, InConversation, Opened, Reacted, Replied
from terrain.spaces.joining import MembershipChanged
from terrain.spaces.models import Openness, Space
from terrain.web.events import hear

CHANNEL = "terrain"


@hear(Opened)
@hear(Replied)
@hear(Edited)
@hear(Reacted)
def conversation_changed(event: InConversation) -> None:
    openness = Space.unscoped.filter(pk=event.space_id).values_list("openness", flat=True).get()
    _notify({"conversation": event.conversation_id, "space": event.space_id, "open": openness == Openness.OPEN})


@hear(MembershipChanged)
def membership_changed(event: MembershipChanged) -> None:
    _notify({"membership": event.person_id})


def _notify(payload: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps(payload)])
