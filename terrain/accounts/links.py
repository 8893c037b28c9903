"""Sign-in links: one use, fifteen minutes (a day from the command line), kept only as a hash."""

import hashlib
import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from terrain.people.models import Person

BY_MAIL = timedelta(minutes=15)
BY_COMMAND = timedelta(days=1)


class SignInLink(models.Model):
    """A link that lets one person in once, until `ends_at`."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_signinlink"
        constraints: ClassVar = []


class DeadLink(Exception):
    """This link does not open the door; `why` is "wrong", "used" or "old"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def make_link(person: Person, lasts: timedelta = BY_MAIL) -> str:
    """The token of a new link for this person (43 characters fit for an address)."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(token_hash=_hash(token), person=person, ends_at=timezone.now() + lasts)
    return token


def check(token: str) -> SignInLink:
    """The link of this token, as long as it opens the door; raises DeadLink."""
    link = SignInLink.objects.select_related("person").filter(token_hash=_hash(token)).first()
    if link is None or not link.person.is_active:
        raise DeadLink("wrong")
    if link.used_at is not None:
        raise DeadLink("used")
    if link.ends_at <= timezone.now():
        raise DeadLink("old")
    return link


@transaction.atomic
def use(token: str) -> Person:
    """Use a link up and return whom it lets in; raises DeadLink. Two at once: one comes in."""
    SignInLink.objects.select_for_update(no_key=True).filter(token_hash=_hash(token)).first()
    link = check(token)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link.person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
