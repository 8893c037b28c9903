"""Fills a database of its own with an organisation of a given size, always the same for the same seed."""

import random
import time
from datetime import UTC, datetime

import click
from django.db import connection
from django.utils import timezone

from bench import carried, databases
from bench.company import Company
from bench.copying import bare_copy, copy, know, settle, without_indexes
from bench.reporting import Row, report
from bench.sizes import MISSING, SIZES, Size
from bench.talking import Talk

EDITION = 3
"""Goes up when what is filled changes, so that sets of before are made anew."""

SEED = 4447
TABLES = {
    "people": "people_person",
    "units": "people_unit",
    "spaces": "spaces_space",
    "memberships": "spaces_membership",
    "conversations": "conversations_conversation",
    "messages": "conversations_message",
    "reactions": "conversations_reaction",
    "edits": "conversations_edit",
    "followings": "conversations_following",
    "reading positions": "conversations_reading",
    **carried.TABLES,
}
KEPT = ("search_said", "search_filed")
"""What the database keeps of them by itself, row by row: here, all at once."""
KEEPING = ("conversations_message", "conversations_conversation", "files_file")


@click.command("fill")
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def fill_command(size: str, as_json: bool) -> None:
    """Fill a set of data, in a database of its own beside Terrain's."""
    rows = fill(SIZES[size])
    report("fill", rows, as_json, notes=[MISSING, f"The set is in the database {databases.named(size)}."])


def fill(size: Size, until: datetime | None = None) -> list[Row]:
    """Fill the set of this size, which ends at `until` (now); tell how long it took and what is in it."""
    name = databases.named(size.name)
    databases.make(name)
    with databases.using(name):
        began = time.perf_counter()
        write(size, until or timezone.now())
        taken = time.perf_counter() - began
        floor = bare_copy()
        rows = [
            Row("fill", size.name, taken, "s"),
            Row("messages brought in", size.name, size.messages / taken, "messages/s", floor),
            *(Row(what, size.name, _count(table), "rows") for what, table in TABLES.items()),
        ]
    databases.label(name, _label(size))
    return rows


def write(size: Size, until: datetime) -> None:
    """Write an organisation of this size into the database in use, which is empty."""
    tables = list(TABLES.values())
    with without_indexes([*tables, *KEPT]):
        _keep("disable")
        company = Company(size, random.Random(SEED), until.astimezone(UTC))
        talk = Talk(company)
        company.write()
        talk.write()
        company.write_spaces()
        copy("people_organisation", ("id", "name", "epoch"), [f"1\tTerrain, {size.name}\t1"])
        _keep("enable")
    settle(tables)
    know(KEPT)


def _keep(whether: str) -> None:
    with connection.cursor() as cursor:
        for table in KEEPING:
            cursor.execute(f"alter table {table} {whether} trigger user")
        if whether == "enable":
            cursor.execute("select search_fill()")


def is_filled(size: Size) -> bool:
    """Whether this set is there, whole, and as it is filled today."""
    return databases.label_of(databases.named(size.name)) == _label(size)


def _label(size: Size) -> str:
    return f"Terrain's benchmark set “{size.name}”, edition {EDITION}"


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])
