"""`terrain log` and `terrain stewards`: the public log, and who keeps Terrain running, from a terminal."""

import click

from terrain.people import steward
from terrain.people.models import Person
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


@click.group("stewards")
def stewards() -> None:
    """Who keeps this Terrain running: everybody sees who they are, and what they can do."""


@stewards.command("list")
def list_command() -> None:
    """Print them, one a line."""
    for person, since in steward.stewards():
        click.echo(f"{person.name} <{person.email or 'no address'}>, since {since:%Y-%m-%d}")


@stewards.command("add")
@click.argument("email")
def add_command(email: str) -> None:
    """Make who has this address a steward; it stands in the public log."""
    person = _person(email)
    steward.appoint(person)
    click.echo(f"{person.name} is a steward.")


@stewards.command("remove")
@click.argument("email")
def remove_command(email: str) -> None:
    """Let who has this address be a steward no longer; it stands in the public log."""
    person = _person(email)
    steward.dismiss(person)
    click.echo(f"{person.name} is a steward no longer.")


def _person(email: str) -> Person:
    person: Person | None = Person.objects.present().at(email).first()
    if person is None:
        raise click.ClickException(f"nobody here has the address {email}")
    return person
