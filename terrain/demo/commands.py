"""`terrain demo`: the demo company where nobody is yet."""

import click

from terrain.demo.planting import plant
from terrain.people.models import Person


@click.command()
def demo() -> None:
    """Plant the demo company: fictional, French, always the same, as alive as if it were written today."""
    if Person.objects.exists():
        raise click.ClickException("people are here already; the demo company is planted where nobody is yet")
    planted = plant()
    click.echo(
        f"Planted: {planted.people} people in {planted.units} units, {planted.spaces} spaces,"
        f" {planted.conversations:,} conversations, {planted.messages:,} messages,"
        f" {planted.reactions:,} reactions."
    )
