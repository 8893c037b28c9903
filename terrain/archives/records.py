"""The records of an archive, one function a type: what is looked at in each line, and what is kept of it.

Only the line itself is looked at; whether what it names is there is found out once all lines are read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from terrain.archives import fields
from terrain.archives.ids import Ids
from terrain.archives.reading import Record
from terrain.archives.refusing import Refused
from terrain.conversations.conversation import LONGEST_TITLE
from terrain.spaces.models import Openness
from terrain.spaces.space import LONGEST_ABOUT, LONGEST_NAME

LONGEST_KIND = 20
LONGEST_EMOJI = 16
LANGUAGES = ("fr", "en")
THEMES = ("light", "dark")

Path = tuple[str, ...]
Value = str | int | datetime | None


@dataclass
class Unit:
    """A unit, by its path of names from the top."""

    line: int
    uid: str
    path: Path
    opened_at: datetime | None


@dataclass
class Person:
    """Somebody; `pk` and `is_new` once it is known who is here."""

    line: int
    id: str
    uid: str
    name: str
    email: str | None
    title: str
    unit: Path
    manager: str | None
    joined_at: datetime | None
    left_on: date | None
    language: str
    theme: str
    zone: str
    pk: int | None = field(default=None)
    is_new: bool = field(default=True)


@dataclass
class Space:
    """A space; `pk` and `is_new` once it is known which are here."""

    line: int
    id: str
    uid: str
    name: str
    about: str
    openness: str
    opened_by: str | None
    opened_at: datetime | None
    pk: int | None = field(default=None)
    is_new: bool = field(default=True)


def unit(line: int, record: Record, ids: Ids) -> Unit:
    named, path = fields.named(record, "id"), fields.path(record, "path")
    if not path:
        raise Refused("its “path” is missing")
    return Unit(line, ids.uid("unit", named), path, fields.optional_moment(record, "at"))


def person(line: int, record: Record, ids: Ids) -> Person:
    named = fields.named(record, "id")
    return Person(
        line,
        named,
        ids.uid("person", named),
        name=fields.text(record, "name", fields.LONGEST_NAME),
        email=fields.optional_email(record),
        title=fields.optional_text(record, "title", fields.LONGEST_NAME),
        unit=fields.path(record, "unit"),
        manager=fields.optional_named(record, "manager"),
        joined_at=fields.optional_moment(record, "joined_at"),
        left_on=fields.optional_day(record, "left_on"),
        language=fields.optional_choice(record, "language", LANGUAGES),
        theme=fields.optional_choice(record, "theme", THEMES),
        zone=fields.optional_zone(record),
    )


def space(line: int, record: Record, ids: Ids) -> Space:
    named = fields.named(record, "id")
    return Space(
        line,
        named,
        ids.uid("space", named),
        name=fields.text(record, "name", LONGEST_NAME),
        about=fields.optional_text(record, "about", LONGEST_ABOUT),
        openness=fields.choice(record, "openness", tuple(Openness.values)),
        opened_by=fields.optional_named(record, "opened_by"),
        opened_at=fields.optional_moment(record, "at"),
    )


def membership(record: Record, ids: Ids) -> tuple[Value, ...]:
    return fields.named(record, "space"), fields.named(record, "person"), fields.optional_moment(record, "at")


def conversation(record: Record, ids: Ids) -> tuple[Value, ...]:
    named = fields.named(record, "id")
    return (
        named,
        ids.uid("conversation", named),
        fields.named(record, "space"),
        fields.text(record, "kind", LONGEST_KIND),
        fields.text(record, "title", LONGEST_TITLE),
        fields.author(record),
        fields.moment(record, "at"),
    )


def message(record: Record, ids: Ids) -> tuple[Value, ...]:
    named = fields.named(record, "id")
    return (
        named,
        ids.uid("message", named),
        fields.named(record, "conversation"),
        fields.author(record),
        fields.moment(record, "at"),
        fields.words(record),
        fields.optional_named(record, "reply_to"),
        fields.optional_moment(record, "edited_at"),
        fields.optional_number(record, "number"),
    )


def reaction(record: Record, ids: Ids) -> tuple[Value, ...]:
    return (
        fields.named(record, "message"),
        fields.named(record, "person"),
        fields.emoji(record, LONGEST_EMOJI),
        fields.optional_moment(record, "at"),
    )


def following(record: Record, ids: Ids) -> tuple[Value, ...]:
    return (
        fields.named(record, "conversation"),
        fields.named(record, "person"),
        fields.optional_moment(record, "at"),
    )


def edit(record: Record, ids: Ids) -> tuple[Value, ...]:
    return fields.named(record, "message"), fields.words(record), fields.moment(record, "at")


MANY: dict[str, Callable[[Record, Ids], tuple[Value, ...]]] = {
    "membership": membership,
    "join_request": membership,
    "conversation": conversation,
    "message": message,
    "reaction": reaction,
    "following": following,
    "edit": edit,
}
"""The types of which there may be so many that they wait in tables, not in memory."""
