"""The feed: what moves in one's own spaces and in what one follows, the latest first, exactly; no hidden order.

A list is asked in two steps: which conversations, with the little that is personal (one question); then the cards of
those that nobody has drawn yet since they changed (one more, only where there are any).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from terrain.people.models import Person

PAGE = 20

UNMUTED = """
    c.id <> all(array(
        select conversation_id from conversations_muting where person_id = %(person)s and conversation_id is not null))
    and coalesce(c.author_id, 0) <> all(array(
        select somebody_id from conversations_muting where person_id = %(person)s and somebody_id is not null))
"""
# A membership is the narrowest scope there is. Each space gives its latest by its own index, whatever its size; what
# is followed elsewhere counts as long as its space is open.
MINE = """
    candidate as (
        (select c.id, c.last_activity_at, c.version, c.message_count, m.joined_at as since
        from spaces_membership m, lateral (
            select c.* from conversations_conversation c
            where c.space_id = m.space_id and (c.last_activity_at, c.id) < (%(before)s, %(before_id)s) and {unmuted}
                and {only_here}
            order by c.last_activity_at desc, c.id desc limit %(most)s) c
        where m.person_id = %(person)s and m.space_id <> all(array(
            select space_id from conversations_muting where person_id = %(person)s and space_id is not null)))
        union all
        (select id, last_activity_at, version, message_count, since from (
            select c.id, c.last_activity_at, c.version, c.message_count, f.since
            from (select id, min(since) as since from ({sources}) every(id, since) group by id) f, lateral (
                select c.* from conversations_conversation c
                join spaces_space s on s.id = c.space_id and (s.openness = 'open' or c.is_kept_open)
                where c.id = f.id and (c.last_activity_at, c.id) < (%(before)s, %(before_id)s) and {unmuted}
                    and {only_elsewhere}
                    and c.space_id <> all(array(select space_id from spaces_membership where person_id = %(person)s))
                limit 1) c) elsewhere -- each by its id: from what is followed, never from all there is
        order by last_activity_at desc, id desc limit %(most)s)
    )
"""
IN_SPACE = """
    candidate as (
        select id, last_activity_at, version, message_count,
            (select joined_at from spaces_membership where space_id = %(space)s and person_id = %(person)s) as since
        from (
            (select id, last_activity_at, version, message_count from conversations_conversation
            where space_id = %(space)s and (%(readable)s or is_kept_open)
                and (last_activity_at, id) < (%(before)s, %(before_id)s)
            order by last_activity_at desc, id desc limit %(most)s)
            union
            (select c.id, c.last_activity_at, c.version, c.message_count from ({guests}) guest(id)
            join conversations_conversation c on c.id = guest.id and c.space_id <> %(space)s
            join spaces_space s on s.id = c.space_id
            where (c.last_activity_at, c.id) < (%(before)s, %(before_id)s) and (
                s.openness = 'open' or c.is_kept_open or exists (
                    select from spaces_membership where space_id = c.space_id and person_id = %(person)s)))
        ) here
        order by last_activity_at desc, id desc limit %(most)s
    )
"""
OPENED_BY = """
    candidate as (
        select c.id, c.last_activity_at, c.version, c.message_count, m.joined_at as since
        from conversations_conversation c
        left join spaces_membership m on m.space_id = c.space_id and m.person_id = %(person)s
        join spaces_space s on s.id = c.space_id and (s.openness = 'open' or c.is_kept_open or m.id is not null)
        where c.author_id = %(opener)s and (c.last_activity_at, c.id) < (%(before)s, %(before_id)s)
        order by c.last_activity_at desc, c.id desc limit %(most)s
    )
"""
ON_TOPIC = """
    candidate as (
        select c.id, c.last_activity_at, c.version, c.message_count, m.joined_at as since
        from conversations_conversation c
        left join spaces_membership m on m.space_id = c.space_id and m.person_id = %(person)s
        left join spaces_space s on s.id = c.space_id
        where (s.openness = 'open' or c.is_kept_open or m.id is not null or exists (
                select from conversations_participation p where p.conversation_id = c.id and p.person_id = %(person)s))
            and c.id in (select x.conversation_id from conversations_tag t
                join conversations_message x on x.id = t.message_id where t.topic_id = %(topic)s)
            and (c.last_activity_at, c.id) < (%(before)s, %(before_id)s)
        order by c.last_activity_at desc, c.id desc limit %(most)s
    )
