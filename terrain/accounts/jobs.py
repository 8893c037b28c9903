"""What the door leaves to the worker: sending links, and sweeping what has ended."""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from terrain.accounts.links import SignInLink, make_link
from terrain.accounts.passwords import A_WHILE, Failure
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.people.sessions import forget_expired
from terrain.web.rendering import fragment, url

AT_MOST = 5
"""Links sent to one address in fifteen minutes."""


@app.task(name="accounts.send_link", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_link(email: str, site: str, language: str) -> None:
    """Mail a sign-in link to this address if it is somebody's; `site` is the address of this Terrain."""
    person = Person.objects.present().at(email).first()
    recent = SignInLink.objects.filter(person=person, made_at__gt=Now() - A_WHILE)
    if person is None or recent.count() >= AT_MOST:
        return
    with translation.override(person.language or language):
        link = site + url("link", make_link(person))
        here = organisation()
        names = {"person": person, "link": link, "organisation": here}
        mail = EmailMultiAlternatives(
            subject=_("Your link to enter %(organisation)s") % {"organisation": here.name},
            body=str(fragment("accounts/link_mail.txt", **names)),
            to=[email],
        )
        mail.attach_alternative(str(fragment("accounts/link_mail.html", **names)), "text/html")
        mail.send()


@app.periodic(cron="17 3 * * *")
@app.task(name="accounts.sweep")
def sweep(timestamp: int) -> None:
    """Once a night, forget ended sessions, links of more than a week and old failures."""
    forget_expired()
    SignInLink.objects.filter(ends_at__lt=Now() - timedelta(days=7)).delete()
    Failure.objects.filter(failed_at__lt=Now() - A_WHILE).delete()
