"""How quickly an archive is taken in, beside the floor: COPY of the same messages into a table without rules."""

import json
import subprocess
import sys
import time
from pathlib import Path

import click
from django.db import connection

from bench import databases
from bench.copying import bare_copy
from bench.reporting import Row, report
from terrain.config.trouble import Trouble

ARCHIVE = Path(__file__).parents[2] / "shared" / "data" / "ubuntu-irc.jsonl.gz"
"""Twelve years of a channel; beside the project, not in it."""

LEAST = 3_000
TERRAIN = [sys.executable, "-c", "from terrain.config.command import main; main()"]


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=ARCHIVE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_command(file: Path, as_json: bool) -> None:
    """Measure how quickly FILE is taken in, into a database of its own; without FILE, the ubuntu-irc archive."""
    if not file.is_file():
        raise Trouble(f"There is no archive {file}: name one.")
    name = databases.named("import")
    databases.make(name)
    try:
        rows = _measure(file, name)
    finally:
        databases.forget(name)
    report("import", rows, as_json, ["From the command's start to its end, reading and checking included."])


def _measure(file: Path, database: str) -> list[Row]:
    began = time.perf_counter()
    done = subprocess.run(
        [*TERRAIN, "import", str(file), "--json"],
        env=databases.environment(database),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - began
    if done.returncode:
        raise Trouble(f"The archive was not taken in whole: {done.stdout.strip() or 'what it said is above'}")
    counts = json.loads(done.stdout)["in"]
    with databases.using(database):
        messages = _messages()
        if messages != counts.get("message", 0) or not messages:
            raise Trouble(f"{counts.get('message', 0)} messages were reported, {messages} are there.")
        floor = bare_copy()
    return [
        Row("import", file.name, messages / taken, "messages/s", floor, seconds=taken, aim=f"≥ {LEAST:,}"),
        *(Row(f"{what} records", file.name, count, "records") for what, count in counts.items() if count),
    ]


def _messages() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from conversations_message")
        return int(cursor.fetchone()[0])