"""
# New to somebody: not read to its end, and moved since they joined its space or began to follow.
PERSONAL = """
    select c.id, c.version, extract(epoch from c.last_activity_at)::float8,
        coalesce(r.number < c.message_count, c.last_activity_at > c.since),
        (select string_agg(x.emoji, ' ') from conversations_message o
            join conversations_reaction x on x.message_id = o.id and x.person_id = %(person)s
            where o.conversation_id = c.id and o.number = 1)
    from (select * from candidate order by last_activity_at desc, id desc limit %(most)s) as c
    left join conversations_reading r on r.person_id = %(person)s and r.conversation_id = c.id
    order by c.last_activity_at desc, c.id desc
"""
FAR = datetime(9999, 1, 1, tzinfo=UTC)

_sources = [
    "select conversation_id, followed_at from conversations_following where person_id = %(person)s",
    """select c.id, f.followed_at from conversations_personfollowing f
    join conversations_conversation c on c.author_id = f.somebody_id where f.person_id = %(person)s""",
    """select x.conversation_id, f.followed_at from conversations_topic_following f
    join conversations_tag t on t.topic_id = f.topic_id
    join conversations_message x on x.id = t.message_id where f.person_id = %(person)s""",
]
NOBODY = "select null::bigint where false"
_guests = [NOBODY]


def comes_from(sql: str) -> None:
    """Bring more into feeds: SQL for ids of conversations and since when, from `person`; only open spaces' count."""
    _sources.append(sql)


def stands_in(sql: str) -> None:
    """Show more in a space: SQL for ids of conversations of elsewhere, from `space`, to who may read them."""
    _guests.append(sql)


class Listed(NamedTuple):
    """A conversation in somebody's list: what of it is theirs alone."""

    id: int
    version: int
    moved_at: float
    """Seconds since 1970, to the microsecond."""

    is_new: bool
    own_emojis: frozenset[str]


@dataclass(frozen=True)
class Page:
    """A page of a list; `after` is what to ask for the next one with, None at the end."""

    listed: Sequence[Listed]
    after: str | None


def feed(person: Person, before: str = "") -> Page:
    """What is new for this person, without what they muted."""
    return _page(mine(), before, person=person.pk)


def mine(only: str = "true") -> str:
    """SQL for what may stand in somebody's feed, as `candidate`; of that, `only` the conversations `c` that it names.

    In it, `{since}` is when the person joined the space, or began to follow. Its values: person, before, before_id,
    most.
    """
    return MINE.format(
        sources=" union all ".join(_sources),
        unmuted=UNMUTED,
        only_here=only.format(since="m.joined_at"),
        only_elsewhere=only.format(since="f.since"),
    )


def in_space(space_id: int, person: Person, before: str = "", readable: bool = True) -> Page:
    """The conversations of a space, and those shared into it, that this person may read.

    It is for the caller to have found the space in their scope; of one that is not `readable` for this person, only
    those that were open before it closed.
    """
    guests = " union ".join(_guests) if readable else NOBODY
    return _page(IN_SPACE.format(guests=guests), before, person=person.pk, space=space_id, readable=readable)


def opened_by(opener_id: int, person: Person, before: str = "") -> Page:
    """What somebody opened, as far as this person may read it."""
    return _page(OPENED_BY, before, person=person.pk, opener=opener_id)


def on_topic(topic_id: int, person: Person, before: str = "") -> Page:
    """The conversations that name a topic, as far as this person may read them."""
    return _page(ON_TOPIC, before, person=person.pk, topic=topic_id)


def _page(candidates: str, before: str, **values: Any) -> Page:
    moved_at, pk = position(before)
    values |= {"before": moved_at, "before_id": pk, "most": PAGE + 1}
    with connection.cursor() as cursor:
        cursor.execute(f"with {candidates} {PERSONAL}", values)
        rows: Iterable[Any] = cursor.fetchall()
    listed = [Listed(row[0], row[1], row[2], bool(row[3]), frozenset((row[4] or "").split())) for row in rows]
    if len(listed) <= PAGE:
        return Page(listed, None)
    last = listed[PAGE - 1]
    return Page(listed[:PAGE], f"{last.moved_at:.6f}-{last.id}")


def position(before: str) -> tuple[datetime, int]:
    """Where a page begins, from an address: (moment, id); the top where it says nothing sensible."""
    try:
        seconds, pk = before.rsplit("-", 1)
        return datetime.fromtimestamp(float(seconds), UTC), int(pk) % 2**63
    except (ValueError, OverflowError, OSError):
        return FAR, 0
