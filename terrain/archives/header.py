"""The first line of an archive: its name, whose it is, and how it is to be understood."""

from dataclasses import dataclass

from terrain.archives import fields
from terrain.archives.reading import Record
from terrain.archives.refusing import Refused, Unreadable

VERSION = 1
LONGEST = 200


@dataclass(frozen=True)
class Header:
    """`organisation` names it where nobody has yet; `is_complete` says that who belongs where is all told.

    In an archive that is not complete, those who write become members of the space and follow the conversation,
    unless it holds memberships or followings.
    """

    name: str
    licence: str
    organisation: str
    is_complete: bool


def header(line: int, record: Record) -> Header:
    """The header on this line; raises Unreadable where there is none, for ids depend on the archive's name."""
    if record.get("type") != "archive":
        raise Unreadable(line, "an archive begins with a line of the type “archive”, which gives its name")
    version = record.get("version", VERSION)
    if version != VERSION:
        raise Unreadable(
            line, f"this is an archive of version {version}; this Terrain reads version {VERSION}"
        )
    try:
        return Header(
            name=fields.text(record, "name", LONGEST),
            licence=fields.optional_text(record, "licence", LONGEST),
            organisation=fields.optional_text(record, "organisation", fields.LONGEST_NAME).strip(),
            is_complete=record.get("complete") is True,
        )
    except Refused as fault:
        raise Unreadable(line, f"of the archive's header: {fault}") from None
