"""How long it takes to look through the public log, beside only reading it."""

from datetime import timedelta

import click
from django.db import connection
from django.utils import timezone

from bench import databases
from bench.reporting import Row, report
from bench.turns import in_turn
from terrain.trust.entry import FIRST, SAID, chained, verify
from terrain.trust.models import Entry

ENTRIES = 100_000
MOST_SECONDS = 5


@click.command("log")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="The median counts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def log_command(rounds: int, as_json: bool) -> None:
    """Measure `terrain log verify` with 100,000 entries."""
    name = databases.named("log")
    databases.make(name)
    try:
        with databases.using(name):
            _fill()
            reading, verifying = in_turn(rounds, _read, _verify)
    finally:
        databases.forget(name)
    rows = [
        Row(f"reading {ENTRIES:,} entries", "log", reading, "s"),
        Row(f"verifying {ENTRIES:,} entries", "log", verifying, "s", reading, aim=f"< {MOST_SECONDS} s"),
    ]
    report("log", rows, as_json, [f"{rounds} rounds, in turn; the median counts."])


def _fill() -> None:
    """Entries of two years, each chained to the one before."""
    before, at, entries = FIRST, timezone.now() - timedelta(days=730), []
    for number in range(1, ENTRIES + 1):
        row = (
            number,
            at + timedelta(minutes=10 * number),
            "space renamed",
            number % 5000,
            "space",
            number % 400,
            "",
        )
        before = chained(before, row)
        entries.append(Entry(**dict(zip(SAID, row, strict=True)), hash=before))
    Entry.objects.bulk_create(entries, batch_size=5000)


def _read() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select * from trust_entry order by number")
        assert len(cursor.fetchall()) == ENTRIES


def _verify() -> None:
    found = verify()
    assert (found.count, found.broken) == (ENTRIES, None), "the log that was filled is not whole"
