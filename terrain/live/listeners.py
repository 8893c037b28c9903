"""Says through PostgreSQL that a conversation or a membership changed; it leaves if and when the transaction does."""

import json

from django.db import connection

from terrain.conversations.events import Edited, InConversation, Opened, Reacted, Replied
from terrain.spaces.joining import MembershipChanged
from terrain.spaces.models import Openness
from terrain.web.events import hear

CHANNEL = "terrain"

# Whether the space is open is said here, in the transaction: who listens keeps nothing that could be out of date.
CONVERSATION = """
    select pg_notify(%s, json_build_object('conversation', %s::bigint, 'space', id, 'open', openness = %s)::text)
    from spaces_space where id = %s
"""


@hear(Opened)
@hear(Replied)
@hear(Edited)
@hear(Reacted)
def conversation_changed(event: InConversation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CONVERSATION, [CHANNEL, event.conversation_id, Openness.OPEN, event.space_id])


@hear(MembershipChanged)
def membership_changed(event: MembershipChanged) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps({"membership": event.person_id})])
