"""Brings conversations in, whole ones, some thousand messages at a time: each batch is one transaction.

Whenever it is interrupted, what is in is whole and its counts are true; the next run goes on with the rest.
"""

from collections.abc import Iterator

from django.db import transaction

from terrain.archives.waiting import ask, do

A_BATCH = 5000
"""The messages of a batch, the rest of its last conversation aside."""

# Conversations in which something is new, numbered in the order of the archive.
CONVERSATIONS = """
    create temp table landing_conversation as
    select line, id, here, coalesce(here, nextval(pg_get_serial_sequence('conversations_conversation', 'id'))) as pk,
        space_id, batch
    from (
        select c.line, c.id, c.pk as here, s.pk as space_id, (sum(m.n) over (order by c.line) / %s)::int as batch
        from arriving_conversation c join arriving_space s on s.id = c.space
        join (
            select conversation, count(*) as n from arriving_message
            where why is null and pk is null group by conversation
        ) m on m.conversation = c.id
        where c.why is null order by c.line
    ) c
"""
MESSAGES = """
    create temp table landing_message as
    select line, id, here, coalesce(here, nextval(pg_get_serial_sequence('conversations_message', 'id'))) as pk,
        conversation_id, batch, place
    from (
        select m.line, m.id, m.pk as here, c.pk as conversation_id, c.batch,
            row_number() over (partition by c.pk, m.pk is null order by m.number, m.at, m.line) as place
        from arriving_message m join landing_conversation c on c.id = m.conversation
        where m.why is null order by c.pk, place
    ) m
"""
INDEXES = (
    "create index on landing_conversation (batch)",
    "create index on landing_conversation (id)",
    "create index on landing_message (batch)",
    "create index on landing_message (id)",
    "create index on arriving_reaction (message)",
    "create index on arriving_edit (message)",
    "create index on arriving_following (conversation)",
    "analyze landing_conversation",
    "analyze landing_message",
)

LOCK = """
    select c.id from conversations_conversation c join landing_conversation l on l.here = c.id
    where l.batch = %s order by c.id for update of c
"""
OPEN = """
    insert into conversations_conversation
        (id, uid, space_id, kind, title, author_id, opened_at, last_activity_at, message_count, voice_count, version)
    select l.pk, c.uid, l.space_id, c.kind, c.title, p.pk, c.at, m.last_at, m.n, m.voices, 1
    from landing_conversation l
    join arriving_conversation c on c.line = l.line
    left join arriving_person p on p.id = c.author
    join (
        select l.conversation_id, count(*) as n, count(distinct p.pk) as voices, max(m.at) as last_at
        from landing_message l join arriving_message m on m.line = l.line
        left join arriving_person p on p.id = m.author
        where l.batch = %s and l.here is null group by l.conversation_id
    ) m on m.conversation_id = l.pk
    where l.batch = %s and l.here is null order by l.pk
"""
WRITE = """
    insert into conversations_message
        (id, uid, conversation_id, author_id, number, body, written_at, edited_at, reply_to_id, version)
    select l.pk, m.uid, l.conversation_id, p.pk, l.place + coalesce(h.last, 0), m.html, m.at, m.edited_at, r.pk, 1
    from landing_message l
    join arriving_message m on m.line = l.line
    left join arriving_person p on p.id = m.author
    left join landing_message r on r.id = m.reply_to
    left join (
        select m.conversation_id, max(m.number) as last from conversations_message m
        join landing_conversation l on l.here = m.conversation_id
        where l.batch = %s group by m.conversation_id
    ) h on h.conversation_id = l.conversation_id
    where l.batch = %s and l.here is null order by l.pk
"""
CONTINUE = """
    update conversations_conversation c
    set message_count = m.n, voice_count = m.voices, last_activity_at = greatest(c.last_activity_at, m.last_at),
        version = c.version + 1
    from (
        select m.conversation_id, count(*) as n, count(distinct m.author_id) as voices, max(m.written_at) as last_at
        from conversations_message m join landing_conversation l on l.here = m.conversation_id
        where l.batch = %s group by m.conversation_id
    ) m
    where c.id = m.conversation_id
"""
REACTIONS = """
    insert into conversations_reaction (message_id, person_id, emoji, reacted_at)
    select l.pk, p.pk, a.emoji, coalesce(a.at, m.at)
    from landing_message l
    join arriving_message m on m.line = l.line
    join arriving_reaction a on a.message = l.id
    join arriving_person p on p.id = a.person
    where l.batch = %s and l.here is null and a.why is null order by a.line
    on conflict do nothing
"""
EDITS = """
    insert into conversations_edit (message_id, body, made_at)
    select l.pk, a.html, a.at
    from landing_message l join arriving_edit a on a.message = l.id
    where l.batch = %s and l.here is null and a.why is null order by a.line
"""
FOLLOWINGS = """
    insert into conversations_following (conversation_id, person_id, followed_at)
    select l.pk, p.pk, coalesce(a.at, c.at)
    from landing_conversation l
    join arriving_conversation c on c.line = l.line
    join arriving_following a on a.conversation = l.id
    join arriving_person p on p.id = a.person
    where l.batch = %s and l.here is null and a.why is null order by a.line
    on conflict do nothing
"""
AUTHORS_FOLLOW = """
    insert into conversations_following (conversation_id, person_id, followed_at)
    select l.conversation_id, p.pk, min(m.at)
    from landing_message l
    join arriving_message m on m.line = l.line
    join arriving_person p on p.id = m.author
    where l.batch = %s and l.here is null
    group by l.conversation_id, p.pk order by min(l.pk)
    on conflict do nothing
"""
COUNT = """
    update spaces_space s
    set conversation_count = s.conversation_count + l.opened,
        last_activity_at = greatest(s.last_activity_at, l.last_at)
    from (
        select l.space_id, count(*) filter (where l.here is null) as opened, max(c.last_activity_at) as last_at
        from landing_conversation l join conversations_conversation c on c.id = l.pk
        where l.batch = %s group by l.space_id
    ) l
    where s.id = l.space_id
"""


class Landing:
    """The conversations in which something is new, in batches; `authors_follow` where no following is told."""

    def __init__(self, *, authors_follow: bool) -> None:
        self.followings_made = 0
        self._authors_follow = authors_follow
        do(CONVERSATIONS, A_BATCH)
        do(MESSAGES)
        for each in INDEXES:
            do(each)

    def batches(self) -> Iterator[int]:
        """Bring in a batch, and tell how many messages came in with it; then the next one."""
        for (batch,) in ask("select distinct batch from landing_conversation order by batch"):
            yield self._write(batch)

    @transaction.atomic
    def _write(self, batch: int) -> int:
        # The import's last transaction waits for the disk, and with it all of them.
        do("set local synchronous_commit = off")
        ask(LOCK, batch)
        do(OPEN, batch, batch)
        written = do(WRITE, batch, batch)
        do(CONTINUE, batch)
        do(REACTIONS, batch)
        do(EDITS, batch)
        if self._authors_follow:
            self.followings_made += do(AUTHORS_FOLLOW, batch)
        else:
            do(FOLLOWINGS, batch)
        do(COUNT, batch)
        return written
