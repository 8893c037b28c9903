"""`terrain link`: a way in that no setting can close."""

import click
from django.conf import settings
from django.db import transaction

from terrain.accounts.acts import LET_IN
from terrain.accounts.links import BY_COMMAND, make_link
from terrain.people.models import Person
from terrain.people.power import done
from terrain.web.rendering import url


@click.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time sign-in link for EMAIL, good for a day."""
    person = Person.objects.present().at(email).first()
    if person is None:
        raise click.ClickException(f"nobody here has the address {email}")
    with transaction.atomic():
        made = make_link(person, BY_COMMAND)
        done(LET_IN, None, "person", person.pk)
    click.echo((settings.SITE_URL or f"http://127.0.0.1:{settings.PORT}") + url("link", made))
