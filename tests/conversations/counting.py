"""Whether every count that is kept says what there is."""

from django.db import connection

UNTRUE = """
    select 'conversation ' || c.id, c.message_count, c.voice_count, m.n, m.last, m.voices
    from conversations_conversation c
    left join lateral (
        select count(*) as n, max(number) as last, count(distinct author_id) as voices, max(written_at) as moved
        from conversations_message where conversation_id = c.id) m on true
    where (c.message_count, c.message_count, c.voice_count, c.last_activity_at)
        is distinct from (m.n, m.last, m.voices, m.moved)
    union all
    select 'space ' || s.id, s.conversation_count, s.member_count, c.n, null, m.n
    from spaces_space s
    left join lateral (
        select count(*) as n, max(last_activity_at) as moved
        from conversations_conversation where space_id = s.id) c on true
    left join lateral (select count(*) as n from spaces_membership where space_id = s.id) m on true
    where (s.conversation_count, s.member_count) is distinct from (c.n, m.n)
        or s.last_activity_at is distinct from greatest(s.opened_at, c.moved)
    union all
    select 'who writes does not follow in ' || m.conversation_id, m.author_id, null, null, null, null
    from conversations_message m
    where m.author_id is not null and not exists (
        select from conversations_following f
        where f.conversation_id = m.conversation_id and f.person_id = m.author_id)
"""


def untrue_counts() -> list[tuple[object, ...]]:
    """What is counted wrongly, anywhere."""
    with connection.cursor() as cursor:
        cursor.execute(UNTRUE)
        return cursor.fetchall()
