"""`terrain import` and `terrain export`: everything, in a file."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from terrain.archives.acts import EXPORTED, EXPORTED_FOR
from terrain.archives.reading import Progress
from terrain.archives.report import Report, counted
from terrain.archives.taking_in import take_in
from terrain.archives.writing_out import write_out
from terrain.people.models import Person
from terrain.people.power import done

LABELS = {"reading": "Reading", "writing": "Writing"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would come in, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_command(file: Path, dry_run: bool, as_json: bool) -> None:
    """Take in the archive in FILE, JSON Lines, plain or gzip.

    What is here already stays as it is: taking the same archive in again changes nothing, and goes on with an
    import that was interrupted. Exit status 1 where a line did not come in.
    """
    try:
        with _bar() as progress:
            report = take_in(file, dry_run=dry_run, progress=progress)
    except KeyboardInterrupt:
        raise click.ClickException(
            "interrupted. What came in is whole and stays; the same command goes on with the rest."
        ) from None
    _tell(report, as_json)
    if report.skipped:
        raise click.exceptions.Exit(1)


def _tell(report: Report, as_json: bool) -> None:
    click.echo(report.as_json() if as_json else report.as_text())


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--for", "email", metavar="EMAIL", help="Only what this person may read.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def export_command(file: Path, email: str | None, force: bool, as_json: bool) -> None:
    """Write everything into the archive FILE, gzip where its name ends with .gz.

    Spaces of every openness are in it, no reading position, no password, no session: keep it where only those read
    it who may.
    """
    if file.exists() and not force:
        raise click.ClickException(f"{file} is there already; --force replaces it")
    person = None
    if email is not None:
        person = Person.objects.at(email).first()
        if person is None:
            raise click.ClickException(f"nobody here has the address {email}")
    try:
        # Told first: nothing is taken out that is not in the log.
        with transaction.atomic():
            if person:
                done(EXPORTED_FOR, None, "person", person.pk)
            else:
                done(EXPORTED, None, "terrain")
        counts = write_out(file, person=person)
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be written: {fault.strerror}") from None
    if as_json:
        click.echo(json.dumps({"out": counts}))
    else:
        click.echo(f"{file}: {counted(counts)}.")


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A bar for each thing that is done, where somebody looks at it."""
    if not sys.stderr.isatty():
        yield None
        return
    bars: dict[str, Any] = {}

    def progress(what: str, done: int, of: int) -> None:
        if what not in bars:
            for bar in bars.values():
                bar.render_finish()
            bars[what] = click.progressbar(length=of, label=LABELS[what], file=sys.stderr)
            bars[what].render_progress()
        bars[what].update(done - bars[what].pos)

    try:
        yield progress
    finally:
        for bar in bars.values():
            bar.render_finish()
