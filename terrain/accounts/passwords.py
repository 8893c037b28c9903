"""Passwords: checked by Django with Argon2, and guessed only slowly."""

import hashlib
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.backends import BaseBackend
from django.db import models
from django.db.models.functions import Now
from django.http import HttpRequest

from terrain.people.models import Person

A_WHILE = timedelta(minutes=15)
TRIES = 10


class Failure(models.Model):
    """A password that was wrong, for an address kept as a hash."""

    address_hash = models.CharField(max_length=64)
    failed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "accounts_failure"
        constraints: ClassVar = []
        indexes: ClassVar = [models.Index("address_hash", "failed_at", name="accounts_failure_recent")]


class ByAddress(BaseBackend):
    """An address and a password."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **extra: Any
    ) -> Person | None:
        """The person, or None; an unknown address takes as long as a known one."""
        person: Person | None = Person.objects.present().at(email).first()
        if person is None:
            Person().set_password(password)
            return None
        return person if person.check_password(password) else None

    def get_user(self, user_id: int) -> Person | None:
        person: Person | None = Person.objects.filter(pk=user_id).first()
        return person


def too_many_failures(address: str) -> bool:
    """Whether ten passwords were wrong for this address in the last fifteen minutes."""
    recent = Failure.objects.filter(address_hash=_hash(address), failed_at__gt=Now() - A_WHILE)
    return recent.count() >= TRIES


def record_failure(address: str) -> None:
    """Remember a wrong password for a while."""
    Failure.objects.create(address_hash=_hash(address))


def _hash(address: str) -> str:
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()
