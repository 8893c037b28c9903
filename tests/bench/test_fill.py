"""`terrain bench fill`: the set that is promised, each count true, the same for the same seed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection

from bench import databases
from bench.filling import is_filled, write
from bench.reporting import COLUMNS
from bench.sizes import SIZES, Size
from tests.bench.measuring import Measuring

UNTRUE = {
    "members": """
        select s.id from spaces_space s where member_count
            <> (select count(*) from spaces_membership m where m.space_id = s.id)
    """,
    "conversations": """
        select s.id from spaces_space s where (conversation_count, last_activity_at) is distinct from
            (select (count(*)::int, max(last_activity_at)) from conversations_conversation c where c.space_id = s.id)
    """,
    "messages": """
        select c.id from conversations_conversation c where (message_count, voice_count, last_activity_at)
            is distinct from (select (count(*)::int, count(distinct author_id)::int, max(written_at))
                from conversations_message m where m.conversation_id = c.id)
    """,
    "numbers": """
        select conversation_id from conversations_message group by 1
        having min(number) <> 1 or max(number) <> count(*)
    """,
    "order": """
        select a.id from conversations_message a join conversations_message b
            on b.conversation_id = a.conversation_id and b.number = a.number + 1
        where b.written_at < a.written_at or b.id < a.id
    """,
    "openers": """
        select c.id from conversations_conversation c join conversations_message m
            on m.conversation_id = c.id and m.number = 1
        where m.author_id <> c.author_id or m.written_at <> c.opened_at
    """,
    "replies": """
        select m.id from conversations_message m join conversations_message q on q.id = m.reply_to_id
        where q.conversation_id <> m.conversation_id or q.number >= m.number
    """,
    "followers": """
        select m.id from conversations_message m where not exists (select from conversations_following f
            where f.conversation_id = m.conversation_id and f.person_id = m.author_id)
    """,
    "positions": """
        select r.id from conversations_reading r join conversations_conversation c on c.id = r.conversation_id
        where r.number > c.message_count
    """,
}


@pytest.fixture
def small(measuring: Measuring) -> Iterator[None]:
    with databases.using(databases.named("small")):
        yield


def ask(question: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def test_the_small_set_has_what_is_promised(measuring: Measuring) -> None:
    assert measuring.filled.exit_code == 0, measuring.filled.output
    found = {row["what"]: row["value"] for row in json.loads(measuring.filled.stdout)["rows"]}
    promised = {"people": 240, "spaces": 25, "conversations": 1_500, "messages": 8_000}
    assert {what: found[what] for what in promised} == promised
    assert is_filled(SIZES["small"])


def test_what_is_not_filled_is_said(measuring: Measuring) -> None:
    assert "not part of Terrain yet" in measuring.filled.stderr


def test_a_report_in_json_has_every_column_and_its_floor(measuring: Measuring) -> None:
    found = json.loads(measuring.filled.stdout)
    assert found["bench"] == "fill"
    assert "PostgreSQL" in found["machine"]
    assert all(list(row)[: len(COLUMNS)] == list(COLUMNS) for row in found["rows"])
    [row] = [row for row in found["rows"] if row["floor"]]
    assert row["ratio"] == pytest.approx(row["value"] / row["floor"], abs=1e-4)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("what", UNTRUE)
def test_every_count_is_true(what: str) -> None:
    assert ask(UNTRUE[what]) == []


@pytest.mark.usefixtures("small")
def test_everybody_is_in_5_to_30_spaces_and_a_tenth_of_the_spaces_is_not_open() -> None:
    [(least, most)] = ask(
        "select min(n), max(n) from (select count(*) n from spaces_membership group by person_id) x"
    )
    assert (least, 0) <= (5, 30)
    assert 5 <= int(str(least)) <= int(str(most)) <= 30
    [(shut,)] = ask("select count(*) from spaces_space where openness <> 'open'")
    assert shut in (2, 3)


@pytest.mark.usefixtures("small")
def test_indexes_and_keys_are_as_the_migrations_made_them() -> None:
    shape = """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
        union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2, 3
    """
    filled = ask(shape)
    name = databases.named("bare")
    databases.make(name)
    try:
        with databases.using(name):
            assert ask(shape) == filled
    finally:
        databases.forget(name)


@pytest.mark.usefixtures("small")
def test_the_next_message_gets_the_next_number() -> None:
    assert ask("select nextval(pg_get_serial_sequence('conversations_message', 'id'))") == [(8001,)]


def test_the_same_seed_writes_the_same(measuring: Measuring) -> None:
    size = Size("tiny", people=12, units=3, spaces=6, months=2, conversations=40, messages=200)
    sum_up = "select md5(string_agg(m::text, ',' order by id)) from conversations_message m"
    name, sums = databases.named("tiny"), []
    for _ in range(2):
        databases.make(name)
        with databases.using(name):
            write(size, datetime(2026, 11, 20, 12, tzinfo=UTC))
            sums.append(ask(sum_up))
    databases.forget(name)
    assert sums[0] == sums[1]
