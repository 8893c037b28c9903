"""What somebody has not read yet, by conversation, with how long it takes to read; for their own eyes."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from terrain.conversations.feed import UNMUTED, mine
from terrain.conversations.reading import Read
from terrain.people.models import Person
from terrain.web.events import tell

WORDS_A_MINUTE = 200
"""How fast people read on a screen, as it is commonly reckoned."""
MOST = 200
EVER = datetime(1970, 1, 1, tzinfo=UTC)

MOVED = """c.last_activity_at > %(since)s and coalesce((
        select r.number from conversations_reading r where r.person_id = %(person)s and r.conversation_id = c.id
    ) < c.message_count, c.last_activity_at > {since})"""
# What is said directly is new from its first word on.
UNREAD = f"""
    with {{mine}}, moved as (
        select id, last_activity_at, since from candidate
        union all
        (select c.id, c.last_activity_at, '-infinity' from conversations_participation p
        join conversations_conversation c on c.id = p.conversation_id
        where p.person_id = %(person)s and (c.last_activity_at, c.id) < (%(before)s, %(before_id)s)
            and {UNMUTED} and {MOVED.format(since="'-infinity'")}
        order by c.last_activity_at desc, c.id desc limit %(most)s)
    )
"""
# A body's words are counted by its spaces: a guess that is good enough for minutes, and ten times as fast as reading.
FOUND = """
    , latest as (select * from moved order by last_activity_at desc, id desc limit %(most)s)
    select c.id, c.kind, coalesce((
        select min(o.name) from conversations_participation p join people_person o on o.id = p.person_id
        where p.conversation_id = c.id and p.person_id <> %(person)s having count(*) = 1), c.title), c.space_id,
        s.name, c.last_activity_at, u.first_number, u.last_number,
        u.messages, u.words,
        (select count(*) from conversations_following f where f.conversation_id = c.id),
        exists (select from conversations_following f where f.conversation_id = c.id and f.person_id = %(person)s),
        c.voice_count, c.version, a.name, coalesce(v.body, x.body)
    from latest n
    join conversations_conversation c on c.id = n.id
    left join spaces_space s on s.id = c.space_id
    left join conversations_reading r on r.person_id = %(person)s and r.conversation_id = c.id
    cross join lateral (
        select min(m.number) first_number, max(m.number) last_number, count(*) messages,
            sum(length(m.body) - length(replace(m.body, ' ', '')) + 1) words
        from conversations_message m
        where m.conversation_id = c.id and m.number > coalesce(r.number, 0) and m.author_id is distinct from %(person)s
            and (r.number is not null or m.written_at > n.since) and m.written_at > %(since)s
            and not exists (select from conversations_withdrawal w where w.message_id = m.id)
            and not exists (select from conversations_setting_aside w where w.message_id = m.id)
    ) u
    join conversations_message x on x.conversation_id = c.id and x.number = u.first_number
    left join people_person a on a.id = x.author_id
    left join conversations_version v on v.message_id = x.id and v.language = %(language)s
    order by n.last_activity_at desc, n.id desc
"""
ALL_READ = """
    insert into conversations_reading (conversation_id, person_id, number)
    select c.id, %(person)s, c.message_count from moved n join conversations_conversation c on c.id = n.id
    where c.id <> all(%(but)s)
    on conflict (person_id, conversation_id) do update set number = excluded.number, read_at = now()
    where conversations_reading.number < excluded.number
    returning conversation_id, number, exists (select from conversations_participation p
        where p.conversation_id = conversations_reading.conversation_id and p.person_id = %(person)s)
"""
WHOLE = """
    select c.title, s.name, a.name, coalesce(v.body, m.body)
    from conversations_message m
    join conversations_conversation c on c.id = m.conversation_id
    left join spaces_space s on s.id = c.space_id
    left join people_person a on a.id = m.author_id
    left join conversations_version v on v.message_id = m.id and v.language = %(language)s
    where m.conversation_id = %(conversation)s and m.number >= %(first)s and m.written_at > %(since)s
        and not exists (select from conversations_withdrawal w where w.message_id = m.id)
        and not exists (select from conversations_setting_aside w where w.message_id = m.id)
    order by m.number limit %(most)s
"""


class Unread(NamedTuple):
    """A conversation in which somebody has not read everything, without what they said themselves."""

    conversation_id: int
    kind: str
    title: str
    """Of one that two people have directly, the name of the other."""
    space_id: int | None
    space: str | None
    moved_at: datetime
    first_number: int
    last_number: int
    messages: int
    """Those that they have not read."""
    words: int
    followers: int
    follows: bool
    """Whether they follow it themselves."""
    voices: int
    version: int
    author: str | None
    """Who wrote the first of them."""
    said: str
    """What it says, in HTML."""


def minutes(words: int) -> int:
    """How long so many words take to read, in minutes, one at least."""
    return max(1, round(words / WORDS_A_MINUTE))


def unread(
    person: Person, language: str, before: datetime | None = None, since: datetime = EVER
) -> Sequence[Unread]:
    """The conversations in which this person has something to read, the latest moved first, 200 at most.

    They are those of their feed, and those that they take part in; `before` leaves out what moved since then, and
    `since` what was written until then.
    """
    with connection.cursor() as cursor:
        cursor.execute(_of(FOUND), _values(person, before, MOST, since) | {"language": language})
        return [Unread(*row) for row in cursor.fetchall()]


@transaction.atomic
def read_all(person: Person, before: datetime, but: Collection[int] = ()) -> int:
    """Mark as read to its end all that moved before then, `but` these conversations; how many were marked."""
    with connection.cursor() as cursor:
        cursor.execute(_of(ALL_READ), _values(person, before, 2**31) | {"but": list(but)})
        read = cursor.fetchall()
    for conversation, number, is_direct in read:
        tell(Read(person.pk, conversation, number, is_direct))
    return len(read)


def _of(then: str) -> str:
    return UNREAD.format(mine=mine(MOVED)) + then


def _values(person: Person, before: datetime | None, most: int, since: datetime = EVER) -> dict[str, Any]:
    return {
        "person": person.pk,
        "before": before or timezone.now(),
        "before_id": 0,
        "most": most,
        "since": since,
    }


def whole(
    conversation: int, first: int, language: str, since: datetime, most: int
) -> tuple[str, str | None, Sequence[tuple[str | None, str]]]:
    """What is to be read of a conversation in which somebody has something unread, from the `first` message on.

    Its title, its space, and the author and the HTML of each message, in this language where it has been said in it.
    It asks nobody's right to read: it is for what `unread` gave.
    """
    values: dict[str, Any] = {
        "conversation": conversation,
        "first": first,
        "language": language,
        "since": since,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, values)
        rows = cursor.fetchall()
    title, space = rows[0][:2] if rows else ("", None)
    return title, space, [row[2:] for row in rows]
