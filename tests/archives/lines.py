"""A small archive to begin from, files made of lines, and whether what is in the tables is true."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection

UBUNTU = Path(__file__).parents[2].parent / "shared" / "data" / "ubuntu-irc.jsonl.gz"

Line = dict[str, Any] | str | bytes


def workshop() -> list[dict[str, Any]]:
    """Two people, a space, a conversation of two messages."""
    return [
        {"type": "archive", "version": 1, "name": "Atelier"},
        {"type": "person", "id": "samira", "name": "Samira Benali", "email": "samira@atelier.example"},
        {
            "type": "person",
            "id": "loic",
            "name": "Loïc Morvan",
            "manager": "samira",
            "unit": ["Production", "Atelier 2"],
        },
        {"type": "space", "id": "vie", "name": "Vie de l’atelier", "openness": "open", "opened_by": "samira"},
        {
            "type": "conversation",
            "id": "c",
            "space": "vie",
            "kind": "post",
            "title": "La scelleuse",
            "author": "samira",
            "at": "2026-03-02T08:00:00Z",
        },
        said("m1", "samira", "2026-03-02T08:00:00Z", body="Elle chauffe depuis lundi."),
        said("m2", "loic", "2026-03-02T09:30:00+01:00", body="La sonde est décalée.", reply_to="m1"),
    ]


def said(id: str, author: str | None, at: str, conversation: str = "c", **fields: object) -> dict[str, Any]:
    """A message's line."""
    return {"type": "message", "id": id, "conversation": conversation, "author": author, "at": at, **fields}


def write(path: Path, lines: Iterable[Line]) -> Path:
    """A file of these lines, gzip where its name says so."""
    content = b"".join(as_bytes(line) + b"\n" for line in lines)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def as_bytes(line: Line) -> bytes:
    if isinstance(line, dict):
        line = json.dumps(line, ensure_ascii=False)
    return line.encode() if isinstance(line, str) else line


def read(path: Path) -> list[dict[str, Any]]:
    """The records of an archive."""
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    return [json.loads(line) for line in content.decode().splitlines()]


TRUTHS = {
    "members": """
        select s.name, s.member_count, count(m.id) from spaces_space s
        left join spaces_membership m on m.space_id = s.id group by s.id having s.member_count <> count(m.id)
    """,
    "conversations": """
        select s.name, s.conversation_count, count(c.id) from spaces_space s
        left join conversations_conversation c on c.space_id = s.id
        group by s.id having s.conversation_count <> count(c.id)
    """,
    "activity of spaces": """
        select s.name, s.last_activity_at from spaces_space s
        left join conversations_conversation c on c.space_id = s.id
        group by s.id
        having s.last_activity_at is distinct from greatest(s.opened_at, max(c.last_activity_at))
    """,
    "messages": """
        select c.title, c.message_count, count(m.id) from conversations_conversation c
        left join conversations_message m on m.conversation_id = c.id
        group by c.id having c.message_count <> count(m.id) or c.message_count <> max(m.number)
            or c.voice_count <> count(distinct m.author_id)
            or c.last_activity_at <> max(m.written_at)
    """,
    "replies": """
        select m.id from conversations_message m join conversations_message r on r.id = m.reply_to_id
        where r.conversation_id <> m.conversation_id
    """,
}


def untrue() -> dict[str, list[Any]]:
    """The counts that are not what is counted."""
    found = {}
    with connection.cursor() as cursor:
        for what, sql in TRUTHS.items():
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found[what] = rows
    return found


TABLES = """
    people_unit people_person spaces_space spaces_membership spaces_joinrequest conversations_conversation
    conversations_message conversations_reaction conversations_following conversations_edit conversations_reading
""".split()


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            counts[table] = cursor.fetchone()[0]
        return counts


def empty() -> None:
    """Make of the database that of a Terrain where nobody has ever been."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"truncate people_organisation, {', '.join(TABLES)} cascade")
        cursor.execute("set constraints all deferred")
