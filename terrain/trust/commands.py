"""`terrain log`: the public log, from a terminal."""

import click

from terrain.trust.entry import verify


@click.group("log")
def log() -> None:
    """The public log of acts of power."""


@log.command("verify")
def verify_command() -> None:
    """Look through the whole log; exit status 1 where an entry is not as it was written."""
    found = verify()
    if found.broken is not None:
        raise click.ClickException(
            f"entry {found.broken} is not as it was written, or what stood before it is missing; "
            f"the {found.count} before it are whole"
        )
    click.echo(f"The log is whole: {found.count} entries. The hash of the last one: {found.last}")
