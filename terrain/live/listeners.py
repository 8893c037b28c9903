"""Says through PostgreSQL that a conversation or a membership changed; it leaves if and when the transaction does."""

import json

from django.db import connection

from terrain.conversations.events import Changed, Edited, InConversation, Opened, Reacted, Replied, Withdrawn
from terrain.people.news import NewsChanged
from terrain.spaces.joining import MembershipChanged
from terrain.spaces.models import Openness
from terrain.web.events import hear

CHANNEL = "terrain"
AT_ONCE = 300
"""People named in one notification: PostgreSQL takes 8,000 bytes at most."""

# Whether it is open to all is said here, in the transaction: who listens keeps nothing that could be out of date.
CONVERSATION = """
    select pg_notify(%s, json_build_object(
        'conversation', %s::bigint, 'space', s.id, 'open', s.openness = %s or coalesce(c.is_kept_open, false))::text)
    from spaces_space s left join conversations_conversation c on c.id = %s where s.id = %s
"""

# Between participants, each of them is named: who listens tells nobody else.
BETWEEN = """
    select pg_notify(%s, json_build_object('conversation', %s::bigint, 'people', (
        select json_agg(person_id) from conversations_participation where conversation_id = %s))::text)
"""


@hear(Opened)
@hear(Replied)
@hear(Edited)
@hear(Reacted)
@hear(Changed)
@hear(Withdrawn)
def conversation_changed(event: InConversation) -> None:
    with connection.cursor() as cursor:
        if event.space_id is None:
            cursor.execute(BETWEEN, [CHANNEL, event.conversation_id, event.conversation_id])
        else:
            pk = event.conversation_id
            cursor.execute(CONVERSATION, [CHANNEL, pk, Openness.OPEN, pk, event.space_id])


@hear(NewsChanged)
def news_changed(event: NewsChanged) -> None:
    with connection.cursor() as cursor:
        for first in range(0, len(event.people), AT_ONCE):
            people = event.people[first : first + AT_ONCE]
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps({"news": people})])


@hear(MembershipChanged)
def membership_changed(event: MembershipChanged) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps({"membership": event.person_id})])
