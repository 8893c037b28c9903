"""How each promise is looked at on this very installation: at its tables, or by trying what should not work.

Each look gives "" where the promise is kept, else a sentence for who keeps Terrain running.
"""

import random
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet

from terrain.conversations.models import Conversation, Participation
from terrain.people.models import Person, Session
from terrain.spaces.joining import leave
from terrain.spaces.models import Membership, Openness
from terrain.trust.entry import verify

TRIED = 100
"""How many pairs of a person and a thing are tried, chosen by chance."""

COLUMNS = """
    select table_name || '.' || column_name from information_schema.columns
    where table_schema = current_schema() and column_name ~ %s and table_name !~ '^(procrastinate|django|auth)_'
    order by 1
"""
AUTHORS = """
    select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'people_person'::regclass
        and conrelid = any(array['conversations_edit', 'conversations_version', 'conversations_withdrawal']::regclass[])
"""
FOR_GOOD = """
    select count(*) from pg_trigger
    where tgrelid = 'trust_entry'::regclass and tgname = 'trust_entry_for_good' and tgenabled in ('O', 'A')
"""


def nothing_waits_for_approval() -> str:
    return _columns(
        "(pending|approv|moderat|awaiting|validated_by|published_by)",
        "a column could hold back what is written",
    )


def words_have_one_author() -> str:
    with connection.cursor() as cursor:
        cursor.execute(AUTHORS)
        found = [table for (table,) in cursor.fetchall()]
    return f"words could be changed by another than their author: {', '.join(found)}" if found else ""


def sessions_are_their_persons() -> str:
    for session in Session.objects.order_by("-opened_at")[:1000]:
        named = session.get_decoded().get("_auth_user_id")
        if (int(named) if named else None) != session.person_id:
            return f"a session acts as another person than its own, since {session.opened_at:%Y-%m-%d %H:%M}"
    if found := _columns(
        "(impersonat|acting_as|on_behalf)", "a column could say that somebody acts as another"
    ):
        return found
    return ""


def direct_stays_direct() -> str:
    for person, conversation in _by_chance(
        Conversation.unscoped.filter(space=None).values_list("pk", flat=True)
    ):
        inside = Participation.objects.filter(conversation=conversation, person=person).exists()
        if not inside and Conversation.visible_to(person).filter(pk=conversation).exists():
            return f"person {person.pk} finds the direct conversation {conversation}, and is not in it"
    return ""


def closed_stays_closed() -> str:
    closed = Conversation.unscoped.exclude(space__openness=Openness.OPEN).filter(
        space__isnull=False, is_kept_open=False
    )
    spaces = dict(closed.order_by("?").values_list("pk", "space")[:TRIED])
    for person, conversation in _by_chance(closed.filter(pk__in=spaces).values_list("pk", flat=True)):
        belongs = Membership.objects.filter(space=spaces[conversation], person=person).exists()
        if not belongs and Conversation.visible_to(person).filter(pk=conversation).exists():
            return (
                f"person {person.pk} finds conversation {conversation}, of a space that they do not belong to"
            )
    return ""


def reading_is_written_down_once() -> str:
    return _columns(
        "^(seen|viewed|read|last_seen|last_read|clicked|dwell|visited)(_|$)",
        "what people read is written down elsewhere too",
        apart=("conversations_reading.read_at",),
    )


def anybody_leaves() -> str:
    for each in Membership.objects.select_related("space", "person").order_by("?")[:TRIED]:
        # Taken back one by one: nobody waits at a space until all are tried.
        with transaction.atomic():
            leave(each.space, each.person)
            still_there = Membership.objects.filter(pk=each.pk).exists()
            transaction.set_rollback(True)
        if still_there:
            return f"person {each.person_id} cannot leave space {each.space_id}"
    return ""


def nothing_is_scored() -> str:
    return _columns(
        "(^|_)(points?|scores?|rank|ranking|streaks?|badges?|karma|level)(_|$)",
        "a column could count somebody’s worth",
    )


def the_log_is_whole() -> str:
    broken = verify().broken
    return "" if broken is None else f"entry {broken} of the public log is not as it was written"


def the_log_is_for_good() -> str:
    with connection.cursor() as cursor:
        cursor.execute(FOR_GOOD)
        (count,) = cursor.fetchone() or (0,)
    return (
        ""
        if count
        else "the database would let an entry of the public log be changed: its trigger is gone or off"
    )


def _columns(pattern: str, what: str, apart: tuple[str, ...] = ()) -> str:
    """Whether a column has such a name."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [pattern])
        found = [column for (column,) in cursor.fetchall() if column not in apart]
    return f"{what}: {', '.join(found)}" if found else ""


def _by_chance(conversations: "QuerySet[Conversation, int]") -> Iterator[tuple[Person, int]]:
    """A hundred different pairs of somebody who works here and one of these conversations, as far as there are any."""
    people = list(Person.objects.present().select_related("unit").order_by("?")[:TRIED])
    found = list(conversations.order_by("?")[:TRIED])
    for pair in random.sample(range(len(people) * len(found)), min(TRIED, len(people) * len(found))):
        yield people[pair // len(found)], found[pair % len(found)]
