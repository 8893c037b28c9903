"""What a benchmark tells: a table to read, or JSON, with the machine that it was measured on."""

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path

import click
import psutil
from django.db import connection

Figure = str | int | float | None

COLUMNS = ("what", "size", "value", "unit", "floor", "ratio", "median_ms", "p99_ms", "queries")


class Row:
    """One figure: `value` in `unit`, beside the `floor` that was measured in the same run, in the same unit.

    `more` are columns that only some benchmarks have.
    """

    def __init__(
        self,
        what: str,
        size: str,
        value: float,
        unit: str,
        floor: float | None = None,
        median_ms: float | None = None,
        p99_ms: float | None = None,
        queries: int | None = None,
        **more: Figure,
    ) -> None:
        self.what, self.size, self.value, self.unit, self.floor = what, size, value, unit, floor
        self.median_ms, self.p99_ms, self.queries, self.more = median_ms, p99_ms, queries, more

    @property
    def ratio(self) -> float | None:
        """The value as a part of the floor."""
        return self.value / self.floor if self.floor else None

    def figures(self) -> dict[str, Figure]:
        """All of it, by the name of the column."""
        return {name: _rounded(getattr(self, name)) for name in COLUMNS} | {
            name: _rounded(value) for name, value in self.more.items()
        }


def report(bench: str, rows: Sequence[Row], as_json: bool, notes: Sequence[str] = ()) -> None:
    """Print the rows of a benchmark; with JSON, what is to be known besides goes to the error stream."""
    if as_json:
        found = {"bench": bench, "machine": machine(), "rows": [row.figures() for row in rows]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{bench} · {machine()}\n")
        click.echo(table([row.figures() for row in rows]))
        click.echo()
    for note in notes:
        click.echo(note, err=as_json)


def table(rows: Sequence[dict[str, Figure]]) -> str:
    """The rows one under the other, without the columns in which nothing stands."""
    filled = dict.fromkeys(name for row in rows for name, value in row.items() if value is not None)
    names = [name for name in COLUMNS if name in filled] + [name for name in filled if name not in COLUMNS]
    lines = [[name.replace("_", " ") for name in names]]
    lines += [[_shown(row.get(name)) for name in names] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    numeric = [all(not isinstance(row.get(name), str) for row in rows) for name in names]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in lines
    )


def machine() -> str:
    """What this runs on: cores, memory, system, Python and PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        postgres = str(cursor.fetchone()[0]).split()[0]
    cores, memory = f"{os.cpu_count()} cores ({_processor()})", psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}"
    return f"{cores}, {memory:.0f} GB, {system}, Python {platform.python_version()}, PostgreSQL {postgres}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unnamed"


def _rounded(value: Figure) -> Figure:
    return round(value, 4) if isinstance(value, float) else value


def _shown(value: Figure) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else value
